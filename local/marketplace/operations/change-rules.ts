import { isOfferedTo, PLANS } from '../catalogue.ts';
import type { Purchase } from '../purchases.ts';
import { isOpen } from './operation.ts';

/** What to change: the plan or the seats. */
export type Change = { planId: string } | { quantity: number };

/** Why a change is not possible, as the body of a 400 says it: the emulator's words where it has some (contract 2.8). */
export type ChangeRefusal = { message: string; code?: string; target?: string };

const bad = (message: string): ChangeRefusal => ({ code: 'BadRequest', message, target: 'update' });

const planRefusal = ({ subscription }: Purchase, planId: string): ChangeRefusal | undefined => {
  const plan = PLANS.find((one) => one.planId === planId);
  if (!plan || !isOfferedTo(plan, subscription.beneficiary.tenantId)) return bad('Request Plan is NOT in Catalog.');
  if (planId === subscription.planId) return { message: 'New plan is the same as on the subscription' };
  return undefined;
};

const quantityRefusal = ({ subscription }: Purchase, quantity: number): ChangeRefusal | undefined => {
  const seats = PLANS.find((plan) => plan.planId === subscription.planId)?.seats;
  if (!seats) return bad('The plan is not priced per seat');
  if (quantity === subscription.quantity) return { message: 'New quantity is the same as on the subscription' };
  if (!Number.isInteger(quantity) || quantity < seats.min || quantity > seats.max)
    return bad(`Quantity must be between ${seats.min} and ${seats.max}`);
  return undefined;
};

/** Why this change cannot be made now, whoever asks for it; `undefined` when it can. */
export const changeRefusal = (purchase: Purchase, change: Change): ChangeRefusal | undefined => {
  if (purchase.subscription.saasSubscriptionStatus !== 'Subscribed') return bad('Subscription is not active');
  if (purchase.operations.some((operation) => isOpen(operation)))
    return {
      code: 'Failed',
      message: 'Patch cannot be completed because the subscription is locked due to pending operations',
      target: 'update',
    };
  return 'planId' in change ? planRefusal(purchase, change.planId) : quantityRefusal(purchase, change.quantity);
};
