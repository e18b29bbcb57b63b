import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { OPERATOR_EMAIL } from '../../support/world.ts';
import { type Life, startLife } from './life.ts';

/** Contract 0.1, traps 4 and 7, design 3.8: Microsoft activates and bills at the purchase, whoever lands and when. */
let life: Life;
beforeAll(async () => {
  life = await startLife();
});
afterEach(() => life.marketplace.switches({ subscribeWebhook: 'at-purchase' }));
afterAll(() => life.world.close());

const buy = () => life.marketplace.purchase({ planId: 'growth-auto', purchaser: 'buyer' });

const activateCalls = async (id: string) => (await life.marketplace.truth(id)).activateCalls;

const setUp = async (id: string) => {
  const view = await life.seen(id, ({ stage }) => stage === 'awaiting-confirmation');
  expect(view.steps.slice(0, 2).every(({ state }) => state === 'done' || state === 'held')).toBe(true);
  await life.api.operate('operator', id, 'confirm');
  await life.atStage(id, 'active');
  expect(await activateCalls(id)).toBe(0);
};

test('without a landing visit the set-up starts, and operators are told that billing already runs', async () => {
  const { subscriptionId: id } = await buy();
  await setUp(id);
  const kinds = (await life.stored.record(id)).mails.map(({ kind }) => kind);
  expect(kinds).toContain('already-billed');
  const told = (await life.mailbox.mails(OPERATOR_EMAIL)).filter((mail) => mail.text.includes(id));
  expect(told.filter(({ subject }) => subject.startsWith('Billing already runs'))).toHaveLength(1);
  expect((await life.stored.record(id)).contact).toBeUndefined();
});

test('after the visit: told when the buyer has landed', async () => {
  await life.marketplace.switches({ subscribeWebhook: 'after-landing' });
  const { subscriptionId: id, purchaseToken } = await buy();
  expect((await life.api.resolve('buyer', purchaseToken)).body.stage).toBe('resolved');
  await setUp(id);
});

test('before the visit: the buyer who lands finds the set-up under way and gives the contact', async () => {
  const { subscriptionId: id, purchaseToken } = await buy();
  await life.seen(id, ({ stage }) => stage === 'awaiting-confirmation');
  expect((await life.api.resolve('buyer', purchaseToken)).body).toMatchObject({ marketplaceStatus: 'Subscribed' });
  expect((await life.api.onboard('buyer', id)).status).toBe(202);
  expect((await life.stored.record(id)).contact).toMatchObject({ name: 'Bea Buyer' });
  await setUp(id);
});

test('during the visit: landing, Onboard and the notice at once make one set-up', async () => {
  await life.marketplace.switches({ subscribeWebhook: 'after-landing' });
  const { subscriptionId: id, purchaseToken } = await buy();
  await life.api.resolve('buyer', purchaseToken);
  await Promise.all([life.api.onboard('buyer', id), life.api.onboard('buyer', id)]);
  await setUp(id);
  const started = (await life.history(id)).filter((what) => ['onboarding-requested', 'set-up-started'].includes(what));
  expect(started).toHaveLength(1);
});

test('never told: the visit alone shows that billing runs, and Onboard begins the set-up', async () => {
  await life.marketplace.switches({ subscribeWebhook: 'never' });
  const id = await life.awaiting({ planId: 'growth-auto' });
  await setUp(id);
});
