import { hasSucceeded, isOpen, type NoticeRefusal, type Operation } from '../notice.ts';
import { type Draft, MICROSOFT, note, SYSTEM } from '../outcome.ts';
import type { Refusal } from '../subscription.ts';
import { ask, askBuyer } from './mails.ts';

/** More changes than this are not refused at once. */
const REMEMBERED = 20;

/** Writes down, once, that a change begun at Microsoft was refused because the publisher does not sell it. */
export const changeNotSold = (work: Draft, operationId: string, { at, action, reason }: NoticeRefusal): void => {
  const { next } = work;
  if (next.refusals?.some((refusal) => refusal.operationId === operationId)) return;
  next.refusals = [...(next.refusals ?? []), { operationId, at }].slice(-REMEMBERED);
  note(work, 'change-not-sold', SYSTEM, `${action}: ${reason}`);
};

const overrule = (work: Draft, refusal: Refusal): void => {
  refusal.isOverruled = true;
  note(work, 'refusal-overruled', MICROSOFT);
  ask(work, 'refusal-overruled', refusal.operationId, work.rules.operators);
};

/**
 * What became of a change that was refused: where Microsoft made it all the same the record follows (P4) and operators are told
 * once; where it did not, the buyer is.
 */
export const refusalEnded = (work: Draft, operation: Operation): void => {
  const refusal = work.next.refusals?.find(({ operationId }) => operationId === operation.id);
  if (!refusal || isOpen(operation)) return;
  if (!hasSucceeded(operation)) askBuyer(work, 'change-refused', operation.id);
  else if (refusal.isOverruled !== true) overrule(work, refusal);
};
