// Contract 2.6, 12.22: pages differ in size, a short or empty one need not be the last, and "empty body" means no rows.
import { expect, test } from '@jest/globals';
import { BACKGROUND, failureOf, ID, scripted, subscription } from '../marketplace/scripted-marketplace.ts';

const link = (token: string) =>
  `https://marketplaceapi.microsoft.com/api/saas/subscriptions?continuationToken=${token}`;
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => subscription({ id: `${ID.slice(0, -2)}${10 + index}` }));

test('a short page and an empty one lead on, the one without a link is the last', async () => {
  const { marketplace, requests } = await scripted([
    { body: { subscriptions: rows(3), '@nextLink': link('a') } },
    { body: { subscriptions: [], '@nextLink': `${link('b')}&api-version=2018-08-31` } },
    { body: { subscriptions: rows(1), '@nextLink': '' } },
  ]);

  const seen: [number, string | undefined][] = [];
  let next: string | undefined;
  do {
    const page = await marketplace.list(next, BACKGROUND);
    seen.push([page.items.length, page.next]);
    next = page.next;
  } while (next !== undefined);

  expect(seen).toEqual([
    [3, 'a'],
    [0, 'b'],
    [1, undefined],
  ]);
  expect(requests.map(({ path }) => path)).toEqual([
    '/api/saas/subscriptions?api-version=2018-08-31',
    '/api/saas/subscriptions?api-version=2018-08-31&continuationToken=a',
    '/api/saas/subscriptions?api-version=2018-08-31&continuationToken=b',
  ]);
});

test.each([
  ['no text', ''],
  ['{}', {}],
  ['an empty list', { subscriptions: [] }],
  ['null for a list', { subscriptions: null, '@nextLink': null }],
])('%s is a page without rows', async (_, body) => {
  const { marketplace } = await scripted([{ body }]);
  expect(await marketplace.list(undefined, BACKGROUND)).toEqual({ items: [] });
});

test.each([
  ['null', null],
  ['text', 'row'],
  ['a row without an id', subscription({ id: undefined })],
  ['an id that is a path', subscription({ id: '../resolve' })],
])('%s among the rows is an error of its own, not of the page', async (_, odd) => {
  const [first, last] = rows(2);
  const { marketplace } = await scripted([{ body: { subscriptions: [first, odd, last] } }]);

  const { items } = await marketplace.list(undefined, BACKGROUND);

  expect(items).toEqual([
    expect.objectContaining({ id: first?.['id'] }),
    { error: expect.objectContaining({ code: 'marketplace-unavailable' }) },
    expect.objectContaining({ id: last?.['id'] }),
  ]);
});

test('a link without a token, or back to the same page, is an error: the rest is not taken for nothing', async () => {
  const lost = await scripted([{ body: { subscriptions: rows(1), '@nextLink': 'https://x.example/api' } }]);
  expect(await failureOf(lost.marketplace.list(undefined, BACKGROUND))).toMatchObject({
    code: 'marketplace-unavailable',
  });

  const circle = await scripted([{ body: { subscriptions: rows(1), '@nextLink': link('a') } }]);
  expect(await failureOf(circle.marketplace.list('a', BACKGROUND))).toMatchObject({ code: 'marketplace-unavailable' });
});
