// Design 9, P4: a pass that died goes on from its continuation token, once its lease has lapsed; never two at a time.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { later } from '../workers/later.ts';
import { type Comparison, startComparison } from './comparison.ts';

let comparison: Comparison;
beforeAll(async () => {
  comparison = await startComparison({ env: { ADOPT_CREATED_BEFORE: '2100-01-01T00:00:00Z' } });
});
afterAll(() => comparison.close());

const lists = async (): Promise<number> =>
  (await comparison.marketplace.calls()).filter(({ operation }) => operation === 'list').length;

test('killed in mid-pass, the next process does nothing at first and then goes on with the page that was not done', async () => {
  const { world, marketplace, known } = comparison;
  await marketplace.switches({ listPageSizes: [3, 1, 2] });
  for (let index = 0; index < 6; index += 1) await comparison.billed();
  await marketplace.clearCalls();
  // Holds the pass up on its first page until the second one is made to wait.
  await marketplace.faults({ operation: 'get', delayMs: 1500, times: 3 });
  const asked = comparison.ask().catch(() => undefined);
  await eventually(lists, (count) => count === 1);
  await marketplace.faults({ operation: 'list', delayMs: 20_000 });
  await eventually(lists, (count) => count === 2);
  await world.restart();
  await asked;
  const before = (await known()).pass;
  expect(before).toMatchObject({ state: 'running', counts: { pages: 1, adopted: 3 } });

  await marketplace.clearFaults();
  await world.reconcile();
  expect(await lists()).toBe(2);

  await world.restart(later(2 * 60));
  await world.reconcile();
  expect(await lists()).toBe(4);
  const { pass } = await known();
  expect(pass).toMatchObject({ state: 'ended', counts: { pages: 3, adopted: 6, failed: 0 } });
  expect(pass.startedAt).toBe(before.startedAt);
});

test('two ticks at once make one pass', async () => {
  const { world, marketplace } = comparison;
  await marketplace.switches({ listPageSizes: [100] });
  await world.restart(later(14 * 3600));
  await marketplace.clearCalls();

  await Promise.all([world.reconcile(), world.reconcile(), world.reconcile()]);

  expect(await lists()).toBe(1);
  expect(comparison.events('PEG_RECONCILED')).toHaveLength(1);
});

test('the timer begins the next pass 6 hours after the last one ended, not before', async () => {
  const { world, marketplace } = comparison;
  await world.restart(later(14 * 3600 + 5.9 * 3600));
  await marketplace.clearCalls();
  await world.reconcile();
  expect(await lists()).toBe(0);

  await world.restart(later(14 * 3600 + 6.1 * 3600));
  await world.reconcile();
  expect(await lists()).toBe(1);
});

test('a continuation that Microsoft does not take any more begins the pass again, and it comes to its end', async () => {
  const { marketplace } = comparison;
  await comparison.world.restart(later(0));
  await marketplace.switches({ listPageSizes: [2] });
  await marketplace.clearCalls();
  await marketplace.faults({ operation: 'get', delayMs: 1 });
  (await comparison.throughProxy()).fails(2, 400);

  const broken = await comparison.pass();
  const done = await comparison.pass();

  expect(broken).toMatchObject({ state: 'running', counts: { pages: 0, equal: 0 } });
  expect(done).toMatchObject({ state: 'ended', counts: { pages: 3, equal: 6, compared: 6 } });
});
