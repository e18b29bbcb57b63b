// Contract 2.7: unknown subscriptions have an empty body with 200, the emulator answers a bare list, the specification 404.
import { expect, test } from '@jest/globals';
import { failureOf, ID, INTERACTIVE, type Scripted, scripted } from './scripted-marketplace.ts';

const read = async (answer: Scripted) => {
  const { marketplace } = await scripted([answer]);
  return await marketplace.listAvailablePlans(ID, INTERACTIVE, 2000);
};

test.each(['', ' ', '{}', '[]', 'null', '{"plans":null}', '{"plans":[]}', '{"plans":[{},null,7,{"planId":" "}]}'])(
  'a body of %j has no plans',
  async (body) => {
    expect(await read({ body })).toEqual([]);
  },
);

test('404 has no plans', async () => {
  expect(await read({ status: 404 })).toEqual([]);
});

test.each([true, false])(
  'names are trimmed, and a plan without one is called by its id (wrapped: %j)',
  async (wrapped) => {
    const plans = [
      { planId: 'silver ', displayName: ' Silver ', isPrivate: false, planComponents: {} },
      { planId: 'gold', displayName: '' },
      { planId: 'tin' },
    ];

    expect(await read({ body: wrapped ? { plans } : plans })).toEqual([
      { planId: 'silver', displayName: 'Silver' },
      { planId: 'gold', displayName: 'gold' },
      { planId: 'tin', displayName: 'tin' },
    ]);
  },
);

test('what is no JSON is unavailable', async () => {
  expect((await failureOf(read({ body: '<html>' }))).code).toBe('marketplace-unavailable');
});
