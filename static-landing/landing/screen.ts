import type { ComponentType } from 'preact';
import type { View } from '../../src/application/view.ts';
import type { Problem } from '../api/problem.ts';
import type { Account, SignInApp } from '../auth/entra.ts';
import type { Profile } from '../auth/profile.ts';
import type { Brand } from '../config.ts';
import type { Fault } from '../design/form.tsx';
import type { Journey } from './journey.ts';
import type { Outcome } from './progress.ts';
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
  busy?: 'onboard' | 'activate' | 'manage' | 'change';
  /** Why what was just asked for did not happen. */
  problem?: Problem;
  faults: Fault[];
  /** Onboard was pressed on this page, not only some time ago. */
  wasRequestedHere: boolean;
  /** For screen readers: which steps moved on. */
  announcement: string;
  isOffline: boolean;
  /** The part of the page that changes or cancels the subscription, while it is open. */
  manage?: ComponentType<ManagePart> | undefined;
  /** Names of plans, by id, that have been shown besides the view's own. */
  planNames?: Record<string, string>;
  /** What became of the change that was last under way. */
  outcome?: Outcome | undefined;
};

export type ManagePart = { screen: PurchaseScreen; brand: Brand; journey: Journey };
export type ApprovalPart = { screen: ApprovalScreen; brand: Brand; onSignIn: () => void };

/** Why there is a page with a button to sign in. */
export type SignInReason = 'interrupted' | 'expired' | 'cancelled' | 'failed' | 'unknown';

/** Ends without a button: what to do next is done elsewhere. */
export type DeadEnd = 'no-purchase' | 'lost' | 'blocked';

/** An administrator has to approve the page for the tenant that the sign-in was for; without one: they have. */
export type ApprovalScreen = {
  at: 'approval';
  part: ComponentType<ApprovalPart>;
  app: SignInApp;
  tenant?: string;
  code?: string;
};

/** The one thing that the page shows at a time. */
export type Screen =
  | { at: 'working'; on: 'sign-in' | 'open' }
  | { at: 'end'; what: DeadEnd }
  | { at: 'sign-in'; why: SignInReason; code?: string }
  | ApprovalScreen
  | { at: 'problem'; problem: Problem; account?: Account }
  | PurchaseScreen;
