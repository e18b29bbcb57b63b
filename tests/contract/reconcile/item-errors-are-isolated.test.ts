// Design P4: an item's error is counted and logged, and the others are repaired all the same.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Comparison, startComparison } from './comparison.ts';

let comparison: Comparison;
beforeAll(async () => {
  comparison = await startComparison({ env: { ADOPT_CREATED_BEFORE: '2100-01-01T00:00:00Z' } });
});
afterAll(() => comparison.close());

test('a row that cannot be read, and one that Microsoft cannot be asked about, cost themselves only', async () => {
  const ids = [];
  for (let index = 0; index < 4; index += 1) ids.push(await comparison.billed({ planId: 'team', quantity: 5 }));
  const [first = '', second = '', third = '', fourth = ''] = ids;
  await comparison.pass();
  for (const id of [second, fourth]) await comparison.secretly(id, { quantity: 6 });
  await comparison.spoil(third);
  (await comparison.throughProxy()).shows((row) => (row['id'] === first ? [null, row] : row));

  const { state, counts } = await comparison.pass();

  expect([state, counts]).toEqual([
    'ended',
    expect.objectContaining({ failed: 2, repaired: 2, equal: 1, compared: 5 }),
  ]);
  expect(comparison.events('PEG_RECONCILE_ITEM_FAILED')).toEqual([
    expect.objectContaining({ code: 'marketplace-unavailable' }),
    expect.objectContaining({ code: 'unexpected', subscriptionId: third }),
  ]);
  for (const id of [second, fourth]) expect(await comparison.stored.record(id)).toMatchObject({ quantity: 6 });
});

test('Microsoft not answering about one of them leaves the pass going', async () => {
  const [id, other] = [await comparison.billed(), await comparison.billed()];
  await comparison.marketplace.faults({ operation: 'get', status: 500, times: 2 });

  const { state, counts } = await comparison.pass();

  expect(state).toBe('ended');
  expect(counts.failed + counts.adopted).toBeGreaterThanOrEqual(2);
  await comparison.marketplace.clearFaults();
  await comparison.pass();
  expect(await Promise.all([id, other].map((one) => comparison.isKnown(one)))).toEqual([true, true]);
});

test('Microsoft asking for patience ends the tick, and the same page comes again', async () => {
  const id = await comparison.billed();
  await comparison.marketplace.faults({ operation: 'get', status: 429, retryAfterSeconds: 30 });

  const paused = await comparison.pass();
  const done = await comparison.pass();

  expect([paused.state, done.state]).toEqual(['running', 'ended']);
  expect(done.startedAt).toBe(paused.startedAt);
  expect(await comparison.isKnown(id)).toBe(true);
});
