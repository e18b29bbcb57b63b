import { claim, delay, isDue, release, rereadAt, startOver, USUAL_READS } from '../attempts.ts';
import { differences } from '../differences.ts';
import { hasSucceeded, isOpen, knownAction, type Notice, type NoticeRefusal, type Operation } from '../notice.ts';
import { changed, type Draft, draft, MICROSOFT, note, type Outcome, type Rules, UNCHANGED } from '../outcome.ts';
import type { Actor, PendingOperation, Snapshot, Subscription } from '../subscription.ts';
import { isAnswerTo } from './changes.ts';
import { ask, askBuyer, isQuiet } from './mails.ts';
import { changedIfNew, firstSeen, takeOver } from './observation.ts';
import { startSetUp } from './onboarding.ts';
import { becomeActive } from './readiness.ts';
import { changeNotSold, refusalEnded } from './refusals.ts';

/** What Microsoft says when it is asked about something that it told. */
export type Truth = {
  action: string;
  operation?: Operation;
  snapshot: Snapshot;
  /** Values that nobody here knew, and that this subscription is the one to tell of (P8). */
  newValues: string[];
  /** What the plan is called, where it is a new one and that is known. */
  planName?: string;
  /** The record's own open operation was to be looked at: `operation` absent means that Microsoft does not know it. */
  isFollowUp?: boolean;
  /** It was asked without being told: of what differs a line is kept, in the name of whoever asked. */
  repairedBy?: Actor;
  /** What was told was refused in the reply, under this operation. */
  refused?: NoticeRefusal & { operationId: string };
};

const pendingOf = (operation: Operation, rules: Rules): PendingOperation => ({
  id: operation.id,
  action: operation.action,
  ...(operation.planId === undefined ? {} : { planId: operation.planId }),
  ...(operation.quantity === undefined ? {} : { quantity: operation.quantity }),
  beganAt: rules.now.toISOString(),
  attempts: 0,
  reads: 0,
});

const isChange = ({ action }: { action: string }): boolean =>
  ['ChangePlan', 'ChangeQuantity', 'Unsubscribe', 'Reinstate'].includes(knownAction(action) ?? '');

/** Whether the operation is the one that is being followed; one that was asked for here and has no id yet takes it. */
const isFollowed = (pending: PendingOperation | undefined, operation: Operation): boolean =>
  pending !== undefined && (pending.id === operation.id || isAnswerTo(pending, operation));

const lookLater = (pending: PendingOperation, now: Date): void => {
  startOver(pending);
  pending.nextTryAt = rereadAt(pending.reads, now);
  pending.reads += 1;
};

/** Follows an operation to its end: it is shown while it is open, and its failure is told to the buyer. */
export const followOperation = (work: Draft, operation: Operation): void => {
  const { next, rules } = work;
  if (next.stage === 'cancelled' || next.stage === 'erased') return;
  const isOurs = isFollowed(next.pendingOperation, operation);
  if (isOpen(operation)) {
    if (!isOurs && !isChange(operation)) return;
    const pending = isOurs && next.pendingOperation ? next.pendingOperation : pendingOf(operation, rules);
    pending.id = operation.id;
    next.pendingOperation = pending;
    if (pending.reads < MOST_READS) lookLater(pending, rules.now);
    else giveUp(work, operation.status);
    return;
  }
  if (!isOurs) return;
  delete next.pendingOperation;
  if (hasSucceeded(operation)) return;
  note(work, 'change-refused', MICROSOFT, `${operation.action}: ${operation.status}`);
  // A payment that is not taken after all is told as what it is, when Microsoft ends the suspension otherwise.
  if (knownAction(operation.action) !== 'Reinstate') askBuyer(work, 'change-refused', operation.id);
};

/** The growing delays of so many reads make more than three days. */
const MOST_READS = 80;

/** Nothing more can be found out about the open operation: it no longer stands in the way of another. */
const giveUp = (work: Draft, why: string): void => {
  const pending = work.next.pendingOperation;
  if (!pending) return;
  delete work.next.pendingOperation;
  note(work, 'change-unconfirmed', MICROSOFT, `${pending.action}: ${why}`);
};

const isDone = ({ planId, quantity, action }: PendingOperation, { next }: Draft): boolean => {
  if (knownAction(action) === 'Unsubscribe') return next.marketplaceStatus === 'Unsubscribed';
  return (planId ?? next.planId) === next.planId && (quantity ?? next.quantity) === next.quantity;
};

/** Microsoft does not know the operation that is followed: it is over when its effect is there, or never came. */
const followUnknown = (work: Draft): void => {
  const { next, rules } = work;
  const pending = next.pendingOperation;
  if (!pending) return;
  if (isDone(pending, work)) delete next.pendingOperation;
  else if (pending.reads < USUAL_READS) lookLater(pending, rules.now);
  else {
    delete next.pendingOperation;
    note(work, 'change-unconfirmed', MICROSOFT, pending.action);
    if (pending.actor) askBuyer(work, 'change-refused', pending.id ?? pending.beganAt);
  }
};

/** Takes the open operation for one look, so that copies of a message do not look at once. */
export const operationClaimed = (record: Subscription, by: string, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const pending = work.next.pendingOperation;
  if (!pending || !isDue(pending, rules.now)) return UNCHANGED;
  claim(pending, by, rules.now);
  return changed(work);
};

/** Microsoft could not be asked about the open operation: tried again later, given up after 3 days. */
export const operationDelayed = (
  record: Subscription,
  because: { by: string; code: string; retryAfterSeconds?: number },
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  const pending = work.next.pendingOperation;
  // A look is ended by whoever took it; one that nobody has, by whoever finds it due.
  if (!pending || (pending.claim?.by !== because.by && !isDue(pending, rules.now))) return UNCHANGED;
  if (delay(pending, because.code, rules.now, because.retryAfterSeconds) === undefined) giveUp(work, because.code);
  return changed(work);
};

const tellNewValues = (work: Draft, values: string[]): void => {
  for (const value of values) {
    note(work, 'new-value', MICROSOFT, value);
    ask(work, 'new-value', value, work.rules.operators);
  }
};

const heedRefusal = (work: Draft, { operation, refused }: Truth): void => {
  if (refused) changeNotSold(work, refused.operationId, refused);
  if (operation) refusalEnded(work, operation);
};

const noteRepair = (work: Draft, before: Subscription, actor: Actor): void => {
  const found = differences(before, { ...work.next, status: work.next.marketplaceStatus });
  if (found.length > 0) note(work, 'repaired', actor, found.join(', '));
};

/** Billed by Microsoft from the purchase on, and nobody has begun to set it up: that begins now (design 3.8). */
const startIfBilled = (work: Draft, { action, snapshot }: Truth): void => {
  const { next } = work;
  const isAnnounced = knownAction(action) === 'Subscribe';
  if (next.stage !== 'resolved' || snapshot.status !== 'Subscribed' || !isAnnounced) return;
  // What was taken over as it was is set up only when an operator says so.
  if (isQuiet(next)) becomeActive(work);
  else startSetUp(work, MICROSOFT);
};

/**
 * Microsoft was asked about something that it told, after this very record was read: what it says is taken over (P4), whatever
 * was told. A record that does not exist yet begins where it stands.
 */
export const noticed = (record: Subscription, truth: Truth, rules: Rules): Outcome => {
  if (record.stage === 'erased') return UNCHANGED;
  const work = draft(record, rules);
  takeOver(work, record, truth.snapshot, rules.now.toISOString());
  if (truth.planName !== undefined) work.next.planName = truth.planName;
  if (truth.operation) followOperation(work, truth.operation);
  else if (truth.isFollowUp) followUnknown(work);
  heedRefusal(work, truth);
  startIfBilled(work, truth);
  tellNewValues(work, truth.newValues);
  if (truth.repairedBy) noteRepair(work, record, truth.repairedBy);
  return changedIfNew(work, record);
};

/** A subscription that was never seen before, and lives: the set-up begins where Microsoft bills already (design 3.8). */
export const noticedFirst = (truth: Truth, seen: { correlationId: string; askedAt: string }, rules: Rules): Outcome => {
  const first = firstSeen(truth.snapshot, seen, rules);
  if (first.kind !== 'changed') return first;
  const work: Draft = { from: first.next.stage, next: first.next, entries: first.entries, rules };
  heedRefusal(work, truth);
  startIfBilled(work, truth);
  tellNewValues(work, truth.newValues);
  return changed(work);
};

/** What is known of one notice after another look. */
export const noticeRead = (notice: Notice, found: { isSettled: boolean; operation?: Operation }, now: Date): Notice => {
  const next = structuredClone(notice);
  release(next);
  delete next.code;
  delete next.delays;
  if (!found.isSettled && next.reads < USUAL_READS) {
    return { ...next, reads: next.reads + 1, nextTryAt: rereadAt(next.reads, now) };
  }
  // Known to Microsoft and yet not so: something newer holds, or it still runs and the record follows it.
  const failed = found.operation ? 'overtaken' : 'untrue';
  const result = found.isSettled ? 'applied' : failed;
  return { ...next, state: 'closed', result: notice.refused ? refusalResult(found.operation) : result };
};

const refusalResult = (operation: Operation | undefined): 'refused' | 'overruled' =>
  operation && hasSucceeded(operation) ? 'overruled' : 'refused';
