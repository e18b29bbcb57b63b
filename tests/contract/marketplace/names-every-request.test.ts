// Contract 2.1: x-ms-requestid and x-ms-correlationid are GUIDs; ours are fresh per request and constant per journey.
import { describe, expect, test } from '@jest/globals';
import { ID, INTERACTIVE, resolved, scripted, subscription } from './scripted-marketplace.ts';

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

describe('requests', () => {
  test('have one correlation id and each its own request id, retries included', async () => {
    const { marketplace, requests } = await scripted([
      { status: 500 },
      'reset',
      { status: 401 },
      { body: resolved() },
      {},
    ]);

    await marketplace.resolve('token', INTERACTIVE);
    await marketplace.activate(ID, { planId: 'silver' }, INTERACTIVE);

    const requestIds = requests.map(({ headers }) => String(headers['x-ms-requestid']));
    expect(requestIds).toHaveLength(5);
    expect(new Set(requestIds).size).toBe(5);
    for (const requestId of requestIds) expect(requestId).toMatch(GUID);
    expect(new Set(requests.map(({ headers }) => headers['x-ms-correlationid']))).toEqual(
      new Set([INTERACTIVE.correlationId]),
    );
  });

  test('name the version and the content type', async () => {
    const { marketplace, requests } = await scripted([{ body: subscription() }, {}]);

    await marketplace.get(ID, INTERACTIVE);
    await marketplace.listAvailablePlans(ID, INTERACTIVE, 2000);

    expect(requests.map(({ path }) => path)).toEqual([
      `/api/saas/subscriptions/${ID}?api-version=2018-08-31`,
      `/api/saas/subscriptions/${ID}/listAvailablePlans?api-version=2018-08-31`,
    ]);
    for (const { headers } of requests) expect(headers['content-type']).toBe('application/json');
  });

  test('are shown to the observer, with nothing of what they carry', async () => {
    const { marketplace, requests, observed } = await scripted([{ status: 503 }, 'reset', { body: resolved() }]);

    await marketplace.resolve('the-purchase-token', INTERACTIVE);

    expect(observed).toEqual(
      [{ status: 503 }, { fault: expect.any(String) }, { status: 200 }].map((outcome, index) => ({
        operation: 'resolve',
        attempt: index + 1,
        requestId: requests[index]?.headers['x-ms-requestid'],
        correlationId: INTERACTIVE.correlationId,
        durationMs: 0,
        ...outcome,
      })),
    );
    expect(JSON.stringify(observed)).not.toMatch(/token|example|Bearer/);
  });
});
