import { PLANS } from '../catalogue.ts';
import { runningTerm, type WireSubscription } from '../subscription.ts';
import type { WireOperation } from './operation.ts';

const DAY_MS = 86_400_000;

/** A per-seat plan keeps the seats or begins with its least; a flat plan has none. */
const withPlan = (subscription: WireSubscription, planId: string): WireSubscription => {
  const { quantity, ...flat } = { ...subscription, planId };
  const seats = PLANS.find((plan) => plan.planId === planId)?.seats;
  return seats ? { ...flat, quantity: quantity ?? seats.min } : flat;
};

/** The day after the last one of the term, midnight UTC (contract 2.2); absent before activation. */
export const renewalOf = ({ term }: WireSubscription): Date | undefined =>
  term.endDate === undefined ? undefined : new Date(Date.parse(term.endDate) + DAY_MS);

/** The subscription after an operation has succeeded (contract 4.5). Actions that nobody knows change nothing. */
export const after = (subscription: WireSubscription, operation: WireOperation, at: Date): WireSubscription => {
  const { termUnit } = subscription.term;
  switch (operation.action) {
    case 'ChangePlan':
      return withPlan(subscription, operation.planId);
    case 'ChangeQuantity':
      return operation.quantity === undefined ? subscription : { ...subscription, quantity: operation.quantity };
    case 'Renew':
      return { ...subscription, term: runningTerm(termUnit, renewalOf(subscription) ?? at) };
    case 'Suspend':
      return { ...subscription, saasSubscriptionStatus: 'Suspended' };
    case 'Reinstate':
      return { ...subscription, saasSubscriptionStatus: 'Subscribed' };
    case 'Subscribe':
      return { ...subscription, saasSubscriptionStatus: 'Subscribed', term: runningTerm(termUnit, at) };
    case 'Unsubscribe':
      return { ...subscription, saasSubscriptionStatus: 'Unsubscribed' };
    default:
      return subscription;
  }
};
