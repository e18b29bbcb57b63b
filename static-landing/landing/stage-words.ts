import type { View } from '../../src/application/view.ts';
import type { Brand } from '../config.ts';
import { day, moment } from '../design/format.ts';
import type { PurchaseScreen } from './screen.ts';
import { allows, type Situation } from './situation.ts';
import { language, type MessageKey, t } from './text.ts';

const TITLES: Record<Situation, MessageKey> = {
  resolved: 'resolved.title',
  unreachable: 'unreachable.title',
  provisioning: 'provisioning.title',
  delayed: 'delayed.title',
  awaiting: 'awaiting.title',
  ready: 'ready.title',
  activating: 'activating.title',
  'activation-failed': 'activation-failed.title',
  active: 'active.title',
  changing: 'changing.title',
  suspended: 'suspended.title',
  cancelled: 'cancelled.title',
  lapsed: 'lapsed.title',
  erased: 'erased.title',
  other: 'other.title',
};

const BADGES: Record<string, MessageKey> = {
  'Pending Activation': 'badge.pending',
  Activating: 'badge.activating',
  'Activation failed': 'badge.failed',
  Active: 'badge.active',
  'Change in progress': 'changing.title',
  Suspended: 'badge.suspended',
  Unsubscribed: 'badge.ended',
  'Data deleted': 'badge.erased',
};

/** The badge in the buyer's language; one that is new to this page as the service spells it (P8). */
export const badge = (view: View): string => {
  const key = BADGES[view.badge];
  return key ? t(key) : view.badge;
};

/** Whether Microsoft bills already although the workspace is not set up: an auto-activated plan (contract 0.1). */
export const isBilled = (view: View): boolean => view.marketplaceStatus === 'Subscribed';

/** Whether the visitor may start billing now. */
export const mayActivate = (view: View): boolean => allows(view, 'activate');

/** Of the purchasing organization, but neither purchaser nor beneficiary: may look and onboard, not activate (P6). */
export const isColleague = (view: View): boolean => view.yourRoles?.length === 0;

/** Whom a colleague may ask: the beneficiary first. */
export const askable = ({ beneficiaryEmail, purchaserEmail }: View): string[] => [
  ...new Set([beneficiaryEmail, purchaserEmail].filter(Boolean)),
];

/** The same in words. */
export const whoDecides = (view: View): string => {
  const [one, other] = askable(view);
  if (!one) return t('ready.nobody-known');
  return other ? t('ready.or', { one, other }) : one;
};

/** Whether somebody bought for somebody else, as a reseller does. */
export const isForAnother = (view: View): boolean => askable(view).length > 1;

const resolved = (view: View): string => {
  if (!isBilled(view)) return t('resolved.text');
  const since = view.term?.startDate;
  return since ? t('resolved.billed-since', { date: day(since, language()) }) : t('resolved.billed');
};

const ready = (view: View, values: Record<string, string>): string => {
  if (mayActivate(view)) return t('ready.buyer', values);
  if (view.next.who === 'buyer') return t('ready.colleague', { who: whoDecides(view) });
  return t('ready.publisher', values);
};

const change = (label: MessageKey, now: string | number, wanted: string | number): string =>
  `${t(label)}: ${now} → ${wanted}.`;

/** The name of the plan that the subscription has, or of another one, as far as it is known here; else its id. */
export const planName = (view: View, planNames: PurchaseScreen['planNames'], planId = view.planId): string =>
  (planId === view.planId && view.planName) || (planNames?.[planId] ?? planId);

/** What Microsoft was asked for. */
const wanted = (view: View, planNames: PurchaseScreen['planNames']): string => {
  const { action = '', planId, quantity } = view.pendingOperation ?? {};
  if (planId) return change('purchase.plan-name', planName(view, planNames), planName(view, planNames, planId));
  if (quantity) return change('purchase.quantity', view.quantity ?? '', quantity);
  return action === 'Unsubscribe' ? t('changing.cancel') : '';
};

const suspended = ({ deadlines: { suspendedUntil } }: View): string =>
  t('suspended.text', {
    until: suspendedUntil ? t('suspended.until', { date: day(suspendedUntil, language()) }) : t('suspended.days'),
  });

const cancelled = ({ deadlines: { eraseAfter } }: View, values: Record<string, string>): string =>
  [t('cancelled.text', values), eraseAfter ? t('cancelled.kept', { date: day(eraseAfter, language()) }) : '']
    .filter(Boolean)
    .join(' ');

/** Where things stand, and what it means for the buyer. */
export const stageWords = (
  { view, situation, planNames }: PurchaseScreen,
  brand: Brand,
): { title: string; text: string } => {
  const values = { publisher: brand.publisherName, product: brand.productName };
  const billing = t(isBilled(view) ? 'billing.runs' : 'billing.not-yet');
  const text = (): string => {
    switch (situation) {
      case 'resolved':
        return resolved(view);
      case 'provisioning':
      case 'awaiting':
        return `${t('provisioning.text', values)} ${billing}`;
      case 'unreachable':
        return `${t('unreachable.text')} ${billing}`;
      case 'delayed':
        return `${t('delayed.text', values)} ${billing}`;
      case 'ready':
        return ready(view, values);
      case 'activating':
        return t(view.activationCode ? 'activating.delayed' : 'activating.text');
      case 'activation-failed':
        return t(mayActivate(view) ? 'activation-failed.text' : 'activation-failed.wait', values);
      case 'active':
        return isColleague(view)
          ? `${t('active.text')} ${t('active.colleague', { who: whoDecides(view) })}`
          : t('active.text');
      case 'changing':
        return `${wanted(view, planNames)} ${t('changing.text', { since: moment(view.pendingOperation?.since ?? '', language()) })}`;
      case 'suspended':
        return suspended(view);
      case 'cancelled':
        return cancelled(view, values);
      case 'lapsed':
        return t('lapsed.text', values);
      case 'erased':
        return t('erased.text', values);
      case 'other':
        return t('other.text');
      default:
        return situation satisfies never;
    }
  };
  return { title: t(TITLES[situation], values), text: text() };
};
