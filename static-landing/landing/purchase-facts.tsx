import type { View } from '../../src/application/view.ts';
import { day, duration } from '../design/format.ts';
import { Badge, type Fact, Facts } from '../design/parts.tsx';
import type { PurchaseScreen } from './screen.ts';
import { LANGUAGE, t } from './text.ts';

const term = (unit: string | undefined): string => (unit ? duration(unit, LANGUAGE) : t('purchase.term.none'));

const termDates = ({ startDate, endDate }: NonNullable<View['term']>): string => {
  if (!startDate) return t('purchase.term-dates.none');
  const start = day(startDate, LANGUAGE);
  if (!endDate) return t('purchase.term-dates.from', { start });
  return t('purchase.term-dates.both', { start, end: day(endDate, LANGUAGE) });
};

/** Exactly what was bought, by whom, and where it stands (design 3.2). */
export const PurchaseFacts = ({ view, profile, contact }: PurchaseScreen) => {
  const facts: Fact[] = [
    { label: t('purchase.subscription-name'), value: view.name },
    { label: t('purchase.status'), value: <Badge stage={view.stage}>{view.badge}</Badge> },
    { label: t('purchase.plan-name'), value: view.planName ?? view.planId },
    { label: t('purchase.quantity'), value: view.quantity ?? t('purchase.quantity.none') },
    { label: t('purchase.term'), value: term(view.term?.termUnit) },
    { label: t('purchase.term-dates'), value: termDates(view.term ?? {}) },
    { label: t('purchase.customer-name'), value: contact?.name || profile.name || t('purchase.customer.none') },
    { label: t('purchase.customer-email'), value: contact?.email || profile.email || t('purchase.customer.none') },
    { label: t('purchase.purchaser-email'), value: view.purchaserEmail || t('purchase.customer.none') },
    { label: t('purchase.offer-id'), value: view.offerId, isCode: true },
    { label: t('purchase.plan-id'), value: view.planId, isCode: true },
    { label: t('purchase.tenant-id'), value: view.tenantId, isCode: true },
    { label: t('purchase.subscription-id'), value: view.id, isCode: true },
  ];
  return (
    <section class="card bought" aria-labelledby="bought">
      <h2 id="bought">{t('purchase.title')}</h2>
      <Facts facts={facts} />
    </section>
  );
};
