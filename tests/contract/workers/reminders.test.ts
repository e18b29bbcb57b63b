import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { OPERATOR_EMAIL, startWorld, type World } from '../../support/world.ts';
import { journeys } from '../http/journeys.ts';
import { later } from './later.ts';
import { stored } from './stored.ts';

/** Contract 5: Microsoft drops an unanswered purchase after 30 days. Four kinds of waiting, each with its own words. */
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const DAY = 86_400;
const BUYER = 'bea.buyer@contoso.example';
const PURCHASER = 'bea@contoso.example';

const reminded = async (to: string, id: string) =>
  (await world.mailbox.mails(to)).filter(
    ({ text, subject }) => text.includes(id) && /30 days|days left|drops/i.test(`${subject} ${text}`),
  );

const liveUntil = async (days: number): Promise<void> => {
  await world.restart(later(days * DAY + 3600));
  await world.sweep();
};

test('operators and buyers are reminded on each configured day, once, in words of where it waits', async () => {
  const { resolved, awaiting, confirmed, quiet } = journeys(world);
  const [landed, waiting, ready] = [await resolved(), await awaiting(), await confirmed()];
  await quiet();
  const before = { operators: (await world.mailbox.mails(OPERATOR_EMAIL)).length };
  expect(before.operators).toBeGreaterThan(0);

  // 20 days before the end of 30.
  await liveUntil(10);
  const kinds = async (id: string) =>
    (await stored(world.storage.connectionString).record(id)).mails
      .filter(({ kind, state }) => kind.startsWith('reminder') && state === 'sent')
      .map(({ kind, occurrence }) => `${kind} ${occurrence}`);
  for (const id of [landed, waiting, ready]) {
    expect(
      await eventually(
        () => kinds(id),
        (sent) => sent.length === 2,
      ),
    ).toEqual(['reminder-operators 20', 'reminder 20']);
  }
  await world.sweep();
  await quiet();

  // Two days have passed unseen: only the later one is told of.
  await liveUntil(26);
  expect(
    await eventually(
      () => kinds(landed),
      (sent) => sent.length === 4,
    ),
  ).toEqual(['reminder-operators 20', 'reminder 20', 'reminder-operators 5', 'reminder 5']);
  const texts = await Promise.all([reminded(PURCHASER, landed), reminded(BUYER, waiting), reminded(BUYER, ready)]);
  const words = texts.map((mails) => mails[0]?.text.replaceAll(/[0-9a-f-]{36}|Starter \d+/g, ''));
  expect(new Set(words).size).toBe(3);
}, 120_000);

test('whoever is billed, or has ended, is not reminded', async () => {
  const { record } = stored(world.storage.connectionString);
  await world.restart(later(0));
  const { confirmed, atStage, resolved, quiet } = journeys(world);
  const active = await confirmed();
  await world.api.activate('buyer', active);
  await atStage(active, 'active');
  const ended = await resolved();
  await world.marketplace.change(ended, { status: 'Unsubscribed' });
  await world.api.resolve('buyer', (await world.marketplace.purchaseToken(ended)).purchaseToken);
  for (const id of [active, ended]) expect((await record(id)).remindAt).toBeUndefined();
  await quiet();
}, 60_000);
