// Contract 5, design P4: a purchase that nobody answered for 30 days is dropped; only then does a 404 mean cancelled.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { later } from '../workers/later.ts';
import { type Comparison, startComparison } from './comparison.ts';

const DAY = 24 * 3600;

let comparison: Comparison;
beforeAll(async () => {
  comparison = await startComparison();
});
afterAll(() => comparison.close());

test('before that a 404 changes nothing', async () => {
  const id = await comparison.resolved();
  const before = await comparison.stored.record(id);
  await comparison.marketplace.faults({ operation: 'get', status: 404, times: 1 });

  expect((await comparison.api.operate('operator', id, 'refresh')).status).toBe(202);

  expect(await comparison.stored.record(id)).toEqual(before);
});

test('of any other record a 404 changes nothing, however old it is', async () => {
  const id = await comparison.active();
  await comparison.quiet();
  await comparison.tamper(id, (record) => ({ ...record, createdAt: '2020-01-01T00:00:00Z' }));
  const before = await comparison.stored.record(id);
  await comparison.marketplace.faults({ operation: 'get', status: 404, times: 1 });

  expect((await comparison.api.operate('operator', id, 'refresh')).status).toBe(202);

  expect(await comparison.stored.record(id)).toEqual(before);
});

test('more than 30 days old it is asked for once a day, and cancelled when Microsoft does not know it on two days', async () => {
  const { world, marketplace, stored } = comparison;
  const id = await comparison.resolved();
  const asked = async (): Promise<number> =>
    (await marketplace.calls()).filter(({ operation, subscriptionId }) => operation === 'get' && subscriptionId === id)
      .length;
  await marketplace.clearCalls();

  // Microsoft's clock stands still: it lives on.
  await world.restart(later(31 * DAY));
  await world.sweep();
  await eventually(
    () => stored.record(id),
    ({ recheck }) => recheck?.reads === 1,
  );
  const { recheck, stage } = await stored.record(id);
  expect([await asked(), stage]).toEqual([1, 'resolved']);
  expect(Date.parse(recheck?.at ?? '') - Date.now()).toBeGreaterThan(31.9 * DAY * 1000);
  await world.sweep();
  await comparison.quiet();
  expect(await asked()).toBe(1);

  await marketplace.switches({ droppedPurchase: 'gone' });
  await marketplace.advanceClock(31 * DAY);
  // One 404 may be a slip of theirs: it counts when it is said again a day later.
  await world.restart(later(32.1 * DAY));
  await world.sweep();
  const doubted = await eventually(
    () => stored.record(id),
    (record) => record.recheck?.unknownSince !== undefined && record.recheck.reads === 2,
  );
  expect(doubted.stage).toBe('resolved');
  await world.restart(later(33.2 * DAY));
  await world.sweep();
  await eventually(
    () => stored.record(id),
    (record) => record.stage === 'cancelled',
  );
  await world.restart(later(0));
  expect((await comparison.timeline(id)).filter(({ what }) => what === 'cancelled')).toEqual([
    expect.objectContaining({ detail: expect.stringContaining('30 days') }),
  ]);
});
