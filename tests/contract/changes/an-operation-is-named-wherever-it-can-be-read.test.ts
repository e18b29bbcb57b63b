// Contract 2.8, 2.1: the operation's id stands in Operation-Id or at the end of Operation-Location; links to other hosts are
// read and never called.
import { describe, expect, test } from '@jest/globals';
import { BACKGROUND, failureOf, ID, INTERACTIVE, scripted } from '../marketplace/scripted-marketplace.ts';

const OPERATION = '7e2b1a55-0f4e-4c3b-9a61-1f3d5b7c9e10';
const LOCATION = `https://main.prod.marketplaceapi.azure.com/api/saas/subscriptions/${ID}/operations/${OPERATION}?api-version=2018-08-31`;
const accessToken = async () => 'bearer';

describe('202', () => {
  test.each<[Record<string, string>, string | undefined]>([
    [{ 'operation-id': OPERATION.toUpperCase(), 'operation-location': 'https://x.example/a/other' }, OPERATION],
    [{ 'operation-location': LOCATION, 'x-ms-requestid': 'other' }, OPERATION],
    [{ 'operation-location': `${LOCATION.split('?')[0]}/` }, OPERATION],
    // It echoes the one that we sent.
    [{ 'x-ms-requestid': OPERATION }, undefined],
    [{ 'operation-id': 'a/b', 'operation-location': LOCATION }, OPERATION],
    [{}, undefined],
  ])('with %j is of operation %s', async (headers, operationId) => {
    const taken = { kind: 'taken', ...(operationId === undefined ? {} : { operationId }) };
    const { marketplace, requests } = await scripted([{ status: 202, headers }], { accessToken });

    expect(await marketplace.change(ID, { quantity: 6 }, INTERACTIVE)).toEqual(taken);
    expect(await marketplace.cancel(ID, INTERACTIVE)).toEqual(taken);

    expect(requests.map(({ method, body }) => `${method} ${body}`)).toEqual(['PATCH {"quantity":6}', 'DELETE ']);
    expect(requests.every(({ path }) => path === `/api/saas/subscriptions/${ID}?api-version=2018-08-31`)).toBe(true);
  });
});

describe('a change is asked for once', () => {
  test.each(['reset' as const, { status: 500 }, { status: 503 }])('%j', async (answer) => {
    const { marketplace, requests } = await scripted([answer, { status: 202 }]);

    const failure = await failureOf(marketplace.change(ID, { planId: 'gold' }, INTERACTIVE));

    expect(failure.code).toBe('marketplace-unavailable');
    expect(requests).toHaveLength(1);
  });

  test.each([
    [400, { code: 'BadRequest', message: 'no' }, { kind: 'refused', reason: 'BadRequest' }],
    [400, { message: 'bea@contoso.example' }, { kind: 'refused', reason: '400' }],
    [
      400,
      { code: 'Failed', message: 'the subscription is locked due to pending operations', target: 'update' },
      { kind: 'refused', reason: 'PendingOperation' },
    ],
    [404, { code: 'EntityNotFound' }, { kind: 'refused', reason: 'EntityNotFound' }],
    [409, {}, { kind: 'refused', reason: '409' }],
    [429, {}, { kind: 'busy' }],
  ])('%d %j', async (status, body, answer) => {
    const { marketplace, requests } = await scripted([{ status, body }, { status: 202 }]);

    expect(await marketplace.change(ID, { planId: 'gold' }, INTERACTIVE)).toEqual(answer);
    expect(requests).toHaveLength(1);
  });

  test('403: the credentials are refused', async () => {
    const { marketplace } = await scripted([{ status: 403, body: 'no' }]);

    expect((await failureOf(marketplace.change(ID, { planId: 'gold' }, INTERACTIVE))).code).toBe(
      'marketplace-forbidden',
    );
  });
});

describe('the list of operations (contract 3)', () => {
  const wire = { id: OPERATION, subscriptionId: ID, action: 'ChangePlan', status: 'InProgress', planId: 'gold' };
  const read = {
    id: OPERATION,
    subscriptionId: ID,
    action: 'ChangePlan',
    status: 'InProgress',
    source: '',
    planId: 'gold',
  };

  test.each<[unknown, unknown[]]>([
    ['', []],
    [{}, []],
    [{ operations: null }, []],
    [{ operations: [wire] }, [read]],
    [[wire], [read]],
    [{ operations: [{ ...wire, subscriptionId: 'another' }, null, wire] }, [read]],
  ])('%j', async (body, operations) => {
    const { marketplace } = await scripted([{ body }]);

    expect(await marketplace.listOperations(ID, BACKGROUND)).toEqual(operations);
  });

  test.each([400, 404])('%d is none', async (status) => {
    const { marketplace } = await scripted([{ status }]);

    expect(await marketplace.listOperations(ID, BACKGROUND)).toEqual([]);
  });
});

test('Get Operation gives up when there is no time for more', async () => {
  const { marketplace, requests } = await scripted([{ status: 500 }]);

  expect((await failureOf(marketplace.getOperation(ID, OPERATION, INTERACTIVE, 4000))).code).toBe(
    'marketplace-unavailable',
  );
  expect(requests).toHaveLength(1);
});

test('a plan is read with its prices, as far as they are any', async () => {
  const terms = [
    { currency: 'USD', price: 29, termUnit: 'P1M', termDescription: '1 month' },
    { currency: 'USD', price: '29', termUnit: 'P1M' },
    { currency: '', price: 29 },
    null,
  ];
  const plan = {
    planId: 'team',
    displayName: 'Team',
    description: ' All ',
    isPricePerSeat: true,
    isStopSell: true,
    minQuantity: 1,
    maxQuantity: '500',
    planComponents: { recurrentBillingTerms: terms },
  };
  const { marketplace } = await scripted([{ body: { plans: [plan] } }]);

  expect(await marketplace.listAvailablePlans(ID, INTERACTIVE, 2000)).toEqual([
    {
      planId: 'team',
      displayName: 'Team',
      description: 'All',
      isPricePerSeat: true,
      isStopSell: true,
      minQuantity: 1,
      maxQuantity: 500,
      prices: [{ termUnit: 'P1M', currency: 'USD', price: 29 }],
    },
  ]);
});
