import type { Bought, Order } from '../../../local/marketplace/control.ts';
import type { View } from '../../../src/application/view.ts';
import { eventually } from '../../support/eventually.ts';
import type { Site } from '../../support/site.ts';
import { inTime } from './pace.ts';

/** What the API says to the person when `isWanted`. */
export const viewOf = async (site: Site, who: string, id: string, isWanted: (view: View) => boolean): Promise<View> => {
  const { body } = await eventually(
    () => site.api.get(who, id),
    ({ status, body }) => status === 200 && isWanted(body),
  );
  return body;
};

export const stage =
  (wanted: View['stage']) =>
  (view: View): boolean =>
    view.stage === wanted;

/** Bought, and seen by the purchaser. */
export const resolved = async (site: Site, order: Order): Promise<Bought> => {
  const bought = await site.marketplace.purchase(order);
  await inTime(order.purchaser);
  await site.api.resolve(order.purchaser, bought.purchaseToken);
  return bought;
};

/** Set up by an operator's word, and waiting for it again; nobody has pressed Onboard. */
export const begun = async (site: Site, order: Order): Promise<Bought> => {
  const bought = await resolved(site, order);
  await site.api.operate('operator', bought.subscriptionId, 'start');
  await viewOf(site, order.purchaser, bought.subscriptionId, stage('awaiting-confirmation'));
  return bought;
};

/** Onboarded, and waiting for the operator. */
export const onboarded = async (site: Site, order: Order): Promise<Bought> => {
  const bought = await resolved(site, order);
  await site.api.onboard(order.purchaser, bought.subscriptionId);
  await viewOf(site, order.purchaser, bought.subscriptionId, stage('awaiting-confirmation'));
  return bought;
};

/** Set up and confirmed: the buyer may activate. */
export const confirmed = async (site: Site, order: Order): Promise<Bought> => {
  const bought = await onboarded(site, order);
  await site.api.operate('operator', bought.subscriptionId, 'confirm');
  await viewOf(site, order.purchaser, bought.subscriptionId, stage('confirmed'));
  return bought;
};

let turn: Promise<unknown> = Promise.resolve();

/** Activations come one after the other, so that each meets the faults that are meant for it. */
export const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const mine = turn.then(work, work);
  turn = mine;
  return mine;
};

/** Active and billed. */
export const active = async (site: Site, order: Order): Promise<Bought> => {
  const bought = await confirmed(site, order);
  return inTurn(async () => {
    await site.api.activate(order.purchaser, bought.subscriptionId);
    await viewOf(site, order.purchaser, bought.subscriptionId, stage('active'));
    return bought;
  });
};

/** Microsoft's status changes; the next visit finds out. */
export const changed = async (site: Site, bought: Bought, status: string): Promise<Bought> => {
  await site.marketplace.change(bought.subscriptionId, { status });
  return bought;
};

/** One purchase for all states that only need one to be there. */
export const once = (make: (site: Site) => Promise<Bought>): ((site: Site) => Promise<Bought>) => {
  const made = new WeakMap<Site, Promise<Bought>>();
  return (site) => {
    const bought = made.get(site) ?? make(site);
    made.set(site, bought);
    return bought;
  };
};

/** A purchase by the buyer that nobody has onboarded. */
export const starter = once((site) => resolved(site, { planId: 'starter', purchaser: 'buyer' }));
