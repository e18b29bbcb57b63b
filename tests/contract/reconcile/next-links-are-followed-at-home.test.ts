// Contract 2.1, 2.6, 12.22: next links point at other hosts; our bearer token goes to none but the one we were told.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { BACKGROUND, scripted, subscription } from '../marketplace/scripted-marketplace.ts';

test('the continuation of a link to a foreign host is sent to our own, and the foreign one hears nothing', async () => {
  let foreignRequests = 0;
  const foreign = createServer((_, response) => {
    foreignRequests += 1;
    response.end('{}');
  });
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
  const host = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
  // As recorded: percent-encoded JSON; a plus in it is a plus.
  const token = '%7B%22token%22%3A%22+RID%3A~x%2By%23RT%3A1%22%7D';
  const nextLink = `${host}/api/saas/subscriptions?api-version=2018-08-31&continuationToken=${token}&next=1`;
  const { marketplace, requests } = await scripted([
    { body: { subscriptions: [subscription()], '@nextLink': nextLink } },
    { body: {} },
  ]);

  const { next } = await marketplace.list(undefined, BACKGROUND);
  await marketplace.list(next, BACKGROUND);

  expect(requests.map(({ path }) => path)).toEqual([
    '/api/saas/subscriptions?api-version=2018-08-31',
    `/api/saas/subscriptions?api-version=2018-08-31&continuationToken=${token}`,
  ]);
  expect(requests[1]?.headers.authorization).toBe('Bearer the-bearer-token');
  expect(foreignRequests).toBe(0);
  foreign.closeAllConnections();
  foreign.close();
});
