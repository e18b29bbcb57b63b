import type { ChangePolicy } from './outcome.ts';

/** Plan or seats that somebody wants instead of the present ones: exactly one of the two (contract 2.8). */
export type WantedChange = { planId: string } | { quantity: number };

/** What a subscription has now, as far as the policy looks at it. */
export type Holding = { planId: string; quantity?: number };

/** Why the publisher does not sell a change: a stable code. */
export type NotSold = 'plan-change-blocked' | 'too-few-seats' | 'too-many-seats';

/** Whether every change is sold that Microsoft allows: then nobody needs to look at one before it is taken. */
export const sellsAll = ({ blockedPlanChanges, minSeats, maxSeats }: ChangePolicy): boolean =>
  blockedPlanChanges.length === 0 && minSeats === undefined && maxSeats === undefined;

const isSamePlan = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const matches = (pattern: string, planId: string): boolean => pattern === '*' || isSamePlan(pattern, planId);

/**
 * Why the publisher's settings forbid this change, `undefined` when they do not. What is there already is never refused: after
 * a change that was refused Microsoft may bring the old values back (contract 4.2, revert webhook).
 */
export const whyNotSold = (policy: ChangePolicy, from: Holding, to: WantedChange): NotSold | undefined => {
  if ('planId' in to) {
    if (isSamePlan(from.planId, to.planId)) return undefined;
    const isBlocked = policy.blockedPlanChanges.some(
      (path) => matches(path.from, from.planId) && matches(path.to, to.planId),
    );
    return isBlocked ? 'plan-change-blocked' : undefined;
  }
  if (from.quantity === to.quantity) return undefined;
  if (to.quantity < (policy.minSeats ?? 0)) return 'too-few-seats';
  return to.quantity > (policy.maxSeats ?? Number.POSITIVE_INFINITY) ? 'too-many-seats' : undefined;
};

export type SeatBounds = { minQuantity?: number; maxQuantity?: number };

const narrowest = (values: (number | undefined)[], choose: (...numbers: number[]) => number): number | undefined => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : choose(...known);
};

/** How many seats may be bought: the narrower of what the plan and what the publisher allow. */
export const seatBounds = ({ minSeats, maxSeats }: ChangePolicy, plan: SeatBounds): SeatBounds => {
  const least = narrowest([minSeats, plan.minQuantity], Math.max);
  const most = narrowest([maxSeats, plan.maxQuantity], Math.min);
  return {
    ...(least === undefined ? {} : { minQuantity: least }),
    ...(most === undefined ? {} : { maxQuantity: most }),
  };
};
