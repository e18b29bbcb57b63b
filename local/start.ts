import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { PagesConfig } from '../static-landing/config.ts';
import { startAzurite } from './azurite.ts';
import { startEntra } from './entra/server.ts';
import { startHost } from './host/start.ts';
import { startMailbox } from './mailbox/server.ts';
import { startMarketplace } from './marketplace/server.ts';
import { startPages } from './pages.ts';
import { CONSOLE_CLIENT_ID, LANDING_CLIENT_ID, PUBLISHER_CLIENT_ID, PUBLISHER_TENANT } from './people.ts';
import { freePort } from './ports.ts';
import { startProduct } from './product.ts';
import { localSettings } from './settings.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

const startedAt = performance.now();
const seconds = (): string => `${((performance.now() - startedAt) / 1000).toFixed(1).padStart(4)} s`;
const say = (line = ''): boolean => process.stdout.write(`${line}\n`);
const progress = (what: string): boolean => say(`${seconds()}  ${what}`);

const build = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['build.ts'], { cwd: PROJECT, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error('The build failed: see above.'))));
  });

const choosePorts = async () => {
  const taken: number[] = [];
  const next = async (usual: number): Promise<number> => {
    const port = await freePort(usual, taken);
    taken.push(port);
    return port;
  };
  return {
    marketplace: await next(7080),
    pages: await next(7081),
    entra: await next(7082),
    mailbox: await next(7083),
    product: await next(7084),
    host: await next(7071),
  };
};

const pagesConfig = async (addresses: Partial<PagesConfig>): Promise<PagesConfig> => {
  const text = await readFile(join(PROJECT, 'static-landing/config.json'), 'utf8');
  return { ...(JSON.parse(text) as PagesConfig), ...addresses };
};

/** For who looks at the app from outside it, as `npm run doctor` does. It holds the stand-ins' public keys only. */
const SETTINGS_FILE = '.cache/local.settings.json';

const writeSettings = async (env: Record<string, string>): Promise<void> => {
  await mkdir(join(PROJECT, '.cache'), { recursive: true });
  await writeFile(join(PROJECT, SETTINGS_FILE), JSON.stringify({ IsEncrypted: false, Values: env }, null, 2));
};

const start = async (folder: string | undefined) => {
  progress('Building the app');
  await build();
  const ports = await choosePorts();
  const at = (port: number): string => `http://127.0.0.1:${port}`;
  const landingUrl = `${at(ports.pages)}/`;
  const consoleUrl = `${landingUrl}console/`;
  progress('Starting storage, Marketplace, Entra and mailbox');
  const inFolder = (name: string) => (folder === undefined ? {} : { folder: join(folder, name) });
  const storage = await startAzurite(inFolder('storage'));
  const entra = await startEntra({
    port: ports.entra,
    redirectUris: { [LANDING_CLIENT_ID]: [landingUrl], [CONSOLE_CLIENT_ID]: [consoleUrl] },
  });
  const mailbox = await startMailbox({ port: ports.mailbox, ...inFolder('mailbox') });
  const marketplace = await startMarketplace({
    port: ports.marketplace,
    landingUrl,
    webhook: {
      url: `${at(ports.host)}/api/webhook`,
      entra: entra.authority,
      publisherTenantId: PUBLISHER_TENANT,
      publisherClientId: PUBLISHER_CLIENT_ID,
    },
    ...inFolder('marketplace'),
  });
  progress('Building and serving the pages');
  const config = await pagesConfig({
    apiUrl: `${at(ports.host)}/api`,
    authority: entra.authority,
    graphUrl: entra.graphUrl,
    landingClientId: LANDING_CLIENT_ID,
    consoleClientId: CONSOLE_CLIENT_ID,
    publisherTenantId: PUBLISHER_TENANT,
  });
  const pages = await startPages({ port: ports.pages, config });
  const product = await startProduct({ port: ports.product });
  progress('Starting the functions host');
  const env = localSettings({
    storage: storage.connectionString,
    marketplaceApiUrl: marketplace.apiUrl,
    authority: entra.authority,
    landingUrl,
    consoleUrl,
    mailbox: mailbox.connectionString,
    product: product.url,
  });
  const host = await startHost({ port: ports.host, env });
  await writeSettings(env);
  progress('Ready');
  return {
    addresses: {
      Marketplace: marketplace.url,
      'Landing page': landingUrl,
      Console: consoleUrl,
      Mailbox: mailbox.url,
      Product: product.url,
      Entra: entra.authority,
      API: `${host.url}/api/health`,
    },
    close: async () => {
      await rm(join(PROJECT, SETTINGS_FILE), { force: true });
      await host.stop();
      await Promise.all([
        pages.close(),
        marketplace.close(),
        mailbox.close(),
        product.close(),
        entra.close(),
        storage.close(),
      ]);
    },
  };
};

const { values } = parseArgs({ options: { data: { type: 'string' } } });
const running = await start(values.data);

say();
for (const [name, address] of Object.entries(running.addresses)) say(`  ${name.padEnd(14)}${address}`);
say();
say(`First: open ${running.addresses.Marketplace} , choose a plan and press Subscribe, then Configure account now.`);
say('Sign in as Bea Buyer and press Onboard. Then confirm the set-up in the console as Olivia Operator.');
say('Last: press Activate subscription as Bea. The Marketplace then shows Subscribed; the mails are in the Mailbox.');
say(`Is all well? npm run doctor -- --settings ${SETTINGS_FILE}`);
say(
  values.data === undefined
    ? 'Nothing is kept. Ctrl-C stops everything.'
    : `State is kept in ${values.data}. Ctrl-C stops everything.`,
);

let isStopping = false;
const stop = async (): Promise<void> => {
  if (isStopping) return;
  isStopping = true;
  say('\nStopping.');
  await running.close();
  process.exit(0);
};
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
