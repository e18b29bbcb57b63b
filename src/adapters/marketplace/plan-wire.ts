import type { OfferedPlan, PlanPrice } from '../../application/ports.ts';
import { type Fields, fields, list, parse, quantityOf, text } from './wire.ts';

type PlanFields = Fields<
  | 'planId'
  | 'displayName'
  | 'description'
  | 'isPricePerSeat'
  | 'isStopSell'
  | 'minQuantity'
  | 'maxQuantity'
  | 'planComponents'
>;
type PriceFields = Fields<'currency' | 'price' | 'termUnit'>;

const pricesOf = (components: unknown): PlanPrice[] =>
  list(fields<Fields<'recurrentBillingTerms'>>(components).recurrentBillingTerms)
    .map((value) => fields<PriceFields>(value))
    .flatMap((term) => {
      const { price } = term;
      const [termUnit, currency] = [text(term.termUnit), text(term.currency)];
      return typeof price === 'number' && Number.isFinite(price) && currency !== ''
        ? [{ termUnit, currency, price }]
        : [];
    });

const planOf = (plan: Partial<PlanFields>): OfferedPlan => {
  const description = text(plan.description);
  const minQuantity = quantityOf(plan.minQuantity);
  const maxQuantity = quantityOf(plan.maxQuantity);
  const prices = pricesOf(plan.planComponents);
  return {
    planId: text(plan.planId),
    displayName: text(plan.displayName) || text(plan.planId),
    ...(description === '' ? {} : { description }),
    ...(plan.isPricePerSeat === true ? { isPricePerSeat: true } : {}),
    ...(plan.isStopSell === true ? { isStopSell: true } : {}),
    ...(minQuantity === undefined ? {} : { minQuantity }),
    ...(maxQuantity === undefined ? {} : { maxQuantity }),
    ...(prices.length === 0 ? {} : { prices }),
  };
};

/**
 * Reads an answer of List Available Plans: empty text, `{}` and a bare list occur (contract 2.7). A plan without a name is
 * called by its id.
 *
 * @throws `marketplace-unavailable` when the body is neither empty nor JSON
 */
export const readPlans = (body: string): OfferedPlan[] => {
  if (body.trim() === '') return [];
  const answer = parse(body);
  return list(Array.isArray(answer) ? answer : fields<Fields<'plans'>>(answer).plans)
    .map((value) => planOf(fields<PlanFields>(value)))
    .filter((plan) => plan.planId !== '');
};
