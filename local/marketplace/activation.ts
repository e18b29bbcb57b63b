import { begin, watch } from './operations/run.ts';
import type { Purchase } from './purchases.ts';
import { runningTerm } from './subscription.ts';
import type { World } from './world.ts';

/** What Microsoft answers an Activate call (contract 2.4). */
export type ActivateAnswer = 'accepted' | 'already-active' | 'not-what-was-bought' | 'not-found';

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

const isWhatWasBought = ({ subscription }: Purchase, body: string): boolean => {
  if (body.trim() === '') return true;
  let asked: unknown;
  try {
    asked = JSON.parse(body);
  } catch {
    return false;
  }
  if (typeof asked !== 'object' || asked === null) return false;
  const { planId, quantity } = asked as Record<string, unknown>;
  return (
    (isEmpty(planId) || planId === subscription.planId) && (isEmpty(quantity) || quantity === subscription.quantity)
  );
};

const takeEffect = (world: World, purchase: Purchase, at: Date, fails: boolean): void => {
  const { subscription } = purchase;
  purchase.isActivating = false;
  if (subscription.saasSubscriptionStatus !== 'PendingFulfillmentStart') return;
  if (fails) {
    world.purchases.note(purchase, 'Activation failed', at);
    begin(world, purchase, { action: 'Unsubscribe' }, at);
    return;
  }
  subscription.saasSubscriptionStatus = 'Subscribed';
  subscription.term = runningTerm(subscription.term.termUnit, at);
  purchase.activations += 1;
  world.purchases.note(purchase, 'Activated: billing started', at);
  watch(world, purchase);
};

/** One Activate call. Accepted means asked for: whether and when it takes effect is a switch. */
export const activate = (world: World, purchase: Purchase, body: string): ActivateAnswer => {
  const { switches, clock } = world;
  const status = purchase.subscription.saasSubscriptionStatus;
  purchase.activateCalls += 1;
  if (status === 'Unsubscribed') return 'not-found';
  if (status !== 'PendingFulfillmentStart') return switches.repeatActivate === 200 ? 'accepted' : 'already-active';
  if (switches.activateBody === 'strict' && !isWhatWasBought(purchase, body)) return 'not-what-was-bought';
  if (purchase.isActivating) return 'accepted';
  purchase.isActivating = true;
  const delaySeconds = switches.activate === 'sync' ? 0 : switches.activateDelaySeconds;
  const fails = switches.activate === 'fails';
  clock.at(new Date(clock.now().getTime() + delaySeconds * 1000), (at) => takeEffect(world, purchase, at, fails));
  return 'accepted';
};
