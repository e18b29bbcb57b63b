import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { startWorld, type World } from '../support/world.ts';
import { atMost, type Result } from './result.ts';

const EVENTS = 400;
const PER_SECOND = 50;
const MOST_MS = 2000;

/** Subscriptions that Microsoft bills and the app has a record of. */
const prepare = async ({ marketplace, api }: World): Promise<string[]> => {
  const ids: string[] = [];
  for (let index = 0; index < EVENTS; index += 1) {
    const { subscriptionId } = await marketplace.purchase({ planId: 'team', quantity: 5, purchaser: 'buyer' });
    await marketplace.change(subscriptionId, { status: 'Subscribed' });
    await marketplace.act(subscriptionId, { action: 'Transfer' });
    ids.push(subscriptionId);
  }
  await eventually(
    () => Promise.all(ids.slice(-20).map(async (id) => (await api.look('reader', id)).status)),
    (statuses) => statuses.every((status) => status === 200),
    60_000,
  );
  return ids;
};

/** Milliseconds from the sending of each webhook to our PATCH that takes the change, on Microsoft's clock. */
const delays = async ({ marketplace }: World, ids: string[]): Promise<number[]> => {
  const calls = await eventually(
    () => marketplace.calls(),
    (all) => all.filter(({ operation }) => operation === 'patch-operation').length >= ids.length,
    60_000,
  );
  const patchedAt = new Map(
    calls.filter(({ operation }) => operation === 'patch-operation').map((call) => [call.operationId, call.at]),
  );
  return (await marketplace.deliveries())
    .filter(({ action }) => action === 'ChangeQuantity')
    .map(({ operationId, at }) => Date.parse(patchedAt.get(operationId) ?? '') - Date.parse(at));
};

/** From webhook to acknowledgement, the slowest of a hundred, while 50 changes a second come in (contract 4.2: 10 s). */
export const acknowledgement = async (): Promise<Result> => {
  const world = await startWorld({ webhook: true });
  const ids = await prepare(world);
  await sleep(2000);
  await world.marketplace.clearCalls();
  const startedAt = performance.now();
  const acts: Promise<unknown>[] = [];
  for (const [index, id] of ids.entries()) {
    await sleep(Math.max(0, startedAt + (index * 1000) / PER_SECOND - performance.now()));
    acts.push(world.marketplace.act(id, { action: 'ChangeQuantity', quantity: 6 }));
  }
  await Promise.all(acts);
  const sorted = (await delays(world, ids)).toSorted((one, other) => one - other);
  await world.close();
  return atMost(sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN, 'ms', MOST_MS);
};
