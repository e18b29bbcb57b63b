import { describe, expect, test } from '@jest/globals';
import { LANDING_URL, useMarketplace } from './marketplace-use.ts';

const HOURS = 3600;

const UNREADABLE = {
  code: 'InvalidValue',
  message: 'Failed to decrypt token with either primary or secondary secret',
  target: 'token',
};

/** Another character of the same alphabet at a place. */
const tampered = (purchaseToken: string, at: number): string =>
  purchaseToken.slice(0, at) + (purchaseToken[at] === 'A' ? 'B' : 'A') + purchaseToken.slice(at + 1);

/** Contract 2.3, 7. */
describe('simulated Marketplace, purchase tokens', () => {
  const marketplace = useMarketplace();
  const withQuery = useMarketplace('http://127.0.0.1:9/?campaign=spring');
  const buy = () => marketplace.control().purchase({ planId: 'starter', purchaser: 'buyer', name: 'My QMS' });

  test('every purchase token has the characters that must be encoded in an address', async () => {
    const { subscriptionId } = await buy();

    for (let count = 0; count < 30; count += 1) {
      const { purchaseToken } = await marketplace.control().purchaseToken(subscriptionId);
      expect(purchaseToken).toMatch(/^[A-Za-z0-9+/]{198}==$/);
      expect(purchaseToken).toContain('+');
      expect(purchaseToken).toContain('/');
    }
  });

  test('the landing address carries the purchase token percent-encoded once', async () => {
    const { landingUrl, purchaseToken } = await buy();

    expect(landingUrl).toBe(`${LANDING_URL}?token=${encodeURIComponent(purchaseToken)}`);
    expect(new URL(landingUrl).searchParams.get('token')).toBe(purchaseToken);
  });

  test('a landing address with a query keeps it', async () => {
    const { landingUrl, purchaseToken } = await withQuery.control().purchase({ planId: 'starter', purchaser: 'buyer' });

    const { searchParams } = new URL(landingUrl);
    expect(searchParams.get('campaign')).toBe('spring');
    expect(searchParams.get('token')).toBe(purchaseToken);
  });

  test('it resolves to the purchase, more than once', async () => {
    const { subscriptionId, purchaseToken } = await buy();

    await marketplace.resolve(purchaseToken);
    const answer = await marketplace.resolve(purchaseToken);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      id: subscriptionId,
      subscriptionName: 'My QMS',
      offerId: 'unifize-qms',
      planId: 'starter',
      subscription: (await marketplace.control().truth(subscriptionId)).subscription,
    });
  });

  test('a per-seat purchase resolves with its quantity', async () => {
    const order = { planId: 'team', quantity: 7, purchaser: 'buyer' };
    const { purchaseToken } = await marketplace.control().purchase(order);

    const answer = await marketplace.resolve(purchaseToken);

    expect(await answer.json()).toMatchObject({ quantity: 7, subscription: { quantity: 7 } });
  });

  test.each(['PendingFulfillmentStart', 'Subscribed', 'Suspended', 'Unsubscribed'])(
    'it resolves while the subscription is %s',
    async (status) => {
      const { subscriptionId, purchaseToken } = await buy();
      await marketplace.control().change(subscriptionId, { status });

      const answer = await marketplace.resolve(purchaseToken);

      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ subscription: { saasSubscriptionStatus: status } });
    },
  );

  test('a resolve without one is refused', async () => {
    const answer = await marketplace.call('POST', '/resolve');

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      code: 'HeaderNotPresent',
      message: 'Mandatory header missing',
      target: 'x-ms-marketplace-token',
    });
  });

  test.each<[string, (purchaseToken: string) => string]>([
    ['with its first character changed', (token) => tampered(token, 0)],
    ['with a character in the middle changed', (token) => tampered(token, 100)],
    ['with its last character changed', (token) => tampered(token, 197)],
    ['with its end cut off', (token) => token.slice(0, -2)],
    ['with more behind it', (token) => `${token}AAAA`],
    ['still encoded', (token) => encodeURIComponent(token)],
    ['decoded twice', (token) => token.replaceAll('+', ' ')],
    ['in the other base64 alphabet', (token) => token.replaceAll('+', '-').replaceAll('/', '_')],
    ['that is something else', () => 'eyJpZCI6IjEifQ=='],
    ['that is empty', () => ''],
  ])('one %s cannot be decrypted', async (_how, spoil) => {
    const { purchaseToken } = await buy();

    const answer = await marketplace.resolve(spoil(purchaseToken));

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual(UNREADABLE);
  });

  test('it is good for 24 hours and then refused', async () => {
    const { purchaseToken } = await buy();

    await marketplace.control().advanceClock(24 * HOURS - 60);
    const before = await marketplace.resolve(purchaseToken);
    await marketplace.control().advanceClock(60);
    const after = await marketplace.resolve(purchaseToken);

    expect(before.status).toBe(200);
    expect(after.status).toBe(400);
    expect(await after.json()).toMatchObject({ code: 'InvalidValue', target: 'token' });
  });

  test('a fresh one resolves when the first has expired', async () => {
    const { subscriptionId } = await buy();
    await marketplace.control().advanceClock(25 * HOURS);

    const { purchaseToken } = await marketplace.control().purchaseToken(subscriptionId);

    expect((await marketplace.resolve(purchaseToken)).status).toBe(200);
  });

  test('one of another Marketplace cannot be decrypted', async () => {
    const { purchaseToken } = await withQuery.control().purchase({ planId: 'starter', purchaser: 'buyer' });

    const answer = await marketplace.resolve(purchaseToken);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual(UNREADABLE);
  });
});
