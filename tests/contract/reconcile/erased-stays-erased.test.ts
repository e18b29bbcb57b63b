// P4: an erased record is a tombstone; neither reconciliation nor an operator's refresh fills it again.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Comparison, startComparison } from './comparison.ts';

let comparison: Comparison;
beforeAll(async () => {
  comparison = await startComparison();
});
afterAll(() => comparison.close());

test('whatever Microsoft says of it, not a row of it changes, and Microsoft is not even asked', async () => {
  const id = await comparison.active({ planId: 'team', quantity: 5 });
  await comparison.quiet();
  await comparison.tamper(id, (record) => ({ ...record, stage: 'erased', name: id, planId: 'team' }));
  await comparison.secretly(id, { quantity: 6, name: 'Back again', status: 'Suspended' });
  const before = await comparison.stored.rows('Subscriptions');
  await comparison.marketplace.clearCalls();

  const { counts } = await comparison.pass();
  const refreshed = await comparison.api.operate('operator', id, 'refresh');

  expect(counts).toMatchObject({ ignored: 1, repaired: 0 });
  expect([refreshed.status, refreshed.problem.code]).toEqual([409, 'subscription-cancelled']);
  expect(await comparison.stored.rows('Subscriptions')).toEqual(before);
  expect((await comparison.marketplace.calls()).map(({ operation }) => operation)).toEqual(['list']);
});
