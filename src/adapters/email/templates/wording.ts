import type { MailFacts } from '../../../application/ports.ts';
import { isBoughtForOthers } from '../../../domain/organization.ts';
import type { StepName, Subscription, Term } from '../../../domain/subscription.ts';
import type { Block } from './letter.ts';
import { address, oneLine, typed } from './plain.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

const dated = (format: Intl.DateTimeFormat, iso: string): string =>
  Number.isNaN(Date.parse(iso)) ? oneLine(iso) : format.format(new Date(iso));

/** A date as people write it, in UTC; what is no date is shown as it came. */
export const day = (iso: string): string => dated(DAY, iso);

export const moment = (iso: string): string =>
  Number.isNaN(Date.parse(iso)) ? oneLine(iso) : `${dated(MOMENT, iso)} UTC`;

const DAY_MS = 86_400_000;

/** The date so many days after an instant; `undefined` when that is none. */
export const daysAfter = (iso: string | undefined, days: number): string | undefined => {
  const start = Date.parse(iso ?? '');
  return Number.isNaN(start) ? undefined : day(new Date(start + days * DAY_MS).toISOString());
};

const UNITS: Record<string, string> = { D: 'day', W: 'week', M: 'month', Y: 'year' };

/** `P1M` as "1 month"; a duration of another form as it came (contract 2.2: an open set). */
export const termLength = (term: Term | undefined): string => {
  if (!term?.termUnit) return 'Not known yet';
  const [, count, letter] = /^P([1-9]\d{0,3})([DWMY])$/.exec(term.termUnit) ?? [];
  const unit = letter && UNITS[letter];
  return count && unit ? `${count} ${unit}${count === '1' ? '' : 's'}` : typed(term.termUnit, 40);
};

export const termDates = (term: Term | undefined): string => {
  if (!term?.startDate) return 'Starts when billing starts';
  return term.endDate ? `${day(term.startDate)} to ${day(term.endDate)}` : `From ${day(term.startDate)}`;
};

export const quantity = (subscription: Subscription): string =>
  subscription.quantity === undefined ? 'Not per user' : `${subscription.quantity}`;

export const planName = (subscription: Subscription): string =>
  typed(subscription.planName || subscription.planId, 100) || 'Not known';

/** The name that the purchaser typed at Microsoft, short enough for a subject. */
export const shortName = (subscription: Subscription): string => typed(subscription.name, 60) || subscription.id;

/** Microsoft waits for the activation, and bills nothing. */
export const isPending = ({ marketplaceStatus }: Subscription): boolean =>
  marketplaceStatus === 'PendingFulfillmentStart';

/** Microsoft bills this subscription at present. */
export const isBilled = (subscription: Subscription): boolean => subscription.marketplaceStatus === 'Subscribed';

/** The button in the Azure portal that leads to the landing page. */
export const wayIn = (subscription: Subscription): string =>
  isPending(subscription) ? 'Configure account now' : 'Manage account';

export const billedSince = (subscription: Subscription): string => {
  const since = subscription.activatedAt ?? subscription.term?.startDate;
  return since ? `since ${day(since)}` : 'since the purchase';
};

export const STEP_TITLES: Record<StepName, string> = {
  organization: 'Organization',
  'admin-user': 'Admin user',
  notification: 'Notification',
};

/** The address that becomes, or became, the administrator's. */
export const adminAddress = ({ admin }: MailFacts): string => (admin ? address(admin.email) : 'the admin user');

/** Opens a page that does nothing by itself (P9). */
export const consoleLink = ({ consoleUrl, subscription }: MailFacts): Block => ({
  kind: 'link',
  label: 'Open in the console',
  url: `${consoleUrl}?id=${encodeURIComponent(subscription.id)}`,
});

/** Bought by one organization for another: payment is between those two. */
export const isResold = (subscription: Subscription): boolean => isBoughtForOthers(subscription);

/** Microsoft ends a suspended subscription after so many days (contract 5). */
const SUSPENDED_DAYS = 30;

/** The day on which a suspended subscription ends, when it is known since when it is. */
export const suspendedUntil = ({ suspendedAt }: Subscription): string | undefined =>
  daysAfter(suspendedAt, SUSPENDED_DAYS);
