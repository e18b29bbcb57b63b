// P5: what Microsoft has not confirmed in time is answered 503, never 4xx, and decided when it is told again.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { type Life, startLife } from './life.ts';

let life: Life;
beforeAll(async () => {
  life = await startLife({ env: { BLOCKED_PLAN_CHANGES: 'team>*' } });
  await life.marketplace.switches({ webhookRetryGapSeconds: 3 });
});
afterEach(() => life.marketplace.clearFaults());
afterAll(() => life.world.close());

const told = async (id: string, count = 1) =>
  eventually(
    () => life.marketplace.deliveries(id),
    (all) => all.filter(({ status }) => status > 0).length >= count,
  );

test.each([
  ['fails', { status: 500, times: 1 }],
  ['says that there is none', { status: 404, times: 1 }],
  ['is slow', { delayMs: 8000, times: 1 }],
  ['loses its connection', { reset: 'before' as const, times: 1 }],
])('Get Operation %s: 503 within 6 s and nothing kept; told again, it is refused', async (_what, fault) => {
  const id = await life.active({ planId: 'team', quantity: 5 });
  await life.marketplace.faults({ operation: 'get-operation', ...fault });
  await life.marketplace.act(id, { action: 'ChangePlan', planId: 'starter' });

  const [first] = await told(id);
  expect(first?.status).toBe(503);
  expect(first?.ms).toBeLessThan(6000);
  expect(await life.notices(id)).toEqual([]);

  expect((await told(id, 2))[1]?.status).toBe(409);
  await life.settled(id);
});

test('what is told and not true is not refused', async () => {
  const id = await life.active({ planId: 'team', quantity: 5 });
  await life.marketplace.act(id, { action: 'ChangePlan', planId: 'starter', untrue: true });

  expect((await told(id, 2)).map(({ status }) => status)).toEqual([503, 503]);
  expect((await life.api.look('reader', id)).body.subscription.planId).toBe('team');
});

test('a change of a product that is not served here is left alone', async () => {
  const { subscriptionId: id } = await life.marketplace.purchase({ planId: 'team', quantity: 5, purchaser: 'buyer' });
  await life.marketplace.change(id, { status: 'Subscribed', offerId: 'another-product' });
  await life.restart({ OFFER_IDS: 'unifize-qms' });
  await life.marketplace.act(id, { action: 'ChangePlan', planId: 'starter' });

  expect((await told(id)).map(({ status }) => status)).toEqual([200]);
});

test('a subscription that was never seen here: what it has is asked of Microsoft', async () => {
  const { subscriptionId: id } = await life.marketplace.purchase({ planId: 'team', quantity: 5, purchaser: 'buyer' });
  await life.marketplace.change(id, { status: 'Subscribed' });
  await life.marketplace.act(id, { action: 'ChangePlan', planId: 'starter' });

  expect((await told(id)).map(({ status }) => status)).toEqual([409]);
});
