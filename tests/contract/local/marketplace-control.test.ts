import { describe, expect, test } from '@jest/globals';
import { startMarketplace } from '../../../local/marketplace/server.ts';
import { useMarketplace } from './marketplace-use.ts';

describe('simulated Marketplace, control', () => {
  const marketplace = useMarketplace();
  const send = (method: string, path: string, body: string): Promise<Response> =>
    fetch(`${marketplace.url()}/control${path}`, { method, body });

  test.each([
    ['an unknown plan', '/purchases', { planId: 'gold', purchaser: 'buyer' }],
    ['an unknown person', '/purchases', { planId: 'starter', purchaser: 'nobody' }],
    ['an unknown field', '/purchases', { planId: 'starter', purchaser: 'buyer', seats: 3 }],
    ['no seats on a per-seat plan', '/purchases', { planId: 'team', purchaser: 'buyer' }],
    ['too many seats', '/purchases', { planId: 'team', quantity: 501, purchaser: 'buyer' }],
    ['no seat at all', '/purchases', { planId: 'team', quantity: 0, purchaser: 'buyer' }],
    ['seats on a flat plan', '/purchases', { planId: 'starter', quantity: 1, purchaser: 'buyer' }],
    ['a term that is not sold', '/purchases', { planId: 'starter', termUnit: 'P1Y', purchaser: 'buyer' }],
    ['a private plan of others', '/purchases', { planId: 'enterprise', purchaser: 'stranger' }],
    ['a clock that goes back', '/clock', { advanceSeconds: -1 }],
    ['an unknown switch', '/switches', { activate: 'maybe' }],
    ['a fault that does nothing', '/faults', { operation: 'get', times: 1 }],
    ['a fault of no operation', '/faults', { operation: 'delete', status: 500 }],
    ['a fault with a status on a cut connection', '/faults', { operation: 'get', status: 500, reset: 'after' }],
    ['a body without a status', '/faults', { operation: 'get', delayMs: 1, body: {} }],
  ])('%s is a 400 that says why', async (_what, path, body) => {
    const answer = await send('POST', path, JSON.stringify(body));

    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toEqual({ title: 'Bad input', status: 400, detail: expect.stringMatching(/.+/) });
  });

  test('a body that is no JSON is a 400', async () => {
    expect((await send('POST', '/purchases', '{')).status).toBe(400);
  });

  test.each([
    ['GET', ''],
    ['PATCH', ''],
    ['POST', '/purchase-token'],
  ])('%s of an unknown subscription%s is a 404', async (method, path) => {
    const answer = await fetch(`${marketplace.url()}/control/subscriptions/unknown${path}`, { method });

    expect(answer.status).toBe(404);
  });

  test('a change shows in the next Get: set, replaced in part, taken away', async () => {
    const order = { planId: 'team', quantity: 5, purchaser: 'buyer' };
    const { subscriptionId } = await marketplace.control().purchase(order);

    await marketplace.control().change(subscriptionId, {
      status: 'Paused',
      planId: 'starter',
      quantity: null,
      purchaser: { emailId: '' },
    });

    const answer = await marketplace.call('GET', `/${subscriptionId}`);
    const body = (await answer.json()) as Record<string, unknown>;
    expect(body).toMatchObject({
      saasSubscriptionStatus: 'Paused',
      planId: 'starter',
      purchaser: { emailId: '', objectId: '22222222-0000-4000-8000-000000000001' },
      beneficiary: { emailId: 'bea@contoso.example' },
    });
    expect(body).not.toHaveProperty('quantity');
    expect(body).not.toHaveProperty('status');
  });

  test('another offer can be bought from', async () => {
    const order = { planId: 'starter', offerId: 'unifize-qms-preview', purchaser: 'buyer' };
    const { purchaseToken } = await marketplace.control().purchase(order);

    const answer = await marketplace.resolve(purchaseToken);

    expect(await answer.json()).toMatchObject({ offerId: 'unifize-qms-preview' });
  });

  test('an id is found however its letters are written', async () => {
    const { subscriptionId } = await marketplace.control().purchase({ planId: 'starter', purchaser: 'buyer' });

    expect((await marketplace.call('GET', `/${subscriptionId.toUpperCase()}`)).status).toBe(200);
  });

  test('a landing address with # is refused at the start', async () => {
    await expect(startMarketplace({ landingUrl: 'http://127.0.0.1:9/#/welcome' })).rejects.toThrow('#');
  });
});
