// Contract 12.21: term dates come later than the activation, and nobody tells of them.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { type Comparison, startComparison } from './comparison.ts';

let comparison: Comparison;
beforeAll(async () => {
  comparison = await startComparison();
});
afterAll(() => comparison.close());

test('an active subscription without them is asked for with growing delays until they are there', async () => {
  const { stored, marketplace } = comparison;
  const id = await comparison.active();
  const { term } = await stored.record(id);
  await comparison.secretly(id, { term: { startDate: null, endDate: null } });
  await comparison.pass();
  await eventually(
    () => stored.record(id),
    ({ recheck }) => recheck?.about === 'term' && recheck.reads >= 1,
  );
  // A 404 in between means nothing.
  await marketplace.faults({ operation: 'get', status: 404, times: 1 });
  await eventually(
    () => stored.record(id),
    ({ recheck }) => (recheck?.reads ?? 0) >= 2,
  );
  expect(await stored.record(id)).toMatchObject({ stage: 'active', marketplaceStatus: 'Subscribed' });

  await comparison.secretly(id, { term: { ...term } });

  const found = await eventually(
    () => stored.record(id),
    (record) => record.term?.endDate !== undefined,
    30_000,
  );
  expect([found.term, found.recheck]).toEqual([term, undefined]);
});
