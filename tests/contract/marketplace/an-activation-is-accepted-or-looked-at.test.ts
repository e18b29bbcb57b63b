// Contract 2.4: the purchased plan and quantity satisfy every version of the call; 400, 404 and 409 say nothing alone.
import { expect, test } from '@jest/globals';
import { BACKGROUND, ID, scripted } from './scripted-marketplace.ts';

test.each([
  [{ planId: 'silver' }, { planId: 'silver' }],
  [
    { planId: 'seats', quantity: 20 },
    { planId: 'seats', quantity: 20 },
  ],
])('%j is sent and 200 means accepted', async (purchased, body) => {
  const { marketplace, requests } = await scripted([{ status: 200, body: '' }]);

  expect(await marketplace.activate(ID, purchased, BACKGROUND)).toBe('accepted');

  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    method: 'POST',
    path: `/api/saas/subscriptions/${ID}/activate?api-version=2018-08-31`,
  });
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual(body);
});

test('a 202 of a later version is accepted too', async () => {
  const { marketplace } = await scripted([{ status: 202, body: '' }]);

  expect(await marketplace.activate(ID, { planId: 'silver' }, BACKGROUND)).toBe('accepted');
});

test.each([400, 404, 409])('%i means look, and is not repeated', async (status) => {
  const { marketplace, requests } = await scripted([{ status, body: '"whatever"' }]);

  expect(await marketplace.activate(ID, { planId: 'silver' }, BACKGROUND)).toBe('look');
  expect(requests).toHaveLength(1);
});
