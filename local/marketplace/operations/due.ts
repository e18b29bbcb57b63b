import type { Purchase } from '../purchases.ts';
import { renewalOf } from './effect.ts';

const DAY_MS = 86_400_000;

/** Contract 5. */
const PENDING_DAYS = 30;
const SUSPENDED_DAYS = 30;

/** What time alone will do to a subscription, and when; `drop` is the end of a purchase that nobody activated. */
export type Deadline = { at: Date; action: 'drop' | 'Renew' | 'Unsubscribe' };

const later = (from: string, days: number): Date => new Date(Date.parse(from) + days * DAY_MS);

/** The next thing that time does to it, if any. Nothing while an effect is still on its way. */
export const nextDeadline = ({ subscription, suspendedAt, operations }: Purchase): Deadline | undefined => {
  if (operations.some((operation) => operation.effectAt !== undefined)) return undefined;
  switch (subscription.saasSubscriptionStatus) {
    case 'PendingFulfillmentStart':
      return { at: later(subscription.created, PENDING_DAYS), action: 'drop' };
    case 'Suspended':
      return suspendedAt === undefined ? undefined : { at: later(suspendedAt, SUSPENDED_DAYS), action: 'Unsubscribe' };
    case 'Subscribed': {
      const at = renewalOf(subscription);
      return at && { at, action: subscription.autoRenew ? 'Renew' : 'Unsubscribe' };
    }
    default:
      return undefined;
  }
};
