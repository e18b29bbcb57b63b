import { describe, expect, test } from '@jest/globals';
import { useLife } from './marketplace-life-use.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

/** Contract 2.8, 2.9: what the publisher asks for. */
describe('simulated Marketplace, changes asked for by the publisher', () => {
  const life = useLife();

  test('a change of seats is a 202 that says where to look, and shows when the operation has succeeded', async () => {
    await life.control().switches({ partnerOperationSeconds: 60 });
    const id = await life.active();

    const answer = await life.call('PATCH', `/${id}`, { quantity: 9 });
    const operationId = answer.headers.get('operation-id') ?? '';
    const location = answer.headers.get('operation-location') ?? '';
    const at = await fetch(location);
    await life.control().advanceClock(61);
    const going = await fetch(location);
    const before = (await life.control().truth(id)).subscription.quantity;
    await life.control().advanceClock(60);
    const gone = await fetch(location);

    expect([answer.status, await answer.text()]).toEqual([202, '']);
    expect(answer.headers.get('retry-after')).toBe('10');
    expect(operationId).toBe(answer.headers.get('x-ms-requestid'));
    expect(operationId).toBe(answer.headers.get('x-ms-correlationid'));
    expect(location).toBe(
      `${life.url()}/api/saas/subscriptions/${id}/operations/${operationId}?api-version=2018-08-31`,
    );
    expect(await at.json()).toMatchObject({ status: 'NotStarted', operationRequestSource: 'Partner', quantity: 9 });
    expect(await going.json()).toMatchObject({ status: 'InProgress' });
    expect(await gone.json()).toMatchObject({ status: 'Succeeded' });
    expect(before).toBe(5);
    expect((await life.control().truth(id)).subscription.quantity).toBe(9);
  });

  test('the webhook follows, with source Partner', async () => {
    const id = await life.active();

    await life.call('PATCH', `/${id}`, { planId: 'starter' });
    await life.control().advanceClock(3);

    expect(life.publisher().received.map(({ body }) => body)).toMatchObject([
      { action: 'ChangePlan', status: 'InProgress', operationRequestSource: 'Partner', planId: 'starter' },
    ]);
    expect((await life.control().truth(id)).subscription).not.toHaveProperty('quantity');
  });

  test('the caller’s own request id is not taken for the operation’s', async () => {
    const id = await life.active();
    const headers = { 'x-ms-requestid': 'mine' };
    const path = `${life.url()}/api/saas/subscriptions/${id}?api-version=2018-08-31`;

    const answer = await fetch(path, { method: 'PATCH', headers, body: '{"quantity":9}' });

    expect(answer.headers.get('x-ms-requestid')).toBe('mine');
    expect(answer.headers.get('operation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('by switch the address is on Microsoft’s other host, and the wait another', async () => {
    await life.control().switches({ linkHost: 'foreign', operationRetryAfterSeconds: 2, listPageSizes: [1] });
    const id = await life.active();
    await life.active();

    const answer = await life.call('PATCH', `/${id}`, { quantity: 9 });
    const list = (await (await life.call('GET', '/')).json()) as Record<string, string>;

    const location = answer.headers.get('operation-location');
    expect(location).toContain(`https://main.prod.marketplaceapi.azure.com/api/saas/subscriptions/${id}/operations/`);
    expect(list['@nextLink']).toContain(
      'https://main.prod.marketplaceapi.azure.com/api/saas/subscriptions?continuation',
    );
    expect(answer.headers.get('retry-after')).toBe('2');
  });

  test.each([
    ['no body', undefined, 'content is null'],
    ['nothing in it', {}, 'Quantity is missing'],
    ['both', { planId: 'starter', quantity: 9 }, 'more than one field'],
    ['an unknown plan', { planId: 'gold' }, 'NOT in Catalog'],
    ['the same plan', { planId: 'team' }, 'same'],
    ['the same seats', { quantity: 5 }, 'same'],
    ['too many seats', { quantity: 501 }, 'between 1 and 500'],
    ['no seat at all', { quantity: 0 }, 'between 1 and 500'],
    ['seats as text', { quantity: '9' }, 'number'],
  ])('a change with %s is a 400', async (_what, body, message) => {
    const id = await life.active();

    const answer = await life.call('PATCH', `/${id}`, body);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining(message) });
    expect(await life.control().operations(id)).toEqual([]);
  });

  test('seats of a flat plan and another organization’s private plan are a 400', async () => {
    const order = { planId: 'starter', purchaser: 'stranger' };
    const { subscriptionId: id } = await life.control().purchase(order);
    await life.call('POST', `/${id}/activate`);

    expect((await life.call('PATCH', `/${id}`, { quantity: 2 })).status).toBe(400);
    expect((await life.call('PATCH', `/${id}`, { planId: 'enterprise' })).status).toBe(400);
    expect((await life.call('PATCH', `/${id}`, { planId: 'team' })).status).toBe(202);
  });

  test.each(['PendingFulfillmentStart', 'Suspended', 'Unsubscribed'])('nothing of a %s one changes', async (status) => {
    const id = await life.active();
    await life.control().change(id, { status });

    const answer = await life.call('PATCH', `/${id}`, { quantity: 9 });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      code: 'BadRequest',
      message: 'Subscription is not active',
      target: 'update',
    });
  });

  test('while an operation is open there is no other', async () => {
    const id = await life.active();
    await life.call('PATCH', `/${id}`, { quantity: 9 });

    const answer = await life.call('PATCH', `/${id}`, { quantity: 10 });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 'Failed',
      message: expect.stringContaining('pending operations'),
    });
  });

  test('what the customer may not do the publisher may not do either', async () => {
    const order = { planId: 'team', quantity: 5, purchaser: 'reseller', beneficiary: 'buyer' };
    const { subscriptionId: id } = await life.control().purchase(order);
    await life.call('POST', `/${id}/activate`);

    expect((await life.call('PATCH', `/${id}`, { quantity: 9 })).status).toBe(400);
    expect((await life.call('DELETE', `/${id}`)).status).toBe(400);
    expect(await life.control().operations(id)).toEqual([]);
  });

  test('a cancellation is a 202; then it is Unsubscribed and the webhook says so', async () => {
    const id = await life.active();

    const answer = await life.call('DELETE', `/${id}`);
    const early = await life.statusOf(id);
    await life.control().advanceClock(3);

    expect(answer.status).toBe(202);
    expect(early).toBe('Subscribed');
    expect(await life.statusOf(id)).toBe('Unsubscribed');
    expect(life.publisher().received.map(({ body }) => body)).toMatchObject([
      { id: answer.headers.get('operation-id'), action: 'Unsubscribe', status: 'Succeeded' },
    ]);
    expect(await (await fetch(answer.headers.get('operation-location') ?? '')).json()).toMatchObject({
      status: 'Succeeded',
    });
    expect((await life.call('DELETE', `/${id}`)).status).toBe(400);
  });

  test('its operation can be looked at although it only informs', async () => {
    await life.control().switches({ notifyOnlyOperation: 404 });
    const id = await life.active();

    const answer = await life.call('DELETE', `/${id}`);

    expect((await fetch(answer.headers.get('operation-location') ?? '')).status).toBe(200);
  });

  test('a purchase that was never activated can be cancelled', async () => {
    const id = await life.bought();

    await life.call('DELETE', `/${id}`);
    await life.control().advanceClock(3);

    expect(await life.statusOf(id)).toBe('Unsubscribed');
  });

  test.each(['PATCH', 'DELETE'])('%s of an unknown subscription is a 404', async (method) => {
    expect((await life.call(method, `/${UNKNOWN}`, { quantity: 1 })).status).toBe(404);
  });

  test.each(['Failed', 'Conflict'] as const)(
    'by switch the change ends as %s and shows nowhere',
    async (partnerOutcome) => {
      await life.control().switches({ partnerOutcome });
      const id = await life.active();

      await life.call('PATCH', `/${id}`, { quantity: 9 });
      await life.control().advanceClock(3);

      expect((await life.lastOperation(id)).status).toBe(partnerOutcome);
      expect((await life.control().truth(id)).subscription.quantity).toBe(5);
    },
  );

  test.each([
    [500, 500],
    [200, 200],
  ] as const)(
    'PATCH of one’s own operation is a %d by switch and decides nothing',
    async (patchPartnerOperation, status) => {
      await life.control().switches({ patchPartnerOperation });
      const id = await life.active();
      const location = (await life.call('PATCH', `/${id}`, { quantity: 9 })).headers.get('operation-location') ?? '';

      const answer = await fetch(location, { method: 'PATCH', body: '{"status":"Failure"}' });
      await life.control().advanceClock(3);

      expect(answer.status).toBe(status);
      expect((await life.lastOperation(id)).status).toBe('Succeeded');
    },
  );

  test('it ends in its own time: silence neither counts nor is waited for', async () => {
    await life.control().switches({ partnerOperationSeconds: 60 });
    const id = await life.active();

    await life.call('PATCH', `/${id}`, { quantity: 9 });
    await life.control().advanceClock(80);
    const early = (await life.lastOperation(id)).status;
    await life.control().advanceClock(41);

    expect(early).toBe('InProgress');
    expect((await life.lastOperation(id)).status).toBe('Succeeded');
  });

  test('what has not started when the subscription ends never does', async () => {
    await life.control().switches({ partnerOperationSeconds: 60 });
    const id = await life.active();
    await life.call('PATCH', `/${id}`, { quantity: 9 });

    await life.control().act(id, { action: 'Unsubscribe' });
    await life.control().advanceClock(200);

    expect(await life.told()).toEqual(['Unsubscribe 1: 200']);
    expect((await life.control().operations(id))[0]?.status).toBe('Failed');
  });

  test('it succeeds although the webhook does not answer', async () => {
    life.publisher().answerAlways(503);
    const id = await life.active();

    await life.call('PATCH', `/${id}`, { quantity: 9 });
    await life.control().advanceClock(3);

    expect((await life.lastOperation(id)).status).toBe('Succeeded');
  });

  test('a 4xx of the webhook stops it', async () => {
    life.publisher().answerAlways(400);
    const id = await life.active();

    await life.call('PATCH', `/${id}`, { quantity: 9 });
    await life.control().advanceClock(3);

    expect((await life.lastOperation(id)).status).toBe('Failed');
  });

  test('a change or cancellation whose answer is lost has begun', async () => {
    const id = await life.active();
    await life.control().faults({ operation: 'change', reset: 'after' });
    await life.control().faults({ operation: 'cancel', reset: 'before' });

    await expect(life.call('PATCH', `/${id}`, { quantity: 9 })).rejects.toThrow('fetch failed');
    await expect(life.call('DELETE', `/${id}`)).rejects.toThrow('fetch failed');

    expect(await life.control().operations(id)).toMatchObject([{ action: 'ChangeQuantity' }]);
  });
});
