// Contract 2.2: padded statuses, quantities of five forms, terms of any length, dates of two forms; trap 12.19.
import { describe, expect, test } from '@jest/globals';
import { BACKGROUND, ID, scripted, subscription } from './scripted-marketplace.ts';

const read = async (changes: Record<string, unknown>) => {
  const { marketplace } = await scripted([{ body: subscription(changes) }]);
  return await marketplace.get(ID, BACKGROUND);
};

describe('a Get answer', () => {
  test('as recorded becomes a snapshot', async () => {
    expect(await read({})).toEqual({
      id: ID,
      name: 'My sub',
      offerId: 'offer1',
      planId: 'silver',
      purchaser: {
        tenantId: '44444444-4444-4444-8444-444444444444',
        objectId: '44444444-0000-4000-8000-000000000001',
        email: 'r@y.example',
      },
      beneficiary: {
        tenantId: '22222222-2222-4222-8222-222222222222',
        objectId: '22222222-0000-4000-8000-000000000001',
        email: 'u@x.example',
      },
      term: { termUnit: 'P1M' },
      autoRenew: true,
      isTest: false,
      isFreeTrial: false,
      allowedCustomerOperations: ['Delete', 'Read', 'Update'],
      createdAt: '2024-01-14T00:07:14.962Z',
      status: 'PendingFulfillmentStart',
    });
  });

  test('padded with spaces is trimmed', async () => {
    const padded = { id: ` ${ID} `, planId: ' silver ', offerId: 'offer1 ', saasSubscriptionStatus: ' Subscribed ' };

    expect(await read(padded)).toMatchObject({ id: ID, planId: 'silver', offerId: 'offer1', status: 'Subscribed' });
  });

  test('with ids in capitals has them in small letters', async () => {
    const party = { emailId: 'U@x.example', objectId: 'ABCDEF00-0000-4000-8000-00000000000A', tenantId: 'ABCDEF00-A' };

    expect(await read({ id: ID.toUpperCase(), purchaser: party })).toMatchObject({
      id: ID,
      purchaser: { tenantId: 'abcdef00-a', objectId: 'abcdef00-0000-4000-8000-00000000000a', email: 'U@x.example' },
    });
  });

  test('with a status of tomorrow keeps it', async () => {
    expect(await read({ saasSubscriptionStatus: 'Frozen', surprise: { deep: [1] } })).toMatchObject({
      status: 'Frozen',
    });
  });

  test.each([
    [20, 20],
    ['20', 20],
    [' 20 ', 20],
    [0, 0],
    [null, undefined],
    ['', undefined],
    [' ', undefined],
    [undefined, undefined],
    ['many', undefined],
    [-1, undefined],
    [1.5, undefined],
    [true, undefined],
  ])('with the quantity %j has %j seats', async (quantity, seats) => {
    expect((await read({ quantity }))?.quantity).toBe(seats);
  });

  test.each([
    [{ termUnit: 'P18M' }, { termUnit: 'P18M' }],
    [
      { termUnit: 'P1Y', startDate: '2024-01-14T00:00:00Z', endDate: '2025-01-13', chargeDuration: null },
      { termUnit: 'P1Y', startDate: '2024-01-14T00:00:00Z', endDate: '2025-01-13T00:00:00Z' },
    ],
    [{ termUnit: 'P1M', startDate: '', endDate: null }, { termUnit: 'P1M' }],
    [{ startDate: '0001-01-01T00:00:00', endDate: 'soon' }, undefined],
    [{}, undefined],
    [null, undefined],
    [undefined, undefined],
  ])('with the term %j has %j', async (term, expected) => {
    expect((await read({ term }))?.term).toEqual(expected);
  });

  test('says free trial, test and renewal only when Microsoft does', async () => {
    const silent = await read({ isFreeTrial: undefined, isTest: undefined, autoRenew: undefined });

    expect(silent).toMatchObject({ isFreeTrial: false, isTest: false });
    expect(silent).not.toHaveProperty('autoRenew');
    expect(await read({ isFreeTrial: true, isTest: true, autoRenew: false })).toMatchObject({
      isFreeTrial: true,
      isTest: true,
      autoRenew: false,
    });
  });

  test.each([[['Read', 'Update', 'Delete']], [['Update', ' Delete', 'Read', 7, null]]])(
    'with the allowed operations %j lists them in one order',
    async (allowedCustomerOperations) => {
      expect((await read({ allowedCustomerOperations }))?.allowedCustomerOperations).toEqual([
        'Delete',
        'Read',
        'Update',
      ]);
    },
  );
});
