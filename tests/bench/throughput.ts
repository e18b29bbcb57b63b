import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { LANDING_CLIENT_ID } from '../../local/people.ts';
import { startWorld, type World } from '../support/world.ts';
import { against, median, type Result } from './result.ts';

const BARE = fileURLToPath(new URL('bare-server.ts', import.meta.url));
const ROUNDS = 7;
const REQUESTS = 150;
const AT_ONCE = 12;
const CONTACT = { name: 'Bea Buyer', email: 'bea.buyer@contoso.example', company: 'Contoso' };

type Item = { subscriptionId: string; purchaseToken: string; authorization: string };

/** A purchase each, and a visitor each: nobody meets the limit of requests per caller. */
const prepare = async ({ marketplace, entra }: World): Promise<Item[]> => {
  const items: Item[] = [];
  for (let index = 0; index < REQUESTS; index += 1) {
    const bought = await marketplace.purchase({ planId: 'team', quantity: 5, purchaser: 'buyer' });
    const claims = { oid: randomUUID() };
    const token = await entra.token({ person: 'buyer', clientId: LANDING_CLIENT_ID, claims });
    items.push({ ...bought, authorization: `Bearer ${token}` });
  }
  return items;
};

const post = async (url: string, authorization: string, body: unknown, expected: number): Promise<void> => {
  const headers = { authorization, 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (response.status !== expected) throw new Error(`${url} answered ${response.status}: ${text}`);
};

/** Requests per second over all items, `AT_ONCE` at a time. */
const rate = async (items: Item[], send: (item: Item) => Promise<void>): Promise<number> => {
  const left = [...items];
  const startedAt = performance.now();
  const one = async (): Promise<void> => {
    for (let item = left.pop(); item; item = left.pop()) await send(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return (items.length * 1000) / (performance.now() - startedAt);
};

const startBare = async (world: World): Promise<{ url: string; child: ChildProcess }> => {
  const args = [BARE, world.storage.connectionString, `${world.marketplaceUrl}/api`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('The bare server has no output.');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: line.toString('utf8').trim(), child };
};

type Rates = { resolve: number[]; onboard: number[] };

const measure = async (url: string, world: World, rates: Rates): Promise<void> => {
  const items = await prepare(world);
  rates.resolve.push(
    await rate(items, ({ authorization, purchaseToken }) =>
      post(`${url}/resolve`, authorization, { purchaseToken }, 200),
    ),
  );
  rates.onboard.push(
    await rate(items, ({ authorization, subscriptionId }) =>
      post(`${url}/onboard`, authorization, { subscriptionId, contact: CONTACT }, 202),
    ),
  );
};

/**
 * Requests per second of the built app in the functions host, against a bare server that makes the same Marketplace call
 * and storage writes with the same SDKs. The workers are switched off, so that each side does what it answers for.
 */
export const throughput = async (): Promise<{ resolve: Result; onboard: Result }> => {
  const off = ['provisioning', 'notifications', 'sweep'].map((name) => [`AzureWebJobs.${name}.Disabled`, 'true']);
  const world = await startWorld({ env: Object.fromEntries(off) as Record<string, string> });
  const bare = await startBare(world);
  const rates = { ours: { resolve: [], onboard: [] } as Rates, bare: { resolve: [], onboard: [] } as Rates };
  for (let round = 0; round <= ROUNDS; round += 1) {
    // The first round warms both sides; then they take turns at going first.
    const warm = { resolve: [], onboard: [] } as Rates;
    const sides = [
      () => measure(world.api.base(), world, round === 0 ? warm : rates.ours),
      () => measure(`${bare.url}/api`, world, round === 0 ? warm : rates.bare),
    ];
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) await side();
  }
  bare.child.kill();
  await world.close();
  const compare = (name: keyof Rates): Result =>
    against(median(rates.ours[name]), median(rates.bare[name]), 'requests/s', { least: 0.7 });
  return { resolve: compare('resolve'), onboard: compare('onboard') };
};
