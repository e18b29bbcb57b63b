// Contract 2.3: `subscriptionName` outside, `name` inside; either part may lack what the other has.
import { expect, test } from '@jest/globals';
import { failureOf, ID, INTERACTIVE, resolved, scripted, subscription } from './scripted-marketplace.ts';

const read = async (body: unknown) => {
  const { marketplace } = await scripted([{ body }]);
  return await marketplace.resolve('token', INTERACTIVE);
};

test('the nested subscription is what Get would answer', async () => {
  const { marketplace } = await scripted([{ body: subscription() }]);

  expect(await read(resolved())).toEqual(await marketplace.get(ID, INTERACTIVE));
});

test('without it the outer fields are kept', async () => {
  const { subscription: _, ...outer } = resolved({ quantity: '20' });

  expect(await read(outer)).toMatchObject({
    id: ID,
    name: 'My sub',
    offerId: 'offer1',
    planId: 'silver',
    quantity: 20,
    status: '',
    purchaser: { tenantId: '' },
  });
});

test('without outer fields the nested ones are kept', async () => {
  expect(await read({ subscription: subscription({ quantity: 5 }) })).toMatchObject({
    id: ID,
    name: 'My sub',
    planId: 'silver',
    quantity: 5,
  });
});

test('where they differ the nested ones win, and the outer ones fill what is empty', async () => {
  const nested = subscription({ planId: 'gold', name: ' ', quantity: null });

  expect(await read(resolved({ quantity: 3, subscription: nested }))).toMatchObject({
    planId: 'gold',
    name: 'My sub',
    quantity: 3,
  });
});

test('one id in two spellings is one id', async () => {
  expect(await read(resolved({ id: ` ${ID.toUpperCase()}` }))).toMatchObject({ id: ID });
});

test('two ids are no answer, because parties of one must not enter the other', async () => {
  const other = '00000000-33b7-4c54-9a3e-6d2f1c8b7e90';

  expect((await failureOf(read(resolved({ id: other })))).code).toBe('marketplace-unavailable');
});
