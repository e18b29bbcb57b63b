import type { View } from '../../src/application/view.ts';
import type { Problem } from '../api/problem.ts';
import type { Account } from '../auth/entra.ts';
import type { Profile } from '../auth/profile.ts';
import type { Fault } from '../design/form.tsx';

/** What the buyer tells about themselves. */
export type ContactInput = { name: string; email: string; company: string; phone: string };

/** The purchase with everything that may be going on about it. */
export type PurchaseScreen = {
  at: 'purchase';
  view: View;
  profile: Profile;
  /** What was sent with Onboard from this tab. */
  contact?: ContactInput;
  busy?: 'onboard' | 'activate';
  /** Why what was just asked for did not happen. */
  problem?: Problem;
  faults: Fault[];
  /** Onboard was pressed on this page, not only some time ago. */
  wasRequestedHere: boolean;
  /** For screen readers: what moved on since the last look. */
  announcement: string;
  isOffline: boolean;
};

/** The one thing that the page shows at a time. */
export type Screen =
  | { at: 'working'; on: 'sign-in' | 'open' }
  | { at: 'no-purchase' }
  | { at: 'sign-in'; why: 'interrupted' | 'expired' | 'failed' | 'unknown'; code?: string }
  | { at: 'problem'; problem: Problem; account?: Account }
  | PurchaseScreen;
