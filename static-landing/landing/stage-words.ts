import type { View } from '../../src/application/view.ts';
import type { Brand } from '../config.ts';
import { day } from '../design/format.ts';
import { LANGUAGE, type MessageKey, t } from './text.ts';

const TITLES: Record<View['stage'], MessageKey> = {
  resolved: 'resolved.title',
  provisioning: 'provisioning.title',
  'awaiting-confirmation': 'awaiting.title',
  confirmed: 'confirmed.title',
  activating: 'activating.title',
  'activation-failed': 'activation-failed.title',
  active: 'active.title',
  suspended: 'suspended.title',
  cancelled: 'cancelled.title',
  erased: 'erased.title',
};

/** Whether Microsoft bills already although the workspace is not set up: an auto-activated plan (contract 0.1). */
const isBilled = (view: View): boolean => view.marketplaceStatus === 'Subscribed';

/** Whether the visitor may start billing now. */
export const mayActivate = (view: View): boolean =>
  view.allowedOperations.some(({ name, allowed }) => name === 'activate' && allowed);

const whoMayActivate = ({ beneficiaryEmail, purchaserEmail }: View): string => {
  const [one, other] = [...new Set([beneficiaryEmail, purchaserEmail].filter(Boolean))];
  if (!one) return t('confirmed.nobody-known');
  return other ? t('confirmed.or', { one, other }) : one;
};

const resolved = (view: View): string => {
  if (!isBilled(view)) return t('resolved.text');
  const since = view.term?.startDate;
  return since ? t('resolved.billed-since', { date: day(since, LANGUAGE) }) : t('resolved.billed');
};

const confirmed = (view: View, values: { publisher: string; product: string }): string => {
  if (mayActivate(view)) return t('confirmed.buyer', values);
  if (view.next.who === 'buyer') return t('confirmed.colleague', { ...values, who: whoMayActivate(view) });
  return t('confirmed.publisher', values);
};

/** Where things stand, and what it means for the buyer. An unknown stage has facts but no sentence. */
export const stageWords = (view: View, brand: Brand): { title: string; text: string } => {
  const values = { publisher: brand.publisherName, product: brand.productName };
  const title = t((TITLES as Partial<typeof TITLES>)[view.stage] ?? 'other.title', values);
  const text = (): string => {
    switch (view.stage) {
      case 'resolved':
        return resolved(view);
      case 'provisioning':
      case 'awaiting-confirmation':
        return t(isBilled(view) ? 'provisioning.billed' : 'provisioning.text', values);
      case 'confirmed':
        return confirmed(view, values);
      case 'activating':
        return t('activating.text');
      case 'activation-failed':
        return t(mayActivate(view) ? 'activation-failed.text' : 'activation-failed.wait', values);
      case 'active':
        return t('active.text');
      case 'suspended':
        return t('suspended.text');
      case 'cancelled':
        return t('cancelled.text', values);
      case 'erased':
        return t('erased.text', values);
      default:
        return '';
    }
  };
  return { title, text: text() };
};
