import { describe, expect, test } from '@jest/globals';
import { useMarketplace } from './marketplace-use.ts';

/** Contract 2.1, 2.5. */
describe('simulated Marketplace, rules of every call', () => {
  const marketplace = useMarketplace();
  const unknown = '00000000-0000-4000-8000-000000000000';

  test.each([
    ['POST', '/resolve'],
    ['GET', '/'],
    ['GET', `/${unknown}`],
    ['GET', `/${unknown}/listAvailablePlans`],
    ['POST', `/${unknown}/activate`],
  ])('%s %s without an api-version is refused in PascalCase', async (method, path) => {
    const answer = await marketplace.call(method, `${path}?x=1`);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      Error: { Code: 'ApiVersionUnspecified', Message: expect.any(String) },
    });
  });

  test('a wrong api-version is refused in PascalCase', async () => {
    const answer = await marketplace.call('GET', `/${unknown}?api-version=2018-09-15`);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ Error: { Code: 'UnsupportedApiVersion', Message: expect.any(String) } });
  });

  test('the ids of the request come back', async () => {
    const headers = { 'x-ms-requestid': 'request-1', 'x-ms-correlationid': 'journey-1' };

    const answer = await marketplace.call('GET', `/${unknown}`, { headers });

    expect(answer.headers.get('x-ms-requestid')).toBe('request-1');
    expect(answer.headers.get('x-ms-correlationid')).toBe('journey-1');
  });

  test('a request without ids gets one new GUID for both', async () => {
    const first = await marketplace.call('GET', `/${unknown}`);
    const second = await marketplace.call('GET', `/${unknown}`);

    const id = first.headers.get('x-ms-requestid');
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(first.headers.get('x-ms-correlationid')).toBe(id);
    expect(second.headers.get('x-ms-requestid')).not.toBe(id);
  });

  test('an unknown subscription is EntityNotFound', async () => {
    const answer = await marketplace.call('GET', `/${unknown}`);

    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({
      code: 'EntityNotFound',
      message: `Subscription ${unknown} not found`,
      target: 'subscriptionId',
    });
  });

  test('every call is written down in order, with what it sent and what it got', async () => {
    const { subscriptionId, purchaseToken } = await marketplace.control().purchase({
      planId: 'starter',
      purchaser: 'buyer',
    });
    await marketplace.resolve(purchaseToken);
    const headers = { authorization: 'Bearer x', 'x-ms-requestid': 'r', 'x-ms-correlationid': 'c' };
    await marketplace.call('POST', `/${subscriptionId}/activate`, { headers });
    await marketplace.call('GET', `/${unknown}`);

    expect(await marketplace.control().calls()).toEqual([
      { operation: 'resolve', subscriptionId, at: expect.any(String), status: 200, hasAuthorization: false },
      {
        operation: 'activate',
        subscriptionId,
        at: expect.any(String),
        status: 200,
        requestId: 'r',
        correlationId: 'c',
        hasAuthorization: true,
      },
      { operation: 'get', subscriptionId: unknown, at: expect.any(String), status: 404, hasAuthorization: false },
    ]);
    await marketplace.control().clearCalls();
    expect(await marketplace.control().calls()).toEqual([]);
  });
});
