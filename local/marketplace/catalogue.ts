import { CONTOSO_TENANT } from '../people.ts';

export const PUBLISHER_ID = 'unifize';
export const OFFER_ID = 'unifize-qms';
export const OFFER_NAME = 'Unifize QMS';

/** What a plan costs per term, in US dollars; of one seat where the plan is per seat. */
export type Price = { termUnit: string; term: string; dollars: number };

export type Plan = {
  planId: string;
  displayName: string;
  description: string;
  prices: [Price, ...Price[]];
  /** Present on per-seat plans only. */
  seats?: { min: number; max: number };
  /** Present on private plans only: who may see and buy it. */
  privateFor?: { name: string; tenantIds: string[] };
  /** Microsoft activates and bills at the purchase itself (contract 0.1). */
  autoActivated: boolean;
};

export const PLANS: [Plan, ...Plan[]] = [
  {
    planId: 'starter',
    displayName: 'Starter',
    description: 'One quality process for a small team.',
    prices: [{ termUnit: 'P1M', term: 'month', dollars: 199 }],
    autoActivated: false,
  },
  {
    planId: 'team',
    displayName: 'Team',
    description: 'All quality processes, priced per user.',
    prices: [
      { termUnit: 'P1M', term: 'month', dollars: 29 },
      { termUnit: 'P1Y', term: 'year', dollars: 290 },
    ],
    seats: { min: 1, max: 500 },
    autoActivated: false,
  },
  {
    planId: 'enterprise',
    displayName: 'Enterprise',
    description: 'Validation package and a named contact, at an agreed price.',
    prices: [{ termUnit: 'P1Y', term: 'year', dollars: 24_000 }],
    privateFor: { name: 'Contoso', tenantIds: [CONTOSO_TENANT] },
    autoActivated: false,
  },
  {
    planId: 'growth-auto',
    displayName: 'Growth',
    description: 'For growing companies.',
    prices: [{ termUnit: 'P1M', term: 'month', dollars: 499 }],
    autoActivated: true,
  },
];

/** Whether an organization may see and buy the plan. */
export const isOfferedTo = (plan: Plan, tenantId: string): boolean =>
  plan.privateFor?.tenantIds.includes(tenantId) ?? true;

/** A plan as List Available Plans shows it (contract 2.7). */
export const wirePlan = (plan: Plan) => ({
  planId: plan.planId,
  displayName: plan.displayName,
  isPrivate: plan.privateFor !== undefined,
  description: plan.description,
  ...(plan.seats ? { minQuantity: plan.seats.min, maxQuantity: plan.seats.max } : {}),
  hasFreeTrials: false,
  isPricePerSeat: plan.seats !== undefined,
  isStopSell: false,
  market: 'US',
  planComponents: {
    recurrentBillingTerms: plan.prices.map((price) => ({
      currency: 'USD',
      price: price.dollars,
      termUnit: price.termUnit,
      termDescription: `1 ${price.term} subscription`,
    })),
    meteringDimensions: [],
  },
});
