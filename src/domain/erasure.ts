import { dueAt } from './attempts.ts';
import type { Rules } from './outcome.ts';
import type { Erasure, ErasurePart, Subscription } from './subscription.ts';

const DAY_MS = 86_400_000;

/** How long before a deletion operators are told of it; what comes so soon after is told with it. */
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

/** The parts that are still to be erased, the one that comes first in front. */
export const partsLeft = (erasure: Erasure): { part: ErasurePart; dueAt: string }[] => {
  const parts: { part: ErasurePart; dueAt: string }[] = [];
  if (erasure.contactErasedAt === undefined) parts.push({ part: 'contact', dueAt: erasure.contactDueAt });
  if (erasure.workspaceErasedAt === undefined) parts.push({ part: 'workspace', dueAt: erasure.workspaceDueAt });
  return parts.sort((one, other) =>
    one.part === erasure.begun ? -1 : other.part === erasure.begun ? 1 : one.dueAt.localeCompare(other.dueAt),
  );
};

const isTold = (erasure: Erasure, part: ErasurePart): boolean => {
  if (erasure.warned?.[part] !== undefined || erasure.begun === part) return true;
  const { warnedAt, contactDueAt, workspaceDueAt } = erasure;
  const [first = contactDueAt] = [contactDueAt, workspaceDueAt].sort();
  return warnedAt !== undefined && (part === 'contact' ? contactDueAt : workspaceDueAt) <= plusDays(first, TOLD_DAYS);
};

/** Whether operators are still to be told of the part that comes next. */
export const isUntold = ({ erasure }: Subscription): boolean => {
  const [first] = erasure ? partsLeft(erasure) : [];
  return erasure !== undefined && first !== undefined && !isTold(erasure, first.part);
};

const DUE_AT = { contact: 'contactDueAt', workspace: 'workspaceDueAt' } as const;

/**
 * Operators are told of the part that comes next and of what comes soon after it, in place; neither comes sooner than they are
 * promised. Answers the parts.
 */
export const tellOfErasure = (erasure: Erasure, { now }: Rules): ErasurePart[] => {
  const soonest = plusDays(now.toISOString(), TOLD_DAYS);
  const [first] = partsLeft(erasure);
  const until = plusDays(later(first?.dueAt ?? soonest, soonest), TOLD_DAYS);
  const parts = partsLeft(erasure).filter(({ part, dueAt }) => !isTold(erasure, part) && dueAt <= until);
  for (const { part, dueAt } of parts) {
    erasure.warned = { ...erasure.warned, [part]: now.toISOString() };
    erasure[DUE_AT[part]] = later(dueAt, soonest);
  }
  return parts.map(({ part }) => part);
};

/** Whether somebody said that nothing is to be erased; what has begun is carried through. */
const isHeld = ({ hold, begun }: Erasure): boolean => hold !== undefined && begun === undefined;

/** When the erasure asks for work the next time, be it only to tell operators of it; `undefined` when it does not. */
export const erasureDueAt = ({ stage, erasure }: Subscription): string | undefined => {
  if (stage !== 'cancelled' || !erasure || isHeld(erasure)) return undefined;
  const [first] = partsLeft(erasure);
  if (!first) return undefined;
  const from = isTold(erasure, first.part) ? first.dueAt : plusDays(first.dueAt, -TOLD_DAYS);
  return later(from, dueAt(erasure));
};

/** The next instant at which something is erased, as it stands; `undefined` while that is held, and when nothing is left. */
export const eraseAfter = ({ stage, erasure }: Subscription): string | undefined =>
  stage !== 'cancelled' || !erasure || erasure.hold ? undefined : partsLeft(erasure)[0]?.dueAt;
