import { eraseAfter } from '../domain/erasure.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { type Outcome, type Rules, SYSTEM } from '../domain/outcome.ts';
import { type Role, rolesOf, type Visitor } from '../domain/party.ts';
import { badge, type Next, pendingUntil, suspendedUntil, whoseTurn } from '../domain/standing.ts';
import {
  STEPS,
  type Stage,
  type StepName,
  type StepState,
  type Subscription,
  type Term,
} from '../domain/subscription.ts';
import { activationRequested } from '../domain/transitions/activation.ts';
import { type ChangeKind, whyNoChange } from '../domain/transitions/changes.ts';
import { setUpConfirmed } from '../domain/transitions/confirmation.ts';
import { erasureHeld, erasureReleased } from '../domain/transitions/erasure-hold.ts';
import { isContactWanted, mayCorrectContact } from '../domain/transitions/onboarding.ts';
import { noteWritten, startRequested, whyNoRefresh } from '../domain/transitions/operator-acts.ts';
import { retryRequested } from '../domain/transitions/retry.ts';

/** What a party or an operator sees of a subscription (design 7). Instants are ISO 8601. */
export type View = {
  id: string;
  name: string;
  offerId: string;
  planId: string;
  planName?: string;
  quantity?: number;
  purchaserEmail: string;
  beneficiaryEmail: string;
  /** The beneficiary's. */
  tenantId: string;
  term?: Term;
  autoRenew?: boolean;
  marketplaceStatus: string;
  stage: Stage;
  badge: string;
  steps: { name: StepName; state: StepState; at?: string; code?: string; attempts: number; nextTryAt?: string }[];
  /** What this viewer may ask for now; `reason` is a stable code when not. */
  allowedOperations: { name: string; allowed: boolean; reason?: ErrorCode }[];
  /** A change that is under way; without `id` while Microsoft has not named it. */
  pendingOperation?: { id?: string; action: string; planId?: string; quantity?: number; since: string };
  /** `suspendedUntil`: 30 days for payment; `eraseAfter`: the next instant at which something of an ended subscription is erased; absent while that is held. */
  deadlines: { pendingUntil?: string; suspendedUntil?: string; eraseAfter?: string };
  activatedAt?: string;
  workspaceUrl?: string;
  next: Next;
  isTest: boolean;
  isFreeTrial: boolean;
  activationPolicy: Rules['policy'];
  /** When the set-up began: asked for by the buyer, or without a visit. */
  requestedAt?: string;
  /** Since when the stage is what it is. */
  since: string;
  /** Why the newest activation has failed or waits. */
  activationCode?: string;
  /** Why nothing of an ended subscription is erased, and since when; for operators. `by`: `operator` or `system`. */
  erasureHold?: { at: string; by: string; reason: string };
  /** The viewer's own parts in the purchase; empty for a colleague, absent for an operator. */
  yourRoles?: Role[];
};

export type Viewer = { kind: 'party'; visitor: Visitor } | { kind: 'operator'; mayAct: boolean };

type Operation = View['allowedOperations'][number];

// What is allowed is asked of the very transition that would decide it: page and service cannot disagree.
const allowed = (name: string, outcome: Outcome): Operation => {
  if (outcome.kind === 'changed') return { name, allowed: true };
  return { name, allowed: false, reason: outcome.kind === 'refused' ? outcome.code : 'not-ready' };
};

const hasEnded = ({ stage }: Subscription): boolean => stage === 'cancelled' || stage === 'erased';

const CHANGES: ChangeKind[] = ['change-plan', 'change-quantity', 'cancel'];

const changeable = (name: string, reason: ErrorCode | undefined): Operation =>
  reason === undefined ? { name, allowed: true } : { name, allowed: false, reason };

const whenContactMayChange = (name: string, record: Subscription, isAllowed: boolean): Operation => {
  if (isAllowed) return { name, allowed: true };
  return { name, allowed: false, reason: hasEnded(record) ? 'subscription-cancelled' : 'not-ready' };
};

const forParty = (record: Subscription, visitor: Visitor, rules: Rules): Operation[] => [
  whenContactMayChange('onboard', record, record.stage === 'resolved' || isContactWanted(record)),
  whenContactMayChange('correct-contact', record, mayCorrectContact(record)),
  rolesOf(record, visitor).length > 0
    ? allowed('activate', activationRequested(record, { who: 'buyer', actor: SYSTEM }, undefined, rules))
    : { name: 'activate', allowed: false, reason: 'not-allowed' },
  ...CHANGES.map((name) =>
    changeable(name, rolesOf(record, visitor).length > 0 ? whyNoChange(record, name) : 'not-allowed'),
  ),
];

const ANY_REASON = 'any';

const forOperator = (record: Subscription, mayAct: boolean, rules: Rules): Operation[] => {
  const operations = [
    allowed('confirm', setUpConfirmed(record, SYSTEM, ANY_REASON, rules)),
    allowed('activate', activationRequested(record, { who: 'operator', actor: SYSTEM }, ANY_REASON, rules)),
    allowed('retry', retryRequested(record, SYSTEM, ANY_REASON, rules)),
    changeable('refresh', whyNoRefresh(record)),
    allowed('start', startRequested(record, SYSTEM, ANY_REASON, rules)),
    allowed('note', noteWritten(record, SYSTEM, ANY_REASON, rules)),
    allowed('hold', erasureHeld(record, SYSTEM, ANY_REASON, rules)),
    allowed('release', erasureReleased(record, SYSTEM, ANY_REASON, rules)),
  ];
  return mayAct ? operations : operations.map(({ name }) => ({ name, allowed: false, reason: 'not-an-operator' }));
};

// JSON drops members that are undefined: absent in, absent out.
const present = <T extends object>(members: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;

const pendingOf = ({ pendingOperation: pending }: Subscription): View['pendingOperation'] => {
  if (!pending) return undefined;
  const { id, action, planId, quantity, beganAt: since } = pending;
  return present<NonNullable<View['pendingOperation']>>({ id, action, planId, quantity, since });
};

const holdOf = ({ erasure }: Subscription): View['erasureHold'] =>
  erasure?.hold && { at: erasure.hold.at, by: erasure.hold.actor.kind, reason: erasure.hold.reason };

export const toView = (record: Subscription, viewer: Viewer, rules: Rules): View =>
  present<View>({
    id: record.id,
    name: record.name,
    offerId: record.offerId,
    planId: record.planId,
    planName: record.planName,
    quantity: record.quantity,
    purchaserEmail: record.purchaser.email,
    beneficiaryEmail: record.beneficiary.email,
    tenantId: record.beneficiary.tenantId,
    term: record.term,
    autoRenew: record.autoRenew,
    marketplaceStatus: record.marketplaceStatus,
    stage: record.stage,
    badge: badge(record),
    steps: STEPS.map((name) => {
      const { state, at, code, attempts, nextTryAt } = record.steps[name];
      return present<View['steps'][number]>({ name, state, at, code, attempts, nextTryAt });
    }),
    allowedOperations:
      viewer.kind === 'party' ? forParty(record, viewer.visitor, rules) : forOperator(record, viewer.mayAct, rules),
    pendingOperation: pendingOf(record),
    deadlines: present<View['deadlines']>({
      pendingUntil: pendingUntil(record),
      suspendedUntil: suspendedUntil(record),
      eraseAfter: eraseAfter(record),
    }),
    activatedAt: record.activatedAt,
    workspaceUrl: record.workspaceUrl,
    next: whoseTurn(record, rules.policy),
    isTest: record.isTest,
    isFreeTrial: record.isFreeTrial,
    activationPolicy: rules.policy,
    requestedAt: record.requestedAt,
    since: record.stageSince,
    activationCode: record.activation?.code,
    erasureHold: viewer.kind === 'operator' ? holdOf(record) : undefined,
    yourRoles: viewer.kind === 'party' ? rolesOf(record, viewer.visitor) : undefined,
  });
