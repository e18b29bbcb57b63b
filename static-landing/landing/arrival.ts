import { takeSignInAnswer } from '../auth/begin.ts';
import type { Profile } from '../auth/profile.ts';
import type { Memory } from '../auth/session.ts';
import { forgetTokens } from '../auth/tokens.ts';
import type { ContactInput } from './screen.ts';

/** What is remembered of the purchase, so that a reload shows it again. */
export type KeptPurchase = {
  purchaseToken: string;
  subscriptionId?: string;
  profile?: Profile;
  contact?: ContactInput;
};

/** How somebody came to this page. */
export type Arrival =
  | { from: 'marketplace'; purchaseToken: string }
  | { from: 'sign-in'; answer: URLSearchParams }
  /** An administrator who has approved this page for the organization. */
  | { from: 'approval' }
  | { from: 'nowhere' };

const NAME = 'purchase';

/** The purchase that this entry of the tab's history is about, else the newest of the tab. */
export const keptPurchase = (memory: Memory): KeptPurchase | undefined =>
  (history.state as { purchase?: KeptPurchase } | null)?.purchase ?? (memory.read(NAME) as KeptPurchase | undefined);

/** With the history's entry too, so that the back button finds the purchase that was open there. */
export const keepPurchase = (memory: Memory, purchase: KeptPurchase): void => {
  memory.write(NAME, purchase);
  history.replaceState({ purchase }, '');
};

/**
 * Reads the address and takes purchase token and sign-in answer out of it at once, before anything else happens. A new
 * purchase replaces the one that the tab remembered.
 */
export const arrive = (memory: Memory): Arrival => {
  const query = new URLSearchParams(location.search);
  // A `+` that was not percent-encoded has become a space; no purchase token contains one (contract 12).
  const purchaseToken = query.get('token')?.trim().replace(/ /g, '+');
  const answer = takeSignInAnswer();
  if (location.search !== '') history.replaceState(null, '', location.pathname);
  if (purchaseToken) {
    forgetTokens(memory);
    keepPurchase(memory, { purchaseToken });
    return { from: 'marketplace', purchaseToken };
  }
  if (answer) return { from: 'sign-in', answer };
  return query.has('admin_consent') && !query.has('error') ? { from: 'approval' } : { from: 'nowhere' };
};
