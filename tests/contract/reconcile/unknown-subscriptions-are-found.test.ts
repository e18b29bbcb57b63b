// Design 3.8, contract 12.7: a Subscribe that was never told, and a purchase whose buyer never landed, are found by comparing.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Comparison, startComparison } from './comparison.ts';

let comparison: Comparison;
beforeAll(async () => {
  comparison = await startComparison();
});
afterAll(() => comparison.close());

test('a billed one: its set-up starts, and operators are told that billing runs', async () => {
  const id = await comparison.billed();

  const { counts } = await comparison.pass();

  expect(counts).toMatchObject({ found: 1, adopted: 0 });
  await comparison.seen(id, ({ stage, steps }) => stage === 'awaiting-confirmation' && steps[2]?.state === 'done');
  expect(await comparison.history(id)).toEqual(expect.arrayContaining(['found', 'set-up-started']));
  const { mails } = await comparison.stored.record(id);
  expect(mails.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['already-billed', 'new-onboarding']));
});

test('a landed one that is billed without a word: its set-up starts as well', async () => {
  const id = await comparison.resolved();
  await comparison.secretly(id, { status: 'Subscribed' });

  await comparison.pass();

  await comparison.atStage(id, 'awaiting-confirmation');
  expect(await comparison.history(id)).toEqual(expect.arrayContaining(['repaired', 'set-up-started']));
});

test('a purchase whose buyer never landed gets a record without a visit, and its reminders', async () => {
  const { subscriptionId: id } = await comparison.buy();

  const { counts } = await comparison.pass();

  expect(counts).toMatchObject({ found: 1 });
  const record = await comparison.stored.record(id);
  expect(record).toMatchObject({ stage: 'resolved', visits: [], remindAt: expect.any(String) });
  expect(await comparison.history(id)).toEqual(['found']);
});

test('one that ended before it was ever seen is ignored', async () => {
  const id = await comparison.billed();
  await comparison.secretly(id, { status: 'Unsubscribed' });

  const { counts } = await comparison.pass();

  expect(counts).toMatchObject({ found: 0, ignored: 1 });
  expect(await comparison.isKnown(id)).toBe(false);
});
