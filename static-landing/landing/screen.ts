import type { View } from '../../src/application/view.ts';
import type { Problem } from '../api/problem.ts';
import type { Account } from '../auth/entra.ts';
import type { Profile } from '../auth/profile.ts';
import type { Fault } from '../design/form.tsx';
import type { Situation } from './situation.ts';

/** What the buyer tells about themselves. */
export type ContactInput = { name: string; email: string; company: string; phone: string };

/** The purchase with everything that may be going on about it. */
export type PurchaseScreen = {
  at: 'purchase';
  view: View;
  situation: Situation;
  profile: Profile;
  /** What was sent with Onboard from this tab. */
  contact?: ContactInput;
  busy?: 'onboard' | 'activate';
  /** Why what was just asked for did not happen. */
  problem?: Problem;
  faults: Fault[];
  /** Onboard was pressed on this page, not only some time ago. */
  wasRequestedHere: boolean;
  /** For screen readers: which steps moved on. */
  announcement: string;
  isOffline: boolean;
};

/** Why there is a page with a button to sign in. */
export type SignInReason = 'interrupted' | 'expired' | 'cancelled' | 'failed' | 'unknown';

/** Ends without a button: what to do next is done elsewhere. */
export type DeadEnd = 'no-purchase' | 'lost' | 'blocked' | 'approved';

/** The one thing that the page shows at a time. */
export type Screen =
  | { at: 'working'; on: 'sign-in' | 'open' }
  | { at: 'end'; what: DeadEnd }
  | { at: 'sign-in'; why: SignInReason; code?: string }
  | { at: 'approval'; link: string; code?: string }
  | { at: 'problem'; problem: Problem; account?: Account }
  | PurchaseScreen;
