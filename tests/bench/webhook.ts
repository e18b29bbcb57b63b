import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { webhookToken } from '../../local/marketplace/webhook/token.ts';
import { PUBLISHER_CLIENT_ID, PUBLISHER_TENANT } from '../../local/people.ts';
import { startWorld } from '../support/world.ts';
import { against, median, type Result } from './result.ts';

const BARE = fileURLToPath(new URL('bare-webhook.ts', import.meta.url));
const ROUNDS = 7;
const REQUESTS = 300;
const AT_ONCE = 12;

const notification = (): string =>
  JSON.stringify({
    id: randomUUID(),
    subscriptionId: randomUUID(),
    planId: 'team',
    quantity: 10,
    action: 'ChangeQuantity',
    status: 'InProgress',
    timeStamp: new Date().toISOString(),
    operationRequestSource: 'Azure',
  });

const rate = async (url: string, authorization: string): Promise<number> => {
  const left = Array.from({ length: REQUESTS }, notification);
  const startedAt = performance.now();
  const one = async (): Promise<void> => {
    for (let body = left.pop(); body; body = left.pop()) {
      const response = await fetch(url, { method: 'POST', headers: { authorization }, body });
      await response.text();
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}.`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return (REQUESTS * 1000) / (performance.now() - startedAt);
};

/**
 * Answers of the webhook per second, against a bare server that verifies the same token and does the same write and send
 * with the same SDKs. The workers are switched off, so that each side does what it answers for.
 */
export const webhookThroughput = async (): Promise<Result> => {
  const off = ['provisioning', 'notifications', 'marketplace-events', 'sweep'];
  const world = await startWorld({
    env: Object.fromEntries(off.map((name) => [`AzureWebJobs.${name}.Disabled`, 'true'])),
  });
  const args = [BARE, world.storage.connectionString, world.entraUrl, PUBLISHER_TENANT, PUBLISHER_CLIENT_ID];
  const bare = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!bare.stdout) throw new Error('The bare server has no output.');
  const [line] = (await once(bare.stdout, 'data')) as [Buffer];
  const webhook = {
    url: '',
    entra: world.entraUrl,
    publisherTenantId: PUBLISHER_TENANT,
    publisherClientId: PUBLISHER_CLIENT_ID,
  };
  const token = await webhookToken(webhook, { webhookToken: 'good', webhookTokenVersion: 2 }, 1);
  const sides = {
    ours: { url: `${world.api.base()}/webhook`, rates: [] as number[] },
    bare: { url: `${line.toString('utf8').trim()}/api/webhook`, rates: [] as number[] },
  };
  for (let round = 0; round <= ROUNDS; round += 1) {
    // The first round warms both sides; then they take turns at going first.
    for (const side of round % 2 === 0 ? [sides.ours, sides.bare] : [sides.bare, sides.ours]) {
      const found = await rate(side.url, `Bearer ${token}`);
      if (round > 0) side.rates.push(found);
    }
  }
  bare.kill();
  await world.close();
  return against(median(sides.ours.rates), median(sides.bare.rates), 'answers/s', { least: 0.7 });
};
