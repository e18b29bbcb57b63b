import { takeSignInAnswer } from '../auth/begin.ts';
import type { Profile } from '../auth/profile.ts';
import type { Memory } from '../auth/session.ts';
import { forgetTokens } from '../auth/tokens.ts';
import type { ContactInput } from './screen.ts';

/** What the tab remembers of the purchase, so that a reload shows it again. */
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
  | { from: 'nowhere' };

/**
 * Reads the address and takes purchase token and sign-in answer out of it at once, before anything else happens. A new
 * purchase replaces the one that the tab remembered.
 */
export const arrive = (memory: Memory): Arrival => {
  // A `+` that was not percent-encoded has become a space; no purchase token contains one (contract 12).
  const purchaseToken = new URLSearchParams(location.search).get('token')?.trim().replace(/ /g, '+');
  const answer = takeSignInAnswer();
  if (location.search !== '') history.replaceState(null, '', location.pathname);
  if (purchaseToken) {
    forgetTokens(memory);
    memory.write('purchase', { purchaseToken } satisfies KeptPurchase);
    return { from: 'marketplace', purchaseToken };
  }
  return answer ? { from: 'sign-in', answer } : { from: 'nowhere' };
};
