import type { PlansAnswer, PlanView } from '../../../src/application/list-plans.ts';
import type { View } from '../../../src/application/view.ts';
import { duration } from '../../design/format.ts';
import type { Fact } from '../../design/parts.tsx';
import { language, t } from '../text.ts';

type Price = PlanView['prices'][number];

/** What the plan costs in the term that the subscription has, or in the only one there is. */
const priceOf = ({ prices }: PlanView, { term }: View): Price | undefined =>
  prices.find(({ termUnit }) => termUnit === term?.termUnit) ?? (prices.length === 1 ? prices[0] : undefined);

const money = ({ price, currency }: Price): string => {
  try {
    return new Intl.NumberFormat(language(), { style: 'currency', currency }).format(price);
  } catch {
    // No currency that this browser knows.
    return `${price} ${currency}`;
  }
};

/** The price of one user or of the whole, in words. */
export const priceWords = (plan: PlanView, { isResold, subscription }: PlansAnswer): string => {
  if (isResold) return t('manage.price.resold');
  const price = priceOf(plan, subscription);
  if (!price) return t('manage.price.agreed');
  return plan.isPricePerSeat ? t('manage.price.user', { price: money(price) }) : money(price);
};

/** How long the plan is bought for, in words. */
export const termWords = (plan: PlanView, { subscription }: PlansAnswer): string => {
  const unit = priceOf(plan, subscription)?.termUnit ?? (plan.isCurrent ? subscription.term?.termUnit : undefined);
  return unit ? duration(unit, language()) : t('manage.price.agreed');
};

/** A plan with so many users, line by line. */
export const holding = (plan: PlanView, quantity: number | undefined, answer: PlansAnswer): Fact[] => [
  { label: t('manage.plan'), value: plan.name },
  {
    label: t('manage.users'),
    value: plan.isPricePerSeat ? (quantity ?? t('manage.price.agreed')) : t('purchase.quantity.none'),
  },
  { label: t('manage.price'), value: priceWords(plan, answer) },
  { label: t('purchase.term'), value: termWords(plan, answer) },
];
