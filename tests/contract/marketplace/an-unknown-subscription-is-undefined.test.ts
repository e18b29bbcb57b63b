// Contract 2.5: Get answers 404 with an error object.
import { expect, test } from '@jest/globals';
import { BACKGROUND, ID, scripted } from './scripted-marketplace.ts';

test('a Get answered 404 is undefined and not repeated', async () => {
  const { marketplace, requests } = await scripted([{ status: 404, body: { code: 'EntityNotFound' } }]);

  expect(await marketplace.get(ID, BACKGROUND)).toBeUndefined();
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET /api/saas/subscriptions/${ID}?api-version=2018-08-31`,
  ]);
});
