import type { Party, Role, Visit } from './party.ts';

/** Where the set-up stands: ours, not Microsoft's (design 4). */
export const STAGES = [
  'resolved',
  'provisioning',
  'awaiting-confirmation',
  'confirmed',
  'activating',
  'activation-failed',
  'active',
  'suspended',
  'cancelled',
  'erased',
] as const;
export type Stage = (typeof STAGES)[number];

export const STEPS = ['organization', 'admin-user', 'notification'] as const;
export type StepName = (typeof STEPS)[number];
export type StepState = 'pending' | 'done' | 'held' | 'failed';

/** Something tried outside, written down before it is tried: who tries (one invocation), the how-manieth time, since when. */
export type Claim = { by: string; at: string };

/**
 * Work that is retried. `attempts` counts the claims since `since`, the first try after the work was asked for; `code`
 * says why the newest try failed. Instants are ISO 8601.
 */
export type Attempts = {
  attempts: number;
  /** How often it was put off in a row: what the growing delay counts. */
  delays?: number;
  since?: string;
  claim?: Claim;
  nextTryAt?: string;
  code?: string;
};

export type Step = Attempts & { state: StepState; at?: string };

export type Term = { termUnit?: string; startDate?: string; endDate?: string };

export type Contact = {
  name: string;
  email: string;
  company?: string;
  phone?: string;
  [field: string]: string | undefined;
};

/** Who did something: an operator by object id and name, a party by role, or nobody in person. */
export type Actor =
  | { kind: 'operator'; objectId: string; name: string }
  | { kind: 'buyer'; objectId: string; roles: Role[] }
  | { kind: 'microsoft' }
  | { kind: 'system' };

export type MailKind =
  | 'new-onboarding'
  | 'step-failed'
  | 'already-billed'
  | 'billing-started-operators'
  | 'activation-failed'
  | 'request-received'
  | 'workspace-ready'
  | 'billing-started'
  | 'change-done'
  | 'change-refused'
  | 'suspended'
  | 'suspended-operators'
  | 'reinstated'
  | 'unsubscribed'
  | 'unsubscribed-operators'
  | 'refusal-overruled'
  | 'new-value'
  | 'reminder'
  | 'reminder-operators'
  | 'workspace-failed'
  | 'erasure-soon';

/**
 * A message to one recipient. `occurrence` tells repeated messages of a kind apart; (subscription, kind, occurrence,
 * recipient) give the `Operation-Id` under which the mail service sees each send (P3).
 */
export type Mail = Attempts & {
  kind: MailKind;
  occurrence: string;
  to: string;
  state: 'pending' | 'sent' | 'failed';
  sentAt?: string;
};

/** The code of an activation that waits because the publisher has paused them. */
export const ACTIVATIONS_PAUSED = 'activations-paused';

/** The call that starts billing, from the request to what Microsoft says afterwards (contract 2.4). */
export type Activation = Attempts & {
  requestedAt: string;
  actor: Actor;
  reason?: string;
  /**
   * What Microsoft answered to the newest call: `accepted` (200) is not yet true, `look` (400, 404, 409) says nothing by
   * itself, `lost`: whether it was taken, only the re-reads can say.
   */
  answer?: 'accepted' | 'look' | 'lost';
  /** Re-reads of the subscription since the last call. */
  reads: number;
};

/**
 * A change that is under way at Microsoft (contract 3), ours from the buyer's request to its end, or begun there. While
 * `id` is absent Microsoft was asked, or is about to be, and has not answered yet.
 */
export type PendingOperation = Attempts & {
  id?: string;
  /** Open set: `ChangePlan`, `ChangeQuantity`, `Unsubscribe`, and whatever else. */
  action: string;
  planId?: string;
  quantity?: number;
  beganAt: string;
  /** Who asked for it here; absent where it was begun at Microsoft. */
  actor?: Actor;
  /** How often it was looked at since. */
  reads: number;
};

/** A change begun at Microsoft that the publisher does not sell. `isOverruled`: Microsoft made it all the same. */
export type Refusal = { operationId: string; at: string; isOverruled?: boolean };

/** What the workspace is to give: `off` keeps all data, `ended` too, until it is erased. */
export type WorkspaceState = { planId: string; quantity?: number; access: 'on' | 'off' | 'ended' };

/** Keeps the workspace as the subscription is: `applied` is what it was told last, `wanted` what the tries are about. */
export type WorkspaceSync = Attempts & {
  state: 'pending' | 'failed';
  applied?: WorkspaceState;
  wanted?: WorkspaceState;
};

export type ErasurePart = 'contact' | 'workspace';

/** The deletion of what is kept of an ended subscription, its two parts each at their time. */
export type Erasure = Attempts & {
  contactDueAt: string;
  workspaceDueAt: string;
  /** When operators were told that a part comes. */
  warned?: Partial<Record<ErasurePart, string>>;
  /** As `warned`, of older records: of the part that came first. */
  warnedAt?: string;
  /** An operator stopped it; or the system did, because it could not be done or Microsoft says that the subscription lives. */
  hold?: { at: string; actor: Actor; reason: string };
  /** The part whose deletion has begun: it is carried through, whatever is held since. */
  begun?: ErasurePart;
  contactErasedAt?: string;
  workspaceErasedAt?: string;
};

/**
 * Microsoft is asked by itself: after the `end` of an unanswered purchase, or for the dates of a `term` that is missing them
 * (contract 5, 12.21). `at`: when next; absent: no more, reconciliation is left to it.
 */
export type Recheck = {
  about: 'end' | 'term';
  reads: number;
  at?: string;
  /** Since when Microsoft does not know it (404). */
  unknownSince?: string;
};

/** The operator's word that the workspace is ready. `over`: failed steps that were knowingly confirmed over, with a reason. */
export type Confirmation = { at: string; actor: Actor; reason?: string; over: StepName[] };

/** A subscription as Pegasus keeps it. `version` counts commits; Microsoft's part mirrors the newest read. */
export type Subscription = {
  id: string;
  version: number;
  /** One id for every Marketplace call of this subscription's life. */
  correlationId: string;
  firstSeenAt: string;
  updatedAt: string;
  /** When the read of Microsoft's side that this record mirrors was begun. */
  observedAt: string;

  name: string;
  offerId: string;
  planId: string;
  planName?: string;
  quantity?: number;
  purchaser: Party;
  beneficiary: Party;
  bound: Partial<Record<Role, string>>;
  term?: Term;
  autoRenew?: boolean;
  isTest: boolean;
  isFreeTrial: boolean;
  allowedCustomerOperations: string[];
  createdAt?: string;
  /** Open set: whatever Microsoft says. */
  marketplaceStatus: string;

  stage: Stage;
  stageSince: string;
  visits: Visit[];
  contact?: Contact;
  requestedAt?: string;
  steps: Record<StepName, Step>;
  confirmation?: Confirmation;
  activation?: Activation;
  activatedAt?: string;
  /** Since when payment fails, by what Microsoft said. */
  suspendedAt?: string;
  cancelledAt?: string;
  /** Taken over as it was from before this service: nobody is told anything until an operator starts the set-up. */
  adoptedAt?: string;
  /** Came back from a backup: what was done between the backup and the loss is not in it. */
  restoredAt?: string;
  pendingOperation?: PendingOperation;
  /** Changes begun at Microsoft that were refused by the publisher's policy, the newest last. */
  refusals?: Refusal[];
  /** The organization's id, once it was made. */
  organizationId?: string;
  workspaceUrl?: string;
  workspace?: WorkspaceSync;
  erasure?: Erasure;
  recheck?: Recheck;
  /** When the next reminder of an unanswered purchase is due, and the days before the end that were reminded of. */
  remindAt?: string;
  reminded?: number[];
  mails: Mail[];
};

/** What Microsoft says of a subscription at one moment: the parsed answer of Get, List or Resolve (contract 2.2). */
export type Snapshot = {
  id: string;
  name: string;
  offerId: string;
  planId: string;
  quantity?: number;
  purchaser: Party;
  beneficiary: Party;
  term?: Term;
  autoRenew?: boolean;
  isTest: boolean;
  isFreeTrial: boolean;
  allowedCustomerOperations: string[];
  createdAt?: string;
  /** Trimmed, otherwise as Microsoft spells it. */
  status: string;
};

/** One line of a subscription's history. `what` is a stable code, `detail` a short sentence without personal data. */
export type TimelineEntry = { at: string; what: string; actor: Actor; detail?: string };
