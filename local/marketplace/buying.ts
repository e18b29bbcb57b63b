import { PLANS } from './catalogue.ts';
import { begin, watch } from './operations/run.ts';
import type { Order, Purchase } from './purchases.ts';
import type { World } from './world.ts';

/**
 * A customer buys. An auto-activated plan is billed from here on, and the publisher told when the switch says so
 * (contract 0.1).
 *
 * @throws OrderRefused
 */
export const buy = (world: World, order: Order): Purchase => {
  const purchase = world.purchases.add(order);
  const { planId } = purchase.subscription;
  if (PLANS.some((plan) => plan.planId === planId && plan.autoActivated)) {
    world.purchases.note(purchase, 'Activated by Microsoft at the purchase: billing starts');
    begin(world, purchase, { action: 'Subscribe', tell: world.switches.subscribeWebhook });
  } else watch(world, purchase);
  return purchase;
};
