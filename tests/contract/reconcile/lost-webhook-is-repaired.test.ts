// Design P4, contract 12.28: what Microsoft told nobody is found by comparing, and both values stand on the timeline.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Comparison, startComparison } from './comparison.ts';

let comparison: Comparison;
beforeAll(async () => {
  comparison = await startComparison();
});
afterAll(() => comparison.close());

test('status, plan, seats, term, renewal and name are taken over, each with both values', async () => {
  const id = await comparison.active({ planId: 'team', quantity: 5 });
  const before = await comparison.stored.record(id);
  const term = { termUnit: 'P1Y', startDate: '2026-12-01T00:00:00Z', endDate: '2027-11-30T00:00:00Z' };
  await comparison.secretly(id, {
    status: 'Suspended',
    planId: 'enterprise',
    quantity: 7,
    term,
    autoRenew: false,
    name: 'Renamed by bea@contoso.example',
  });

  const { counts } = await comparison.pass();

  expect(counts).toMatchObject({ repaired: 1, downgraded: 1, failed: 0 });
  expect(await comparison.stored.record(id)).toMatchObject({
    marketplaceStatus: 'Suspended',
    stage: 'suspended',
    planId: 'enterprise',
    quantity: 7,
    term,
    autoRenew: false,
    name: 'Renamed by bea@contoso.example',
  });
  const repairs = (await comparison.timeline(id)).filter(({ what }) => what === 'repaired');
  expect(repairs).toEqual([
    {
      at: expect.any(String),
      what: 'repaired',
      actor: 'system',
      detail: [
        'status Subscribed to Suspended',
        'plan team to enterprise',
        'quantity 5 to 7',
        `term ${before.term?.termUnit} ${before.term?.startDate} ${before.term?.endDate} to P1Y ${term.startDate} ${term.endDate}`,
        'autoRenew true to false',
        `name ${before.name} to withheld`,
      ].join(', '),
    },
  ]);
});

test('a record that agrees costs one point read: Microsoft is asked for no subscription by itself', async () => {
  await comparison.pass();
  await comparison.marketplace.clearCalls();

  const { counts } = await comparison.pass();

  expect(counts).toMatchObject({ equal: counts.compared, repaired: 0 });
  const calls = (await comparison.marketplace.calls()).map(({ operation }) => operation);
  expect(new Set(calls)).toEqual(new Set(['list']));
});

test('the list only points: what is written down is what Get Subscription says', async () => {
  const id = await comparison.active({ planId: 'team', quantity: 5 });
  (await comparison.throughProxy()).shows((row) => (row['id'] === id ? { ...row, quantity: 99, name: 'Not so' } : row));

  const { counts } = await comparison.pass();

  expect(counts).toMatchObject({ repaired: 0, failed: 0 });
  expect(await comparison.stored.record(id)).toMatchObject({ quantity: 5 });
  expect((await comparison.timeline(id)).map(({ what }) => what)).not.toContain('repaired');
});
