import type { Purchase } from '../purchases.ts';
import { send } from '../webhook/send.ts';
import type { World } from '../world.ts';
import { type Change, changeRefusal } from './change-rules.ts';
import { isOpen, newOperation, type Operation, type Wanted } from './operation.ts';
import { begin, newNotification } from './run.ts';

/** What the customer or Microsoft does to a subscription. */
export type Act = {
  /** One of contract 4.2, or any word: an action that nobody knows yet. */
  action: string;
  planId?: string | undefined;
  quantity?: number | undefined;
  /** Told to the publisher instead of the usual one. */
  status?: string | undefined;
  /** The publisher is told, well signed, but nothing of it is true: no operation, no effect. */
  untrue?: boolean | undefined;
};

/** It cannot be done to a subscription in this state; the message says why. */
export class ActRefused extends Error {}

/** The status that an action leaves from (contract 4.5). */
const FROM: Record<string, string> = {
  Renew: 'Subscribed',
  Suspend: 'Subscribed',
  Reinstate: 'Suspended',
  Subscribe: 'PendingFulfillmentStart',
};

const changeOf = ({ action, planId = '', quantity = 0 }: Act): Change | undefined => {
  if (action === 'ChangePlan') return { planId };
  return action === 'ChangeQuantity' ? { quantity } : undefined;
};

const check = (purchase: Purchase, wanted: Act): void => {
  const { action } = wanted;
  const status = purchase.subscription.saasSubscriptionStatus;
  const from = FROM[action];
  if (from !== undefined && status !== from)
    throw new ActRefused(`${action} needs a subscription that is ${from}; it is ${status}.`);
  if (action === 'Unsubscribe' && status === 'Unsubscribed') throw new ActRefused('It is Unsubscribed already.');
  if (purchase.operations.some((one) => one.wire.action === action && (isOpen(one) || one.effectAt !== undefined)))
    throw new ActRefused(`${action} is under way already.`);
  const change = changeOf(wanted);
  const refusal = change && changeRefusal(purchase, change);
  if (refusal) throw new ActRefused(`${refusal.message}.`);
};

const tellUntrue = (world: World, purchase: Purchase, wanted: Wanted): Operation => {
  const at = world.clock.now();
  const operation = newOperation(purchase.subscription, wanted, at);
  send(world, newNotification(world, purchase, operation, at), () => undefined);
  return operation;
};

/**
 * Does what the customer or Microsoft does, or only says so.
 *
 * @throws ActRefused
 */
export const act = (world: World, purchase: Purchase, wanted: Act): Operation => {
  const { untrue = false, ...what } = wanted;
  if (untrue) return tellUntrue(world, purchase, what);
  check(purchase, wanted);
  return begin(world, purchase, what);
};
