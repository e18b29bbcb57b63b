import { release } from '../attempts.ts';
import { setErasure } from '../erasure.ts';
import { changed, type Draft, draft, MICROSOFT, note, type Outcome, type Rules, UNCHANGED } from '../outcome.ts';
import { bindPersonalAccounts, type Party, type Visitor, withVisit } from '../party.ts';
import type { Snapshot, Stage, Subscription } from '../subscription.ts';
import { isWithoutContact } from '../tombstone.ts';
import { ask, askAlreadyBilled, askBuyer, takeBack } from './mails.ts';
import { buyerActor } from './onboarding.ts';
import { becomeActive } from './readiness.ts';

/** Microsoft's part of a record. Optional members are absent when Microsoft leaves them out. */
const mirrored = (snapshot: Snapshot) => {
  const { id: _id, status, ...mirror } = snapshot;
  return { ...mirror, marketplaceStatus: status };
};

/** Once the people in a record are erased, Microsoft's answer brings none of them back (P4). */
const mirroredFor = (record: Subscription, snapshot: Snapshot) => {
  const mirror = mirrored(snapshot);
  if (!isWithoutContact(record)) return mirror;
  const { name: _name, purchaser: _purchaser, beneficiary: _beneficiary, ...left } = mirror;
  return left;
};

const OPTIONAL = ['quantity', 'term', 'autoRenew', 'createdAt'] as const;

const firstStage = ({ status }: Snapshot): Stage => (status === 'Unsubscribed' ? 'cancelled' : 'resolved');

const STAGE_OF: Record<string, Stage> = { Subscribed: 'active', Suspended: 'suspended', Unsubscribed: 'cancelled' };

/** Made before this service took over (the publisher's own word), and not by somebody who is about to begin. */
export const isAdopted = (
  { createdAt, status }: Snapshot,
  isVisited: boolean,
  { adoptCreatedBefore }: Rules,
): boolean => {
  if (adoptCreatedBefore === undefined || createdAt === undefined) return false;
  const isOld = Date.parse(createdAt) < Date.parse(adoptCreatedBefore);
  return isOld && !(isVisited && status === 'PendingFulfillmentStart');
};

/** A purchase seen for the first time: on the landing page, in a notice or in Microsoft's list. */
export const firstSeen = (
  snapshot: Snapshot,
  seen: { correlationId: string; askedAt: string; visitor?: Visitor; planName?: string },
  rules: Rules,
): Outcome => {
  const isTakenOver = isAdopted(snapshot, seen.visitor !== undefined, rules);
  const at = rules.now.toISOString();
  const record: Subscription = {
    id: snapshot.id,
    version: 0,
    correlationId: seen.correlationId,
    firstSeenAt: at,
    updatedAt: at,
    observedAt: seen.askedAt,
    ...mirrored(snapshot),
    ...(seen.planName === undefined ? {} : { planName: seen.planName }),
    bound: {},
    stage: (isTakenOver ? STAGE_OF[snapshot.status] : undefined) ?? firstStage(snapshot),
    stageSince: at,
    visits: [],
    steps: {
      organization: { state: 'pending', attempts: 0 },
      'admin-user': { state: 'pending', attempts: 0 },
      notification: { state: 'pending', attempts: 0 },
    },
    mails: [],
    ...(isTakenOver ? { adoptedAt: at } : {}),
    ...(snapshot.status === 'Unsubscribed' ? { cancelledAt: at } : {}),
  };
  const work = draft(record, rules);
  if (seen.visitor && !isTakenOver) note(work, 'resolved', buyerActor(record, seen.visitor), snapshot.status);
  else note(work, isTakenOver ? 'adopted' : 'found', MICROSOFT, snapshot.status);
  if (seen.visitor) visit(work, seen.visitor);
  askAlreadyBilled(work);
  return changed(work);
};

const visit = ({ next, rules }: Draft, visitor: Visitor): void => {
  next.visits = withVisit(next.visits, visitor, rules.now);
  next.bound = bindPersonalAccounts(next, visitor);
};

const isSameParty = (left: Party, right: Party): boolean =>
  left.tenantId === right.tenantId && left.objectId === right.objectId && left.email === right.email;

/** Whether nothing but the bookkeeping of the draft differs. */
const isSame = (record: Subscription, next: Subscription): boolean => {
  const { version, updatedAt, observedAt } = record;
  return canonical(record) === canonical({ ...next, version, updatedAt, observedAt });
};

// Members may come in another order than they were stored in.
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );

const RUNNING = new Set(['confirmed', 'activating', 'activation-failed', 'active', 'suspended']);

/** The subscription has ended, in Microsoft's words or (`detail`) by what is known of it. */
export const end = (work: Draft, detail?: string): void => {
  const { next, rules } = work;
  const wasActivating = next.stage === 'activating';
  const wasKnownToBuyer = next.requestedAt !== undefined || next.activatedAt !== undefined;
  next.stage = 'cancelled';
  next.cancelledAt = rules.now.toISOString();
  delete next.pendingOperation;
  if (next.activation) release(next.activation);
  takeBack(work);
  note(work, 'cancelled', MICROSOFT, detail);
  // A failed activation is reported as the end of the subscription (contract 2.4).
  if (wasActivating && next.activation) {
    next.activation.code = 'marketplace-refused';
    note(work, 'activation-failed', MICROSOFT, 'marketplace-refused');
    ask(work, 'activation-failed', String(next.version), rules.operators);
  } else if (wasKnownToBuyer) ask(work, 'unsubscribed-operators', '1', rules.operators);
  if (wasKnownToBuyer) askBuyer(work, 'unsubscribed');
};

/** Follows Microsoft's status with our stage; before the confirmation the set-up goes its own way. */
const follow = (work: Draft): void => {
  const { next } = work;
  const status = next.marketplaceStatus;
  if (status === 'Unsubscribed' && next.stage !== 'cancelled') end(work);
  else if (status === 'Subscribed' && RUNNING.has(next.stage) && next.stage !== 'active') {
    becomeActive(work);
  } else if (status === 'Suspended' && RUNNING.has(next.stage) && next.stage !== 'suspended') {
    next.stage = 'suspended';
    if (next.activation) release(next.activation);
    note(work, 'suspended', MICROSOFT);
    askBuyer(work, 'suspended', String(next.version));
    ask(work, 'suspended-operators', String(next.version), work.rules.operators);
  }
};

const seats = (quantity: number | undefined): string => (quantity === undefined ? 'not per user' : String(quantity));
const termOf = ({ term }: Subscription): string => `${term?.startDate ?? 'no start'} to ${term?.endDate ?? 'no end'}`;

/** Writes down what differs in plan, seats and term, with both values, and tells the buyer of a change that was bought. */
const compare = (work: Draft, before: Subscription): void => {
  const { next } = work;
  const isPlanNew = next.planId !== before.planId;
  const areSeatsNew = next.quantity !== before.quantity;
  if (isPlanNew) note(work, 'plan-changed', MICROSOFT, `${before.planId} to ${next.planId}`);
  if (areSeatsNew) note(work, 'seats-changed', MICROSOFT, `${seats(before.quantity)} to ${seats(next.quantity)}`);
  if (before.term?.startDate !== undefined && termOf(before) !== termOf(next))
    note(work, 'term-changed', MICROSOFT, `${termOf(before)}, now ${termOf(next)}`);
  if ((isPlanNew || areSeatsNew) && RUNNING.has(next.stage) && next.activatedAt !== undefined)
    askBuyer(work, 'change-done', String(next.version));
};

/** Takes over an answer of Microsoft, asked for at `askedAt`, whole. */
export const takeOver = (work: Draft, before: Subscription, snapshot: Snapshot, askedAt: string): void => {
  const { next } = work;
  for (const name of OPTIONAL) delete next[name];
  if (next.planId !== snapshot.planId) delete next.planName;
  Object.assign(next, mirroredFor(before, snapshot), { observedAt: askedAt });
  if (next.marketplaceStatus !== before.marketplaceStatus) {
    note(work, 'status-changed', MICROSOFT, `${before.marketplaceStatus} to ${next.marketplaceStatus}`);
    delete next.suspendedAt;
    if (next.marketplaceStatus === 'Suspended') next.suspendedAt = work.rules.now.toISOString();
  }
  for (const role of ['purchaser', 'beneficiary'] as const) {
    if (!isSameParty(next[role], before[role])) delete next.bound[role];
  }
  compare(work, before);
  follow(work);
  askAlreadyBilled(work);
  setErasure(next, work.rules);
};

/** Closes the draft; nothing has changed where only its bookkeeping has. */
export const changedIfNew = (work: Draft, record: Subscription): Outcome =>
  isSame(record, work.next) ? UNCHANGED : changed(work);

/**
 * Takes over what Microsoft says (P4). With `askedAt`, an answer asked for before the one that the record mirrors is older
 * than the record and changes nothing of it; a visit is recorded all the same. Without it, Microsoft was asked after this
 * very record was read. An ended subscription never begins again (contract 5).
 */
export const observed = (
  record: Subscription,
  snapshot: Snapshot,
  seen: { askedAt?: string; visitor?: Visitor; planName?: string },
  rules: Rules,
): Outcome => {
  if (record.stage === 'erased') return UNCHANGED;
  const work = draft(record, rules);
  const { next } = work;
  const isOlder = seen.askedAt !== undefined && seen.askedAt < record.observedAt;
  if (!isOlder) takeOver(work, record, snapshot, seen.askedAt ?? rules.now.toISOString());
  if (isWithoutContact(record)) return changedIfNew(work, record);
  if (seen.visitor) visit(work, seen.visitor);
  if (seen.planName !== undefined && next.planId === snapshot.planId) next.planName = seen.planName;
  return changedIfNew(work, record);
};
