import { type Calls, makeCalls } from './calls.ts';
import { type MarketplaceClock, makeClock } from './clock.ts';
import { type Faults, makeFaults } from './faults.ts';
import { makePurchaseTokens, type PurchaseTokens } from './purchase-token.ts';
import { makePurchases, type Purchase, type Purchases } from './purchases.ts';
import { defaultSwitches, type Switches } from './switches.ts';

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
};

/** What of it outlives the process, where it is kept. */
export type KeptWorld = { purchases: Purchase[]; purchaseTokenKey: string; clockAheadMs: number };

export const toKeep = (world: World): KeptWorld => ({
  purchases: world.purchases.all(),
  purchaseTokenKey: world.purchaseTokens.key,
  clockAheadMs: world.clock.aheadMs(),
});

export const makeWorld = (landingUrl: string, kept?: KeptWorld): World => {
  const clock = makeClock(kept?.clockAheadMs);
  return {
    landingUrl,
    clock,
    purchases: makePurchases(clock, kept?.purchases),
    purchaseTokens: makePurchaseTokens(clock, kept?.purchaseTokenKey),
    switches: defaultSwitches(),
    faults: makeFaults(),
    calls: makeCalls(),
  };
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
