import { type Calls, makeCalls } from './calls.ts';
import { type MarketplaceClock, makeClock } from './clock.ts';
import { type Faults, makeFaults } from './faults.ts';
import { makePurchaseTokens, type PurchaseTokens } from './purchase-token.ts';
import { makePurchases, type Purchase, type Purchases } from './purchases.ts';
import { defaultSwitches, type Switches, type SwitchesPatch } from './switches.ts';
import type { WebhookConfig } from './webhook/config.ts';
import { type Deliveries, makeDeliveries } from './webhook/deliveries.ts';

/** Everything Microsoft's side knows. */
export type World = {
  /** The landing page as the publisher entered it in Partner Center. */
  landingUrl: string;
  clock: MarketplaceClock;
  purchases: Purchases;
  purchaseTokens: PurchaseTokens;
  switches: Switches;
  faults: Faults;
  calls: Calls;
  /** Absent: the publisher has none, and whatever is asked of it is accepted by silence. */
  webhook: WebhookConfig | undefined;
  deliveries: Deliveries;
  /** Webhooks delayed so far by the switch, since it was turned last. */
  delayed: number;
  /** Ends the calls of the webhook that are under way. */
  closing: AbortController;
};

/** What of it outlives the process, where it is kept. */
export type KeptWorld = { purchases: Purchase[]; purchaseTokenKey: string; clockAheadMs: number };

export const toKeep = (world: World): KeptWorld => ({
  purchases: world.purchases.all(),
  purchaseTokenKey: world.purchaseTokens.key,
  clockAheadMs: world.clock.aheadMs(),
});

export const makeWorld = (landingUrl: string, webhook: WebhookConfig | undefined, kept?: KeptWorld): World => {
  const clock = makeClock(kept?.clockAheadMs);
  return {
    landingUrl,
    clock,
    purchases: makePurchases(clock, kept?.purchases),
    purchaseTokens: makePurchaseTokens(clock, kept?.purchaseTokenKey),
    switches: defaultSwitches(),
    faults: makeFaults(),
    calls: makeCalls(),
    webhook,
    deliveries: makeDeliveries(),
    delayed: 0,
    closing: new AbortController(),
  };
};

/** How long the next webhook waits before it is sent. */
export const nextWebhookDelaySeconds = (world: World): number => {
  const delays = world.switches.webhookDelaysSeconds;
  const delay = delays[world.delayed % delays.length] ?? 0;
  world.delayed += 1;
  return delay;
};

/** Turns switches; a series begins anew. */
export const turnSwitches = (world: World, patch: SwitchesPatch): void => {
  Object.assign(world.switches, patch);
  if (patch.webhookDelaysSeconds) world.delayed = 0;
};

/** Where Configure account sends the buyer's browser: with a fresh purchase token, percent-encoded once (contract 7). */
export const toLandingPage = (world: World, { subscription }: Purchase) => {
  const purchaseToken = world.purchaseTokens.make(subscription.id);
  const separator = world.landingUrl.includes('?') ? '&' : '?';
  return {
    subscriptionId: subscription.id,
    purchaseToken,
    landingUrl: `${world.landingUrl}${separator}token=${encodeURIComponent(purchaseToken)}`,
  };
};
