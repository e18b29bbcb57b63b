// Design 3.8 and P4: on a running business the first pass counts what it would do and writes no record; the next one acts.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { type Comparison, startComparison } from './comparison.ts';

let comparison: Comparison;
beforeAll(async () => {
  comparison = await startComparison({ previewed: false });
});
afterAll(() => comparison.close());

test('before any pass there is nothing to show', async () => {
  expect(await comparison.show()).toEqual({ isBusy: false });
});

test('the first pass counts, ends with its event and leaves every record as it was; the second does what was counted', async () => {
  const known = await comparison.active({ planId: 'team', quantity: 5 });
  await comparison.secretly(known, { quantity: 9 });
  const found = await comparison.billed();
  await eventually(
    () => comparison.stored.record(known),
    ({ mails }) => mails.every(({ state }) => state !== 'pending'),
  );
  await comparison.world.restart({ ADOPT_CREATED_BEFORE: new Date().toISOString() });
  const { subscriptionId: pending } = await comparison.buy();
  const { subscriptionId: ended } = await comparison.buy();
  await comparison.secretly(ended, { status: 'Unsubscribed' });
  const before = await comparison.stored.rows('Subscriptions');

  const preview = await comparison.pass();

  const would = { repaired: 1, adopted: 1, found: 1, ignored: 1, equal: 0, failed: 0, compared: 4 };
  expect(preview).toMatchObject({ kind: 'preview', state: 'ended', counts: would });
  expect(comparison.events('PEG_RECONCILED')).toEqual([expect.objectContaining({ kind: 'preview', ...would })]);
  expect(await comparison.stored.rows('Subscriptions')).toEqual(before);

  const acting = await comparison.pass();

  expect(acting).toMatchObject({ kind: 'repair', state: 'ended', counts: would });
  expect(await comparison.stored.record(known)).toMatchObject({ quantity: 9 });
  expect(await comparison.stored.record(found)).toMatchObject({ stage: 'active', adoptedAt: expect.any(String) });
  expect(await comparison.stored.record(pending)).toMatchObject({ stage: 'resolved', visits: [] });
  expect(await comparison.isKnown(ended)).toBe(false);
  const { previous } = await comparison.show();
  expect(previous).toMatchObject({ kind: 'preview', counts: would });
});
