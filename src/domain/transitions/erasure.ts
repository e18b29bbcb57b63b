import { claim, delay, hasCome, isExhausted, startOver } from '../attempts.ts';
import { erasureDueAt, isUntold, partsLeft, tellOfErasure } from '../erasure.ts';
import { changed, type Draft, draft, note, type Outcome, type Rules, SYSTEM, UNCHANGED } from '../outcome.ts';
import type { Erasure, ErasurePart, Snapshot, Subscription } from '../subscription.ts';
import { tombstoneOf, withoutContact } from '../tombstone.ts';
import { ask } from './mails.ts';
import { takeOver } from './observation.ts';

const isErasureDue = (record: Subscription, { now }: Rules): boolean => hasCome(erasureDueAt(record), now);

/** Tells the operators once of each part that it will be erased; it is not erased sooner than 3 days after. */
export const erasureAnnounced = (record: Subscription, rules: Rules): Outcome => {
  if (!isUntold(record) || !isErasureDue(record, rules)) return UNCHANGED;
  const work = draft(record, rules);
  const { erasure } = work.next;
  if (!erasure) return UNCHANGED;
  const parts = tellOfErasure(erasure, rules);
  const [first] = partsLeft(erasure);
  note(work, 'erasure-announced', SYSTEM, first && `from ${first.dueAt.slice(0, 10)} on`);
  ask(work, 'erasure-soon', parts.join(' and '), rules.operators);
  return changed(work);
};

/**
 * Takes the part that is due for one invocation, which has just heard from Microsoft, after this very record was read, that the
 * subscription has ended. From here on the part is carried through.
 */
export const erasureClaimed = (record: Subscription, by: string, rules: Rules): Outcome => {
  if (isUntold(record) || !isErasureDue(record, rules)) return UNCHANGED;
  const work = draft(record, rules);
  const { erasure } = work.next;
  const [first] = erasure ? partsLeft(erasure) : [];
  if (!erasure || !first) return UNCHANGED;
  // A lapsed claim was left by a process that died over it.
  if (erasure.claim && isExhausted(erasure, rules.now)) return stop(work, erasure, 'died-too-often');
  erasure.begun = first.part;
  claim(erasure, by, rules.now);
  return changed(work);
};

/** Nothing more is erased until an operator says so. */
const stop = (work: Draft, erasure: Erasure, reason: string): Outcome => {
  startOver(erasure);
  delete erasure.begun;
  erasure.hold = { at: work.rules.now.toISOString(), actor: SYSTEM, reason };
  note(work, 'erasure-stopped', SYSTEM, reason);
  return changed(work);
};

/** Microsoft, asked after this very record was read, says that the subscription has not ended: nothing is erased (P4). */
export const erasureStopped = (record: Subscription, snapshot: Snapshot, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const { erasure } = work.next;
  if (record.stage !== 'cancelled' || !erasure) return UNCHANGED;
  takeOver(work, record, snapshot, rules.now.toISOString());
  return stop(work, erasure, `Microsoft says ${snapshot.status}`);
};

/** A round is ended by whoever claimed it; one that nobody has claimed, by whoever finds it due. */
const openRound = (work: Draft, by: string): Erasure | undefined => {
  const { erasure } = work.next;
  if (work.next.stage !== 'cancelled' || !erasure) return undefined;
  return erasure.claim?.by === by || isErasureDue(work.next, work.rules) ? erasure : undefined;
};

/** Microsoft or the workspace cannot be asked now: tried again later, held after 3 days. */
export const erasureDelayed = (
  record: Subscription,
  because: { by: string; code: string; retryAfterSeconds?: number },
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  const erasure = openRound(work, because.by);
  if (!erasure) return UNCHANGED;
  const isLater = delay(erasure, because.code, rules.now, because.retryAfterSeconds) !== undefined;
  return isLater ? changed(work) : stop(work, erasure, because.code);
};

/** It cannot be done as things are: held until an operator releases it. */
export const erasureFailed = (
  record: Subscription,
  { by, code }: { by: string; code: string },
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  const erasure = openRound(work, by);
  return erasure ? stop(work, erasure, code) : UNCHANGED;
};

const ERASED_AT = { contact: 'contactErasedAt', workspace: 'workspaceErasedAt' } as const;

/** A part is erased; with both, a tombstone is left. */
export const partErased = (record: Subscription, part: ErasurePart, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const { erasure } = work.next;
  if (record.stage !== 'cancelled' || !erasure || erasure[ERASED_AT[part]] !== undefined) return UNCHANGED;
  startOver(erasure);
  delete erasure.begun;
  erasure[ERASED_AT[part]] = rules.now.toISOString();
  note(work, `${part}-erased`, SYSTEM);
  if (part === 'contact') work.next = withoutContact(work.next);
  if (partsLeft(erasure).length === 0) {
    note(work, 'erased', SYSTEM);
    work.next = tombstoneOf(work.next);
  }
  return changed(work);
};
