import { describe, expect, test } from '@jest/globals';
import { useLife } from './marketplace-life-use.ts';

/** Contract 0.1, 4.2. */
describe('simulated Marketplace, auto-activated plans', () => {
  const life = useLife();
  const buy = () => life.control().purchase({ planId: 'growth-auto', purchaser: 'buyer' });
  const land = (purchaseToken: string) =>
    fetch(`${life.url()}/api/saas/subscriptions/resolve?api-version=2018-08-31`, {
      method: 'POST',
      headers: { 'x-ms-marketplace-token': purchaseToken },
    });

  test('Subscribe is told at the purchase, without anybody landing', async () => {
    const { subscriptionId } = await buy();
    await life.quiet();

    expect(await life.statusOf(subscriptionId)).toBe('Subscribed');
    expect(life.publisher().received.map(({ body }) => body)).toMatchObject([
      {
        action: 'Subscribe',
        status: 'Succeeded',
        subscriptionId,
        subscription: { saasSubscriptionStatus: 'Subscribed', term: { startDate: expect.any(String) } },
      },
    ]);
    expect(await life.control().truth(subscriptionId)).toMatchObject({ activations: 0 });
  });

  test('by switch Subscribe is told when the buyer has landed, and once', async () => {
    await life.control().switches({ subscribeWebhook: 'after-landing' });
    const { subscriptionId, purchaseToken } = await buy();
    await life.control().advanceClock(60);
    const early = await life.told();
    await land(purchaseToken);
    await land(purchaseToken);
    await life.quiet();

    expect(early).toEqual([]);
    expect(await life.statusOf(subscriptionId)).toBe('Subscribed');
    expect(await life.told()).toEqual(['Subscribe 1: 200']);
  });

  test('by switch nobody is ever told', async () => {
    await life.control().switches({ subscribeWebhook: 'never' });
    const { subscriptionId, purchaseToken } = await buy();
    await land(purchaseToken);
    await life.control().advanceClock(60);

    expect(await life.told()).toEqual([]);
    expect(await life.statusOf(subscriptionId)).toBe('Subscribed');
  });

  test('Microsoft can activate any purchase that waits', async () => {
    const id = await life.bought();

    await life.control().act(id, { action: 'Subscribe' });
    await life.quiet();

    expect(await life.told()).toEqual(['Subscribe 1: 200']);
    expect((await life.control().truth(id)).subscription).toMatchObject({
      saasSubscriptionStatus: 'Subscribed',
      term: { endDate: expect.any(String) },
    });
    expect((await life.call('POST', `/${id}/activate`)).status).toBe(400);
  });

  test('it is renewed like any other', async () => {
    const { subscriptionId } = await buy();

    await life.control().advanceClock(32 * 86_400);

    expect(await life.told()).toEqual(['Subscribe 1: 200', 'Renew 1: 200']);
    expect(await life.statusOf(subscriptionId)).toBe('Subscribed');
  });
});
