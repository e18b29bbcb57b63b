// Issue 4: with OFFER_IDS, subscriptions of other products are counted and otherwise ignored.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Comparison, startComparison } from './comparison.ts';

let comparison: Comparison;
beforeAll(async () => {
  comparison = await startComparison({ env: { OFFER_IDS: 'ours' } });
});
afterAll(() => comparison.close());

test('another offer is counted as foreign and gets no record, its preview form of ours does', async () => {
  const foreign = await comparison.billed({ offerId: 'theirs' });
  const ours = await comparison.billed({ offerId: 'ours-preview' });

  const { counts } = await comparison.pass();

  expect(counts).toMatchObject({ foreign: 1, found: 1, compared: 2 });
  expect([await comparison.isKnown(foreign), await comparison.isKnown(ours)]).toEqual([false, true]);
});
