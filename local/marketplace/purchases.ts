import { randomUUID } from 'node:crypto';
import { person } from '../people.ts';
import { isOfferedTo, OFFER_ID, PLANS, type Plan } from './catalogue.ts';
import type { MarketplaceClock } from './clock.ts';
import type { Operation } from './operations/operation.ts';
import { newSubscription, type WireSubscription } from './subscription.ts';

/** What somebody wants to buy. People are named by their keys in people.ts. */
export type Order = {
  planId: string;
  offerId?: string | undefined;
  /** Needed on per-seat plans, refused on others. */
  quantity?: number | undefined;
  /** One of the plan's terms; absent: its first. */
  termUnit?: string | undefined;
  purchaser: string;
  /** Absent: the purchaser. Of another tenant: a reseller's purchase. */
  beneficiary?: string | undefined;
  name?: string | undefined;
};

/** A subscription on Microsoft's side, with what nobody outside sees. */
export type Purchase = {
  subscription: WireSubscription;
  /** How often an activation took effect; the purchase of an auto-activated plan is none. */
  activations: number;
  /** Activate calls that reached Microsoft, the refused ones included. */
  activateCalls: number;
  /** An accepted activation has not taken effect yet. */
  isActivating: boolean;
  /** When it was suspended, ISO 8601: 30 days later it ends (contract 5). */
  suspendedAt?: string;
  /** Oldest first, ended ones included. */
  operations: Operation[];
  history: { at: Date; what: string }[];
};

/** The shop does not sell this; the message says why and may be shown to the buyer. */
export class OrderRefused extends Error {}

const checkQuantity = (plan: Plan, quantity: number | undefined): void => {
  if (!plan.seats) {
    if (quantity !== undefined) throw new OrderRefused(`${plan.displayName} is not sold per seat: leave quantity out.`);
    return;
  }
  const { min, max } = plan.seats;
  if (quantity === undefined || !Number.isInteger(quantity) || quantity < min || quantity > max)
    throw new OrderRefused(`${plan.displayName} is sold for ${min} to ${max} seats.`);
};

// JSON holds instants as text, and no timer outlives its process: an activation under way has to be asked for again.
const revived = (purchase: Purchase): Purchase => ({
  ...purchase,
  isActivating: false,
  operations: purchase.operations ?? [],
  history: purchase.history.map(({ at, what }) => ({ at: new Date(at), what })),
});

export type Purchases = {
  /**
   * A purchase that waits to be activated.
   *
   * @throws OrderRefused
   */
  add(order: Order): Purchase;
  /** The end of a purchase that nobody activated: Unsubscribed, or as if it had never been (contract 5). */
  drop(purchase: Purchase, into: 'unsubscribed' | 'gone', at: Date): void;
  find(id: string): Purchase | undefined;
  /** In the order of purchase; cancelled ones stay (contract 2.6). */
  all(): Purchase[];
  /** Adds a line to the history, at the time given or now. */
  note(purchase: Purchase, what: string, at?: Date): void;
};

export const makePurchases = (clock: MarketplaceClock, kept: Purchase[] = []): Purchases => {
  const purchases = new Map(kept.map((purchase) => [purchase.subscription.id, revived(purchase)]));

  const note: Purchases['note'] = (purchase, what, at = clock.now()) => {
    purchase.history.push({ at, what });
  };

  const add = (order: Order): Purchase => {
    const plan = PLANS.find((one) => one.planId === order.planId);
    if (!plan) throw new OrderRefused(`There is no plan ${order.planId}.`);
    const price = plan.prices.find((one) => one.termUnit === (order.termUnit ?? plan.prices[0].termUnit));
    if (!price) throw new OrderRefused(`${plan.displayName} is not sold for ${order.termUnit}.`);
    checkQuantity(plan, order.quantity);
    const purchaser = person(order.purchaser);
    const beneficiary = order.beneficiary === undefined ? purchaser : person(order.beneficiary);
    if (!isOfferedTo(plan, beneficiary.tenantId))
      throw new OrderRefused(`${plan.displayName} is a private plan: only ${plan.privateFor?.name} can buy it.`);

    const at = clock.now();
    const subscription = newSubscription({
      id: randomUUID(),
      name: order.name ?? `${plan.displayName} ${purchases.size + 1}`,
      offerId: order.offerId ?? OFFER_ID,
      planId: plan.planId,
      ...(order.quantity === undefined ? {} : { quantity: order.quantity }),
      termUnit: price.termUnit,
      purchaser,
      beneficiary,
      at,
    });
    const purchase: Purchase = {
      subscription,
      activations: 0,
      activateCalls: 0,
      isActivating: false,
      operations: [],
      history: [],
    };
    note(purchase, 'Bought');
    purchases.set(subscription.id, purchase);
    return purchase;
  };

  const drop: Purchases['drop'] = (purchase, into, at) => {
    note(purchase, 'Dropped: nobody activated it', at);
    if (into === 'gone') purchases.delete(purchase.subscription.id);
    else purchase.subscription.saasSubscriptionStatus = 'Unsubscribed';
  };

  return { add, drop, find: (id) => purchases.get(id.toLowerCase()), all: () => [...purchases.values()], note };
};
