// Issue 4, P4: more than 10 downgrades and more than 5 % in one pass: it stops before the next one and waits for an operator.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Comparison, startComparison } from './comparison.ts';

const adopting = () => startComparison({ env: { ADOPT_CREATED_BEFORE: '2100-01-01T00:00:00Z' } });

const many = async (comparison: Comparison, count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push(await comparison.billed());
  return ids;
};

const livingOf = async (comparison: Comparison, ids: string[]): Promise<string[]> => {
  const records = await Promise.all(ids.map((id) => comparison.stored.record(id)));
  return records.filter(({ stage }) => stage === 'active').map(({ id }) => id);
};

describe('of 14 subscriptions all are Unsubscribed, says the list', () => {
  let comparison: Comparison;
  let ids: string[];
  beforeAll(async () => {
    comparison = await adopting();
    ids = await many(comparison, 14);
    await comparison.pass();
    for (const id of ids) await comparison.secretly(id, { status: 'Unsubscribed' });
  });
  afterAll(() => comparison.close());

  test('ten are taken over, the eleventh is not, and it says so', async () => {
    const stopped = await comparison.pass();

    expect(stopped).toMatchObject({ state: 'stopped', counts: { downgraded: 10 } });
    expect(await livingOf(comparison, ids)).toHaveLength(4);
    expect(comparison.events('PEG_RECONCILE_STOPPED')).toEqual([expect.objectContaining({ downgraded: 10 })]);
    expect(comparison.events('PEG_RECONCILED')).toHaveLength(2);
  });

  test('the timer does not go on, and says again that it waits', async () => {
    await comparison.world.reconcile();

    expect(await livingOf(comparison, ids)).toHaveLength(4);
    expect(comparison.events('PEG_RECONCILE_STOPPED')).toHaveLength(2);
  });

  test('asking for a pass is no decision; going on without the brake needs a reason', async () => {
    const undecided = await comparison.ask({ reason: 'Go.' });
    expect([undecided.status, undecided.problem.code]).toEqual([409, 'reconciliation-stopped']);
    const unreasoned = await comparison.ask({ continue: true });
    expect([unreasoned.status, unreasoned.problem.code]).toEqual([409, 'reason-required']);
    expect(await livingOf(comparison, ids)).toHaveLength(4);
  });

  test('beginning again keeps the brake, which lets ten more through', async () => {
    for (const id of await many(comparison, 8)) ids.push(id);
    const { pass: again } = (await comparison.ask({ continue: false })).body.reconciliation;
    expect(again).toMatchObject({ state: 'ended', kind: 'repair', counts: { downgraded: 4, adopted: 8 } });
  });

  test('an operator lets it go on: who, why and when stand on the pass, which ends without the brake', async () => {
    for (const id of await many(comparison, 8)) ids.push(id);
    await comparison.pass();
    const living = await livingOf(comparison, ids);
    expect(living).toHaveLength(16);
    for (const id of living) await comparison.secretly(id, { status: 'Suspended' });
    expect(await comparison.pass()).toMatchObject({ state: 'stopped' });

    const { status, body } = await comparison.ask({ continue: true, reason: 'Microsoft confirms it.' });

    expect(status).toBe(202);
    expect(body.reconciliation.pass).toMatchObject({
      state: 'ended',
      counts: { downgraded: 16 },
      released: { at: expect.any(String), by: expect.stringMatching(/\w/), reason: 'Microsoft confirms it.' },
    });
    expect(await livingOf(comparison, ids)).toEqual([]);
    // Pressed twice it does not begin another.
    const twice = await comparison.ask({ continue: true, reason: 'Microsoft confirms it.' });
    expect(twice.body.reconciliation.pass?.startedAt).toBe(body.reconciliation.pass?.startedAt);
  });
});

test('of many rows up to one in twenty may be downgraded', async () => {
  const comparison = await adopting();
  await comparison.marketplace.switches({ listPageSizes: [100] });
  for (let index = 0; index < 230; index += 1) {
    const { subscriptionId } = await comparison.buy();
    await comparison.secretly(subscriptionId, { status: 'Unsubscribed' });
  }
  const ids = await many(comparison, 14);
  await comparison.pass();
  for (const id of ids.slice(0, 12)) await comparison.secretly(id, { status: 'Unsubscribed' });

  const { state, counts } = await comparison.pass();

  expect([state, counts.downgraded]).toEqual(['ended', 12]);
  await comparison.close();
});
