// Measures what design 9 promises, as ratios against a baseline of the same run. `-- --json`: one object.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { localSettings } from '../../local/settings.ts';
import { PROJECT } from '../support/source-files.ts';
import { acknowledgement } from './ack.ts';
import { bundleLoad } from './bundle-load.ts';
import { journeyCounts } from './journey-counts.ts';
import { pageBytes } from './page-bytes.ts';
import { reconcileMemory } from './reconcile.ts';
import type { Result, Results } from './result.ts';
import { throughput } from './throughput.ts';
import { webhookThroughput } from './webhook.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean' } } });
const say = (line: string): void => void (values.json ? undefined : process.stdout.write(`${line}\n`));

const line = (name: string, { value, unit, baseline, ratio, limit, holds }: Result): string => {
  const against = baseline === undefined ? '' : ` against ${baseline}, ratio ${ratio}`;
  return `${holds ? 'holds ' : 'BROKEN'}  ${name.padEnd(18)}${value} ${unit}${against} (limit ${limit})`;
};

const results: Results = {};
const add = (found: Results): void => {
  for (const [name, result] of Object.entries(found)) say(line(name, result));
  Object.assign(results, found);
};

execFileSync(process.execPath, [join(PROJECT, 'build.ts')], { cwd: PROJECT, stdio: 'inherit' });
const nowhere = 'http://127.0.0.1:9';
const settings = localSettings({
  storage: 'UseDevelopmentStorage=true',
  marketplaceApiUrl: `${nowhere}/api`,
  authority: nowhere,
  landingUrl: `${nowhere}/`,
  consoleUrl: `${nowhere}/console/`,
  mailbox: `endpoint=${nowhere}/;accesskey=bm9uZQ==`,
  product: nowhere,
});

say('Measuring: this takes a few minutes.');
add({ 'bundle-load': await bundleLoad(settings) });
const bytes = await pageBytes();
add({ 'landing-bytes': bytes.landing, 'console-bytes': bytes.console });
const counts = await journeyCounts();
add({ 'storage-requests': counts.storageRequests, 'marketplace-calls': counts.marketplaceCalls });
add(await throughput());
add({ reconcile: await reconcileMemory() });
add({ webhook: await webhookThroughput() });
add({ ack: await acknowledgement() });
if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
process.exit(Object.values(results).every(({ holds }) => holds) ? 0 : 1);
