import type { Subscription } from '../../domain/subscription.ts';
import { isWithoutContact } from '../../domain/tombstone.ts';
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
const isSelfActivated = ({ marketplaceStatus, activation, activatedAt, mails }: Subscription): boolean => {
  if (activation !== undefined) return false;
  const wasBilled = activatedAt !== undefined || mails.some(({ kind }) => kind === 'already-billed');
  return wasBilled || marketplaceStatus === 'Subscribed' || marketplaceStatus === 'Suspended';
};

/**
 * Whether its record tells who started billing: one that was taken over, came back from a backup or had its people erased may
 * have lost that; one that had ended when it was first seen never had it.
 */
const isTelling = (record: Subscription): boolean =>
  record.adoptedAt === undefined &&
  record.restoredAt === undefined &&
  !isWithoutContact(record) &&
  record.cancelledAt !== record.firstSeenAt;

const planOf = ({ offerId, planId }: Subscription): string => `${offerId}/${planId}`;

/** The newest purchase of each plan: it shows how the plan is set now. */
const newestOf = (records: Subscription[]): Subscription[] => [
  ...new Map(
    records
      .toSorted((one, other) => one.firstSeenAt.localeCompare(other.firstSeenAt))
      .map((record) => [planOf(record), record]),
  ).values(),
];

export const selfActivatingPlans: Check = {
  id: 'self-activating-plans',
  title: 'Plans that bill at once',
  proves: `Of each plan that was bought within ${DAYS} days, the newest purchase was not billed by Microsoft before its workspace was ready (among the newest ${LOOKED_AT}).`,
  run: async ({ records, clock }) => {
    if (!records) return notChecked('The purchases were not looked at.', IN_THE_APP);
    const since = new Date(clock().getTime() - DAYS * DAY_MS).toISOString();
    const all = (await records.list({ limit: LOOKED_AT })).records.filter(({ firstSeenAt }) => firstSeenAt >= since);
    const newest = all.filter(isTelling);
    const plans = newestOf(newest).filter(isSelfActivated).map(planOf);
    if (newest.length === 0)
      return notChecked(`There was no purchase in ${DAYS} days that shows it.`, {
        cause: 'Partner Center does not tell programs how a plan is set.',
        fix: 'partner.microsoft.com > the offer > Plan overview > each plan: automatic activation must be off; also for private plans and private offers.',
      });
    if (plans.length === 0) return ok(`None among ${newest.length} purchases.`);
    return warning(`Microsoft bills at the purchase: ${plans.toSorted().join(', ')}.`, {
      cause: 'The plan activates by itself, as new plans do unless it is switched off.',
      fix: 'partner.microsoft.com > the offer > Plan overview > the plan: switch automatic activation off, and publish. Private offers have plans of their own.',
      retest: 'Buy the plan once more after that: its newest purchase decides.',
    });
  },
};
