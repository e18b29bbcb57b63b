import type { Problem } from '../api/problem.ts';
import type { MessageKey } from './text.ts';

export type Remedy = 'retry' | 'other-account' | 'reopen' | 'none';
export type ProblemWords = { title: MessageKey; text: MessageKey; remedy: Remedy };

const MARKETPLACE: ProblemWords = {
  title: 'problem.marketplace.title',
  text: 'problem.marketplace.text',
  remedy: 'retry',
};
const UNAVAILABLE: ProblemWords = {
  title: 'problem.unavailable.title',
  text: 'problem.unavailable.text',
  remedy: 'retry',
};
const REQUEST: ProblemWords = { title: 'problem.request.title', text: 'problem.request.text', remedy: 'retry' };
const INTERNAL: ProblemWords = { title: 'problem.internal.title', text: 'problem.internal.text', remedy: 'retry' };

/** Why a change is not possible (design 7): the part for changes has the words. */
export type ChangeCode =
  | 'not-active'
  | 'not-per-seat'
  | 'nothing-to-change'
  | 'change-not-allowed'
  | 'change-not-sold'
  | 'change-in-progress'
  | 'change-refused';

/** Codes that never reach the buyer's page: the operators' own, and those that have a page without an error. */
type Elsewhere =
  | 'purchase-token-missing'
  | 'unauthenticated'
  | 'not-an-operator'
  | 'not-ready'
  | 'reason-required'
  | 'nothing-to-retry'
  | 'already-started'
  | 'reconciliation-stopped'
  | 'no-erasure'
  | 'workspace-unavailable';

const WORDS: Record<Exclude<Problem['code'], ChangeCode | Elsewhere>, ProblemWords> = {
  'purchase-token-invalid': { title: 'problem.token.title', text: 'problem.token.text', remedy: 'reopen' },
  'not-a-party': { title: 'problem.party.title', text: 'problem.party.text', remedy: 'other-account' },
  'not-allowed': { title: 'problem.not-allowed.title', text: 'problem.not-allowed.text', remedy: 'other-account' },
  'not-confirmed': { title: 'problem.not-confirmed.title', text: 'problem.not-confirmed.text', remedy: 'retry' },
  'subscription-not-found': { title: 'problem.not-found.title', text: 'problem.not-found.text', remedy: 'reopen' },
  'subscription-cancelled': { title: 'problem.cancelled.title', text: 'problem.cancelled.text', remedy: 'none' },
  'too-many-requests': { title: 'problem.busy.title', text: 'problem.busy.text', remedy: 'retry' },
  'marketplace-unavailable': MARKETPLACE,
  'marketplace-forbidden': MARKETPLACE,
  'marketplace-refused': MARKETPLACE,
  'signing-keys-unavailable': UNAVAILABLE,
  'record-contended': UNAVAILABLE,
  'storage-unavailable': UNAVAILABLE,
  network: { title: 'problem.network.title', text: 'problem.network.text', remedy: 'retry' },
  'invalid-request': REQUEST,
  'body-too-large': REQUEST,
  'unsupported-media-type': REQUEST,
  'internal-error': INTERNAL,
};

/** Bought by a personal account: there is no organization to sign in to. */
const ALONE: ProblemWords = {
  title: 'problem.party-alone.title',
  text: 'problem.party-alone.text',
  remedy: 'other-account',
};

/** What to say of a problem and what can be done about it; a code that is new to this page is a failure like any other. */
export const wordsOf = ({ code, signInTenants }: Problem): ProblemWords => {
  if (code === 'not-a-party' && signInTenants.length === 0) return ALONE;
  return (WORDS as Partial<typeof WORDS & Record<string, ProblemWords>>)[code] ?? INTERNAL;
};
