// Builds the pages for one environment into a folder and says what to upload, a line per file, separated by tabs:
// path, content type, cache control, content encoding (or -). What others refer to comes first.
//   node infra/scripts/build-site.ts FOLDER
import { readFile } from 'node:fs/promises';
import { buildPages, type Publication } from '../../static-landing/build/pages.ts';
import type { PagesConfig } from '../../static-landing/config.ts';

const [outdir] = process.argv.slice(2);
if (outdir === undefined) throw new Error('Name the folder to build into.');

const given = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: it is an output of the deployment.`);
  return value;
};

const committed = JSON.parse(
  await readFile(new URL('../../static-landing/config.json', import.meta.url), 'utf8'),
) as PagesConfig;
if (given('AZURE_ENV_NAME') === 'prod' && /\.example\b/.test(JSON.stringify(committed.brand))) {
  throw new Error('The brand in static-landing/config.json still has example addresses.');
}

const published = await buildPages({
  outdir,
  config: {
    ...committed,
    apiUrl: given('API_URL'),
    landingClientId: given('LANDING_CLIENT_ID'),
    consoleClientId: given('CONSOLE_CLIENT_ID'),
    publisherTenantId: given('PUBLISHER_TENANT_ID'),
  },
});

const order = ({ path }: Publication): number => (path.startsWith('assets/') ? 0 : path.endsWith('.html') ? 2 : 1);
for (const one of published.toSorted((a, b) => order(a) - order(b))) {
  const { path, contentType, cacheControl, contentEncoding = '-' } = one;
  process.stdout.write(`${[path, contentType, cacheControl, contentEncoding].join('\t')}\n`);
}
