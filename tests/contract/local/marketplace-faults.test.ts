import { describe, expect, test } from '@jest/globals';
import { useMarketplace } from './marketplace-use.ts';

/** Contract 1, 2.1, 11. */
describe('simulated Marketplace, faults', () => {
  const marketplace = useMarketplace();
  const buy = async (): Promise<string> =>
    (await marketplace.control().purchase({ planId: 'starter', purchaser: 'buyer' })).subscriptionId;

  test('a 403 is a bare JSON string', async () => {
    const id = await buy();
    await marketplace.control().faults({ operation: 'get', status: 403 });

    const answer = await marketplace.call('GET', `/${id}`);

    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toEqual(expect.any(String));
  });

  test('a fault answers with the body it was given', async () => {
    const id = await buy();
    const body = 'The publisher for aad app is authenticated but is not registered.';
    await marketplace.control().faults({ operation: 'get', status: 403, body });

    const answer = await marketplace.call('GET', `/${id}`);

    expect(await answer.text()).toBe(JSON.stringify(body));
  });

  test('a 429 says when to come back', async () => {
    const id = await buy();
    await marketplace.control().faults({ operation: 'plans', status: 429, retryAfterSeconds: 7 });

    const answer = await marketplace.call('GET', `/${id}/listAvailablePlans`);

    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('7');
  });

  test('a 500 has the error object, and the ids of the request', async () => {
    const id = await buy();
    await marketplace.control().faults({ operation: 'get', status: 500 });

    const answer = await marketplace.call('GET', `/${id}`, { headers: { 'x-ms-requestid': 'request-1' } });

    expect(answer.status).toBe(500);
    expect(answer.headers.get('x-ms-requestid')).toBe('request-1');
    expect(await answer.json()).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
  });

  test('a fault hits as many calls of its operation as it says, and no other operation', async () => {
    const id = await buy();
    await marketplace.control().faults({ operation: 'get', status: 503, times: 2 });

    const plans = await marketplace.call('GET', `/${id}/listAvailablePlans`);
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await marketplace.call('GET', `/${id}`)).status);

    expect(plans.status).toBe(200);
    expect(statuses).toEqual([503, 503, 200]);
  });

  test('faults come in the order in which they were set, and can be taken back', async () => {
    const id = await buy();
    await marketplace.control().faults({ operation: 'get', status: 500 });
    await marketplace.control().faults({ operation: 'get', status: 503 });
    await marketplace.control().faults({ operation: 'get', status: 429 });

    const first = await marketplace.call('GET', `/${id}`);
    const second = await marketplace.call('GET', `/${id}`);
    await marketplace.control().clearFaults();
    const third = await marketplace.call('GET', `/${id}`);

    expect([first.status, second.status, third.status]).toEqual([500, 503, 200]);
  });

  test('an activate that meets a status does nothing', async () => {
    const id = await buy();
    await marketplace.control().faults({ operation: 'activate', status: 500 });

    await marketplace.call('POST', `/${id}/activate`);

    expect(await marketplace.control().truth(id)).toMatchObject({ activations: 0, activateCalls: 0 });
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('a connection cut %s acting leaves the caller without an answer', async (reset, activations) => {
    const id = await buy();
    await marketplace.control().faults({ operation: 'activate', reset });

    await expect(marketplace.call('POST', `/${id}/activate`)).rejects.toThrow('fetch failed');

    expect(await marketplace.control().truth(id)).toMatchObject({ activations, activateCalls: activations });
    expect(await marketplace.control().calls()).toMatchObject([
      { operation: 'activate', subscriptionId: id, status: 0 },
    ]);
  });

  test('a slow call acts at once and answers late', async () => {
    const id = await buy();
    await marketplace.control().faults({ operation: 'activate', delayMs: 5000 });

    const signal = AbortSignal.timeout(500);
    await expect(marketplace.call('POST', `/${id}/activate`, { signal })).rejects.toThrow();

    expect(await marketplace.control().truth(id)).toMatchObject({ activations: 1 });
  });

  test('a slow call is answered in the end', async () => {
    const id = await buy();
    await marketplace.control().faults({ operation: 'get', delayMs: 300 });

    const startedAt = performance.now();
    const answer = await marketplace.call('GET', `/${id}`);

    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(290);
    expect(answer.status).toBe(200);
  });
});
