import type { ComponentType } from 'preact';
import type { View } from '../../src/application/view.ts';
import type { Problem } from '../api/problem.ts';
import type { SignInOptions } from '../auth/begin.ts';
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
  /** What the contact form that was sent from this page has done. */
  done?: 'onboard.done' | 'contact.done' | undefined;
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
export type StoppedPart = { screen: StoppedScreen; brand: Brand; onSignIn: (options?: SignInOptions) => void };

/** Why there is a page with a button to sign in. */
export type SignInReason = 'interrupted' | 'expired';

/**
 * Why the way in stopped: an administrator has to approve the page for the tenant that the sign-in was for, or has just
 * done so; the sign-in ended otherwise (`code`: Microsoft's error), was none of this tab, or the tab cannot keep the purchase.
 */
export type Stop =
  | { why: 'approval'; tenant: string; code?: string }
  | { why: 'cancelled' | 'failed'; code?: string }
  | { why: 'approved' | 'unknown' | 'lost' | 'blocked' };

export type StoppedScreen = { at: 'stopped'; part: ComponentType<StoppedPart>; app: SignInApp; stop: Stop };

/** The one thing that the page shows at a time. */
export type Screen =
  | { at: 'working'; on: 'sign-in' | 'open' }
  | { at: 'no-purchase' }
  | { at: 'sign-in'; why: SignInReason }
  | StoppedScreen
  | { at: 'problem'; problem: Problem; account?: Account }
  | PurchaseScreen;
