import { describe, expect, test } from '@jest/globals';
import { type Holding, seatBounds, sellsAll, type WantedChange, whyNotSold } from '../../src/domain/change-policy.ts';

const POLICY = {
  blockedPlanChanges: [
    { from: 'gold', to: 'silver' },
    { from: '*', to: 'free' },
    { from: 'locked', to: '*' },
  ],
  minSeats: 3,
  maxSeats: 50,
};

describe('what the publisher sells (contract 4.2)', () => {
  test.each<[Holding, WantedChange, string | undefined]>([
    [{ planId: 'gold' }, { planId: 'silver' }, 'plan-change-blocked'],
    [{ planId: 'Gold' }, { planId: 'SILVER' }, 'plan-change-blocked'],
    [{ planId: 'silver' }, { planId: 'gold' }, undefined],
    [{ planId: 'bronze' }, { planId: 'free' }, 'plan-change-blocked'],
    [{ planId: 'locked' }, { planId: 'bronze' }, 'plan-change-blocked'],
    [{ planId: 'locked' }, { planId: 'locked' }, undefined],
    [{ planId: 'free' }, { planId: 'free' }, undefined],
    [{ planId: 'gold', quantity: 5 }, { quantity: 2 }, 'too-few-seats'],
    [{ planId: 'gold', quantity: 5 }, { quantity: 3 }, undefined],
    [{ planId: 'gold', quantity: 5 }, { quantity: 50 }, undefined],
    [{ planId: 'gold', quantity: 5 }, { quantity: 51 }, 'too-many-seats'],
    // Back to what it has, as after a refusal: always taken.
    [{ planId: 'gold', quantity: 2 }, { quantity: 2 }, undefined],
    [{ planId: 'gold', quantity: 90 }, { quantity: 90 }, undefined],
  ])('%j to %j: %s', (from, to, reason) => {
    expect(whyNotSold(POLICY, from, to)).toBe(reason);
    expect(whyNotSold({ blockedPlanChanges: [] }, from, to)).toBeUndefined();
  });

  test.each([
    [{ blockedPlanChanges: [] }, true],
    [{ blockedPlanChanges: [{ from: 'gold', to: '*' }] }, false],
    [{ blockedPlanChanges: [], minSeats: 2 }, false],
    [{ blockedPlanChanges: [], maxSeats: 2 }, false],
  ])('%j sells all: %j', (policy, isAll) => {
    expect(sellsAll(policy)).toBe(isAll);
  });

  test.each([
    [{}, {}, {}],
    [{ minSeats: 3, maxSeats: 50 }, {}, { minQuantity: 3, maxQuantity: 50 }],
    [{}, { minQuantity: 1, maxQuantity: 500 }, { minQuantity: 1, maxQuantity: 500 }],
    [
      { minSeats: 3, maxSeats: 50 },
      { minQuantity: 1, maxQuantity: 500 },
      { minQuantity: 3, maxQuantity: 50 },
    ],
    [
      { minSeats: 3, maxSeats: 50 },
      { minQuantity: 5, maxQuantity: 10 },
      { minQuantity: 5, maxQuantity: 10 },
    ],
  ])('%j and a plan of %j: %j', (policy, plan, bounds) => {
    expect(seatBounds({ blockedPlanChanges: [], ...policy }, plan)).toEqual(bounds);
  });
});
