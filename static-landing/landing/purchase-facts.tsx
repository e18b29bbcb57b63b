import type { View } from '../../src/application/view.ts';
import { day, duration } from '../design/format.ts';
import { Badge, type Fact, Facts } from '../design/parts.tsx';
import type { PurchaseScreen } from './screen.ts';
import type { Situation } from './situation.ts';
import { badge, planName } from './stage-words.ts';
import { language, t } from './text.ts';

const term = (unit: string | undefined): string => (unit ? duration(unit, language()) : t('purchase.term.none'));

/** Nothing begins any more. */
const ENDED: Situation[] = ['cancelled', 'lapsed', 'erased'];

const termDates = ({ startDate, endDate }: NonNullable<View['term']>, situation: Situation): string => {
  if (!startDate) return ENDED.includes(situation) ? '' : t('purchase.term-dates.none');
  const start = day(startDate, language());
  if (!endDate) return t('purchase.term-dates.from', { start });
  return t('purchase.term-dates.both', { start, end: day(endDate, language()) });
};

/** Exactly what was bought, by whom, and where it stands (design 3.2). */
export const PurchaseFacts = ({ view, situation, profile, contact, planNames }: PurchaseScreen) => {
  const known = (value: string | undefined): string => {
    if (situation === 'erased') return '';
    return value || t('purchase.customer.none');
  };
  const facts: Fact[] = [
    { label: t('purchase.subscription-name'), value: view.name },
    {
      label: t('purchase.status'),
      value: <Badge stage={view.pendingOperation ? 'activating' : view.stage}>{badge(view)}</Badge>,
    },
    { label: t('purchase.plan-name'), value: planName(view, planNames) },
    { label: t('purchase.quantity'), value: view.quantity ?? t('purchase.quantity.none') },
    { label: t('purchase.term'), value: term(view.term?.termUnit) },
    { label: t('purchase.term-dates'), value: termDates(view.term ?? {}, situation) },
    { label: t('purchase.customer-name'), value: known(contact?.name || profile.name) },
    { label: t('purchase.customer-email'), value: known(contact?.email || profile.email) },
    { label: t('purchase.purchaser-email'), value: known(view.purchaserEmail) },
    { label: t('purchase.offer-id'), value: view.offerId, isCode: true },
    { label: t('purchase.plan-id'), value: view.planId, isCode: true },
    { label: t('purchase.tenant-id'), value: view.tenantId, isCode: true },
    { label: t('purchase.subscription-id'), value: view.id, isCode: true },
  ];
  return (
    <section class="card bought" aria-labelledby="bought">
      <h2 id="bought">{t('purchase.title')}</h2>
      <Facts isLive facts={facts.filter(({ value }) => value !== '')} />
    </section>
  );
};
