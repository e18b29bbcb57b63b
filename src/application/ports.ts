import type { WantedChange } from '../domain/change-policy.ts';
import type { Notice, Operation } from '../domain/notice.ts';
import type { Reconciliation } from '../domain/reconciliation.ts';
import type { MailKind, Snapshot, Stage, Subscription, TimelineEntry, WorkspaceState } from '../domain/subscription.ts';
import type { Queue } from '../domain/work.ts';

export type Clock = () => Date;

/** A fresh GUID. */
export type NewId = () => string;

/** A record as stored: the ETag that the next commit must match, and the index rows that it stands under. */
export type Stored = { record: Subscription; etag: string; rows: string[] };

export type ListQuery = { stage?: Stage; q?: string; cursor?: string; limit: number };

export type SubscriptionStore = {
  load(id: string): Promise<Stored | undefined>;
  /**
   * Writes the record, its history and its index rows as one transaction (design 5).
   * Answers `conflict` when another commit came first: load again and decide again. A commit that storage took and whose
   * answer was lost is no conflict: it answers the record as it is by then.
   * @throws `storage-unavailable`
   */
  commit(change: { before?: Stored; next: Subscription; entries: TimelineEntry[] }): Promise<Stored | 'conflict'>;
  timeline(id: string): Promise<TimelineEntry[]>;
  list(query: ListQuery): Promise<{ records: Subscription[]; cursor?: string }>;
  /**
   * Makes every entry of the history what `left` leaves of it, and deletes the notices: in batches, before the commit that
   * says so. Safe to repeat; what is done already costs no write.
   */
  eraseHistory(id: string, left: (entry: TimelineEntry) => TimelineEntry): Promise<void>;
  /** What is due at `now`: a subscription's own work, or with `key` one of its notices. */
  due(now: Date): AsyncIterable<Due>;
};

/** Since `at` (ISO 8601) work waits in `queues`; with `key` it is one notice. */
export type Due = { at: string; subscriptionId: string } & ({ queues: Queue[]; key?: never } | { key: string });

/** A notice as stored: the ETag that the next save must match, and the due row that it stands under. */
export type StoredNotice = { notice: Notice; etag: string; due?: string };

/** What Microsoft told, beside the record in its bucket, each with a due row for as long as it is open. */
export type Inbox = {
  /** One transaction. `known`: it is there already, whatever became of it since. @throws `storage-unavailable` */
  put(notice: Notice): Promise<'new' | 'known'>;
  load(subscriptionId: string, key: string): Promise<StoredNotice | undefined>;
  save(stored: StoredNotice, next: Notice): Promise<StoredNotice | 'conflict'>;
  /** Keeps, cut to 16 Ki characters and without e-mail addresses, what nobody can read. `key`: SHA-256 of the whole. */
  putUnreadable(key: string, text: string, receivedAt: string): Promise<'new' | 'known'>;
  /** Deletes what nobody could read and came before that. Safe to repeat. @throws `storage-unavailable` */
  forgetUnreadable(before: Date): Promise<void>;
};

/** The state of the reconciliation as stored: the ETag that the next save must match. */
export type StoredPasses = { known: Reconciliation; etag: string };

export type Passes = {
  load(): Promise<StoredPasses | undefined>;
  /** Without an ETag: the first one ever. `conflict`: another was first. @throws `storage-unavailable` */
  save(next: Reconciliation, etag: string | undefined): Promise<StoredPasses | 'conflict'>;
};

/** Values that Microsoft sent for the first time: the subscription that brought one is the only one to tell of it (P8). */
export type Values = { claim(value: string, subscriptionId: string): Promise<boolean> };

/** When something was last seen to happen, by a word for what: for people who look after the service, never for decisions. */
export type Sightings = {
  /** Writes it down, unless it was within the last minutes. @throws `storage-unavailable` */
  saw(what: string, at: Date): Promise<void>;
  all(): Promise<{ what: string; at: string }[]>;
};

/** Messages carry the subscription's id only; a handler loads the record and does what it still asks for. */
export type Queues = {
  send(queue: Queue, subscriptionId: string, delaySeconds?: number): Promise<void>;
  /** As `send` to `marketplace-events`, about one notice. */
  sendNotice(subscriptionId: string, key: string, delaySeconds?: number): Promise<void>;
  /** About how many messages it holds, the delayed ones too. @throws `storage-unavailable` */
  count(queue: Queue): Promise<number>;
};

export type Plan = { planId: string; displayName: string };

/** What one term of a plan costs, in its currency; of one seat where the plan is per seat (contract 2.7). */
export type PlanPrice = { termUnit: string; currency: string; price: number };

/** A plan as List Available Plans shows it; what Microsoft leaves out is absent. */
export type OfferedPlan = Plan & {
  description?: string;
  isPricePerSeat?: boolean;
  /** No longer sold to anybody new. */
  isStopSell?: boolean;
  minQuantity?: number;
  maxQuantity?: number;
  prices?: PlanPrice[];
};

/**
 * What Microsoft says to a change that was asked for (contract 2.8, 2.9). `taken`: it is under way, under this id if one could
 * be read; `refused`: it will not be, for a reason in a word of Microsoft's; `busy`: it was not even looked at.
 */
export type ChangeAnswer =
  | { kind: 'taken'; operationId?: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'busy' };

/** Known plan names of an offer (plan id to name); kept for the pages, never for decisions. */
export type PlanNames = {
  find(offerId: string): Promise<{ names: Record<string, string>; savedAt: string } | undefined>;
  save(offerId: string, plans: Plan[], savedAt: string): Promise<void>;
};

/**
 * `interactive`: somebody waits, give up within 20 s in all. `background`: a queue retries, one shorter round is enough.
 * `withinMs`: what is left of the time where other calls had some of it.
 */
export type CallContext = { correlationId: string; patience: 'interactive' | 'background'; withinMs?: number };

/** A page of all subscriptions of the publisher. `next`: where the following page begins; absent on the last one. */
export type ListPage = { items: (Snapshot | { error: unknown })[]; next?: string };

/** Microsoft's SaaS fulfilment API v2 (contract 2). Every call may throw `marketplace-unavailable` or `marketplace-forbidden`. */
export type Marketplace = {
  /** @throws `purchase-token-invalid` when Microsoft refuses the token (also expired) */
  resolve(purchaseToken: string, context: CallContext): Promise<Snapshot>;
  /** `undefined`: Microsoft does not know the subscription (404). */
  get(id: string, context: CallContext): Promise<Snapshot | undefined>;
  /**
   * A page of all subscriptions, the ended ones and those of other offers too (contract 2.6). Pages may be short or empty; a
   * row that cannot be read is an error among the items. `continuation`: the `next` of the page before.
   * @throws `marketplace-refused` also when Microsoft does not take the continuation (any more)
   */
  list(continuation: string | undefined, context: CallContext): Promise<ListPage>;
  /**
   * Asks Microsoft to start billing. `accepted` (200) is not yet true; `look` (400, 404, 409) says nothing by itself:
   * the truth is what `get` answers afterwards (contract 2.4).
   */
  activate(
    id: string,
    purchased: { planId: string; quantity?: number },
    context: CallContext,
  ): Promise<'accepted' | 'look'>;
  /** `undefined`: Microsoft does not know the operation, or has none to show for what it told (400, 404; contract 3). */
  getOperation(
    id: string,
    operationId: string,
    context: CallContext,
    /** One try of so long at most, for who has no time for more. */
    timeoutMs?: number,
  ): Promise<Operation | undefined>;
  /** The operations that are under way; one that is new may be missing still (contract 3). */
  listOperations(id: string, context: CallContext): Promise<Operation[]>;
  /**
   * Asks for another plan or another number of seats, one try.
   * @throws `marketplace-forbidden`, `marketplace-refused`: nothing came of it; whatever else is thrown says nothing about that
   */
  change(id: string, wanted: WantedChange, context: CallContext): Promise<ChangeAnswer>;
  /** Asks for the end of the subscription; as `change`. */
  cancel(id: string, context: CallContext): Promise<ChangeAnswer>;
  /** Says that the change is taken, one try. Nothing depends on it: 10 s of silence say the same (contract 4.2). */
  acknowledge(id: string, operationId: string, context: CallContext): Promise<void>;
  /** The plans on sale to this subscription, within `timeoutMs` in all. The one it has may be missing (contract 2.7). */
  listAvailablePlans(id: string, context: CallContext, timeoutMs: number): Promise<OfferedPlan[]>;
};

export type AdminUser = { tenantId: string; objectId: string; email: string };

/** The publisher's product: every act is safe to repeat under the same ids. */
export type Workspace = {
  /**
   * Makes the organization, or adds this subscription's claim to it. `version` is that of the record: the newest holds.
   * `existed`: another subscription had made it before.
   * @throws `workspace-unavailable` while the organization is being erased
   */
  createOrganization(request: {
    organizationId: string;
    name: string;
    subscriptionId: string;
    offerId: string;
    planId: string;
    quantity?: number;
    version: number;
  }): Promise<{ existed: boolean; workspaceUrl?: string }>;
  createAdminUser(request: { organizationId: string; subscriptionId: string; admin: AdminUser }): Promise<void>;
  /**
   * Says what the subscription is now. A state with a lower `version` than the newest is left unread, and so is one of a
   * claim that does not exist, or not any more. The organization has access while one of its claims is live.
   */
  applyState(
    request: WorkspaceState & { organizationId: string; subscriptionId: string; version: number },
  ): Promise<void>;
  /** Erases all that is kept for this subscription, and with its last claim the organization and its users. */
  erase(request: { organizationId: string; subscriptionId: string }): Promise<void>;
};

/** All that a message may say. The templates choose by kind; mails to buyers never contain what a visitor typed. */
export type MailFacts = {
  subscription: Subscription;
  /** What tells this message from others of its kind; of `new-value` the value itself. */
  occurrence: string;
  /** Who the admin user is and from where, when one could be found. */
  admin?: { email: string; source: 'purchaser' | 'beneficiary' | 'contact' };
  consoleUrl: string;
  publisherName: string;
  supportEmail?: string;
  activationPolicy: 'buyer' | 'operator' | 'when-ready';
};

export type OutgoingMail = { operationId: string; kind: MailKind; to: string; facts: MailFacts };

export type Mailer = {
  /**
   * One attempt, no retry of its own. `sent`: the service answered 2xx. `later`: it asked to wait (429) or could not be
   * reached. `refused`: it will never take this message.
   */
  send(
    mail: OutgoingMail,
  ): Promise<
    { kind: 'sent' } | { kind: 'later'; retryAfterSeconds?: number; code: string } | { kind: 'refused'; code: string }
  >;
};
