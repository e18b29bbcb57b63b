import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CONSOLE_CLIENT_ID, LANDING_CLIENT_ID, PUBLISHER_TENANT } from '../../../local/people.ts';
import type { CheckResult } from '../../../src/application/checks/check.ts';
import type { Report } from '../../../src/application/checks/report.ts';
import type { PagesConfig } from '../../../static-landing/config.ts';
import { pagesPort } from '../../support/pages-port.ts';
import { PROJECT, readText } from '../../support/source-files.ts';
import { startOwn } from '../../support/stand-ins/start-own.ts';
import { startWorld } from '../../support/world.ts';

export type Examination = { code: number; stdout: string; stderr: string };

/** As `npm run build` makes it of `doctor/main.ts`. */
const BUILT = '.cache/doctor/main.js';

/** `npm run doctor`, as a process of its own with nothing of this one's environment but PATH. */
export const doctor = async (
  args: string[],
  env: Record<string, string> = {},
  script: string = BUILT,
): Promise<Examination> => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(PROJECT, script), ...args], {
    cwd: PROJECT,
    env: { PATH: process.env['PATH'], ...env },
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { code, stdout, stderr };
};

/** Runs it for one check, and answers what that came to. */
export const checked = async (
  id: string,
  settings: Record<string, string>,
  args: string[] = [],
): Promise<CheckResult & { code: number }> => {
  const { code, stdout, stderr } = await doctor(['--json', '--only', id, ...args], settings);
  const [result] = stderr === '' ? (JSON.parse(stdout) as Report).checks : [];
  if (!result) throw new Error(`The doctor said: ${stderr}`);
  return { ...result, code };
};

/** The whole system without a browser, with its pages, and the webhook told to Microsoft's side. */
export const startClinic = async ({
  config = {},
  env = {},
  storageThrough,
}: {
  /** What the pages are published with, where it differs. */
  config?: Partial<PagesConfig>;
  env?: Record<string, string>;
  storageThrough?: (connectionString: string) => Promise<string>;
} = {}) => {
  const port = await pagesPort();
  const landingUrl = `http://127.0.0.1:${port}/`;
  const consoleUrl = `${landingUrl}console/`;
  const world = await startWorld({
    env,
    landingUrl,
    consoleUrl,
    webhook: true,
    ...(storageThrough ? { storageThrough } : {}),
  });
  const pages = await startOwn('pages', {
    port,
    config: {
      ...(JSON.parse(readText('static-landing/config.json')) as PagesConfig),
      apiUrl: world.api.base(),
      authority: world.entraUrl,
      graphUrl: `${world.entraUrl}/graph/v1.0`,
      landingClientId: LANDING_CLIENT_ID,
      consoleClientId: CONSOLE_CLIENT_ID,
      publisherTenantId: PUBLISHER_TENANT,
      ...config,
    },
  }).catch(async (error: unknown) => {
    await world.close();
    throw error;
  });
  return {
    ...world,
    landingUrl,
    consoleUrl,
    pages,
    /** One check by the command, with the app's settings and some that differ. */
    check: (id: string, changed: Record<string, string> = {}, args: string[] = []) =>
      checked(id, { ...world.settings(), ...changed }, args),
    close: async (): Promise<void> => {
      await pages.close();
      await world.close();
    },
  };
};

export type Clinic = Awaited<ReturnType<typeof startClinic>>;

/** A server that answers every request the same way, or as `answer` says; for what no stand-in does. */
export const startImposter = async (
  answer: (request: { method: string; url: string; headers: IncomingHttpHeaders }) => {
    status: number;
    headers?: Record<string, string>;
    body?: string;
    delayMs?: number;
  },
) => {
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const said = answer({ method, url, headers });
    setTimeout(() => response.writeHead(said.status, said.headers).end(said.body), said.delayMs ?? 0);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
};

export type Imposter = Awaited<ReturnType<typeof startImposter>>;

/** A file with these settings, as local.settings.json has them; gone when `use` is done. */
export const withSettingsFile = async <T>(content: unknown, use: (file: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'pegasus-doctor-'));
  try {
    const file = join(folder, 'settings.json');
    await writeFile(file, JSON.stringify(content));
    return await use(file);
  } finally {
    await rm(folder, { recursive: true });
  }
};
