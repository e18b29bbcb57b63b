import type { Subscription } from '../../domain/subscription.ts';
import { type Check, notChecked, ok, warning } from './check.ts';
import { IN_THE_APP } from './fulfilment-token.ts';

/** The newest purchases that are looked at, and how long one speaks for its plan. */
const LOOKED_AT = 50;
const DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Microsoft bills, or billed until it ended, and nobody here asked for it: seen so on the first visit, or told by `Subscribe`
 * (contract 0.1). A test purchase is cancelled soon; what it showed of its plan stays true.
 */
const isSelfActivated = ({ marketplaceStatus, activation, adoptedAt, activatedAt, mails }: Subscription): boolean => {
  if (activation !== undefined || adoptedAt !== undefined) return false;
  const wasBilled = activatedAt !== undefined || mails.some(({ kind }) => kind === 'already-billed');
  return wasBilled || marketplaceStatus === 'Subscribed' || marketplaceStatus === 'Suspended';
};

export const selfActivatingPlans: Check = {
  id: 'self-activating-plans',
  title: 'Plans that bill at once',
  proves: `None of the newest ${LOOKED_AT} purchases of the last ${DAYS} days was billed by Microsoft before its workspace was ready.`,
  run: async ({ records, clock }) => {
    if (!records) return notChecked('The purchases were not looked at.', IN_THE_APP);
    const since = new Date(clock().getTime() - DAYS * DAY_MS).toISOString();
    const newest = (await records.list({ limit: LOOKED_AT })).records.filter(({ firstSeenAt }) => firstSeenAt >= since);
    const plans = [...new Set(newest.filter(isSelfActivated).map(({ offerId, planId }) => `${offerId}/${planId}`))];
    if (newest.length === 0)
      return notChecked(`There was no purchase in ${DAYS} days.`, {
        cause: 'Partner Center does not tell programs how a plan is set.',
        fix: 'partner.microsoft.com > the offer > Plan overview > each plan: automatic activation must be off; also for private plans and private offers.',
      });
    if (plans.length === 0) return ok(`None among ${newest.length} purchases.`);
    return warning(`Microsoft bills at the purchase: ${plans.toSorted().join(', ')}.`, {
      cause: 'The plan activates by itself, as new plans do unless it is switched off.',
      fix: 'partner.microsoft.com > the offer > Plan overview > the plan: switch automatic activation off, and publish. Private offers have plans of their own.',
      retest: `Buy the plan after that. What was bought before is remembered for ${DAYS} days.`,
    });
  },
};
