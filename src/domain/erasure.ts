import { dueAt } from './attempts.ts';
import type { Rules } from './outcome.ts';
import type { Erasure, ErasurePart, Subscription } from './subscription.ts';

const DAY_MS = 86_400_000;

/** How long before the first deletion operators are told of it. */
const TOLD_DAYS = 3;

const plusDays = (instant: string, days: number): string => new Date(Date.parse(instant) + days * DAY_MS).toISOString();

const later = (one: string, other: string): string => (one > other ? one : other);

/**
 * Says when what is kept of an ended subscription is erased, in place; once. Of one that ended long ago not before operators
 * could be told.
 */
export const setErasure = (record: Subscription, rules: Rules): void => {
  if (!lacksErasure(record)) return;
  const endedAt = record.cancelledAt ?? record.stageSince;
  const soonest = plusDays(rules.now.toISOString(), TOLD_DAYS);
  record.cancelledAt = endedAt;
  record.erasure = {
    attempts: 0,
    contactDueAt: later(plusDays(endedAt, rules.keepContactDays), soonest),
    workspaceDueAt: later(plusDays(endedAt, rules.keepWorkspaceDays), soonest),
  };
};

/** Whether it ended before erasures were kept: nobody has said yet when its data goes. */
export const lacksErasure = ({ stage, erasure }: Subscription): boolean => stage === 'cancelled' && !erasure;

/** Moves what would come sooner than operators were promised, in place. */
export const postpone = (erasure: Erasure, rules: Rules): void => {
  const soonest = plusDays(rules.now.toISOString(), TOLD_DAYS);
  erasure.contactDueAt = later(erasure.contactDueAt, soonest);
  erasure.workspaceDueAt = later(erasure.workspaceDueAt, soonest);
};

/** The parts that are still to be erased, the one that comes first in front. */
export const partsLeft = (erasure: Erasure): { part: ErasurePart; dueAt: string }[] => {
  const parts: { part: ErasurePart; dueAt: string }[] = [];
  if (erasure.contactErasedAt === undefined) parts.push({ part: 'contact', dueAt: erasure.contactDueAt });
  if (erasure.workspaceErasedAt === undefined) parts.push({ part: 'workspace', dueAt: erasure.workspaceDueAt });
  return parts.sort((one, other) =>
    one.part === erasure.begun ? -1 : other.part === erasure.begun ? 1 : one.dueAt.localeCompare(other.dueAt),
  );
};

/** Whether somebody said that nothing is to be erased; what has begun is carried through. */
const isHeld = ({ hold, begun }: Erasure): boolean => hold !== undefined && begun === undefined;

/** When the erasure asks for work the next time, be it only to tell operators of it; `undefined` when it does not. */
export const erasureDueAt = ({ stage, erasure }: Subscription): string | undefined => {
  if (stage !== 'cancelled' || !erasure || isHeld(erasure)) return undefined;
  const [first] = partsLeft(erasure);
  if (!first) return undefined;
  const from = erasure.warnedAt === undefined ? plusDays(first.dueAt, -TOLD_DAYS) : first.dueAt;
  return later(from, dueAt(erasure));
};

/** The next instant at which something is erased, as it stands; `undefined` while that is held, and when nothing is left. */
export const eraseAfter = ({ stage, erasure }: Subscription): string | undefined =>
  stage !== 'cancelled' || !erasure || erasure.hold ? undefined : partsLeft(erasure)[0]?.dueAt;
