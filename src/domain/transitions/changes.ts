import { claim, rereadAt, startOver } from '../attempts.ts';
import { type WantedChange, whyNotSold } from '../change-policy.ts';
import type { ErrorCode } from '../errors.ts';
import { knownAction, type Operation } from '../notice.ts';
import {
  changed,
  type Draft,
  draft,
  MICROSOFT,
  note,
  type Outcome,
  type Rules,
  refused,
  UNCHANGED,
} from '../outcome.ts';
import type { Actor, PendingOperation, Subscription } from '../subscription.ts';

/** What a buyer may ask for (design 7), by the names of the view's `allowedOperations`. */
export type ChangeKind = 'change-plan' | 'change-quantity' | 'cancel';

/** A change, or the end of the subscription. */
export type Asked = WantedChange | 'cancel';

const kindOf = (asked: Asked): ChangeKind => {
  if (asked === 'cancel') return 'cancel';
  return 'planId' in asked ? 'change-plan' : 'change-quantity';
};

const ACTION_OF = { 'change-plan': 'ChangePlan', 'change-quantity': 'ChangeQuantity', cancel: 'Unsubscribe' } as const;
const RIGHT_OF = { 'change-plan': 'Update', 'change-quantity': 'Update', cancel: 'Delete' } as const;

/**
 * Why no change of this kind can be asked for now, whichever it is; `undefined` when it can (contract 2.8, 2.9). Only what
 * Microsoft bills can be changed; whatever has not ended can be cancelled.
 */
export const whyNoChange = (record: Subscription, kind: ChangeKind): ErrorCode | undefined => {
  const hasEnded = record.stage === 'cancelled' || record.stage === 'erased';
  if (hasEnded || record.marketplaceStatus === 'Unsubscribed') return 'subscription-cancelled';
  if (kind !== 'cancel' && record.marketplaceStatus !== 'Subscribed') return 'not-active';
  if (!record.allowedCustomerOperations.includes(RIGHT_OF[kind])) return 'change-not-allowed';
  if (record.pendingOperation) return 'change-in-progress';
  if (kind === 'change-quantity' && record.quantity === undefined) return 'not-per-seat';
  return undefined;
};

const isThere = (record: Subscription, asked: WantedChange): boolean =>
  'planId' in asked ? asked.planId === record.planId : asked.quantity === record.quantity;

/**
 * The buyer asks for a change: claimed on the record, so that no two processes ask Microsoft at once and a death leaves
 * something to look after. `by`: the invocation that will ask Microsoft.
 */
export const changeRequested = (
  record: Subscription,
  asked: Asked,
  { actor, by }: { actor: Actor; by: string },
  rules: Rules,
): Outcome => {
  const kind = kindOf(asked);
  const why = whyNoChange(record, kind);
  if (why !== undefined) return refused(why);
  if (asked !== 'cancel') {
    if (isThere(record, asked)) return refused('nothing-to-change');
    const notSold = whyNotSold(rules.changes, record, asked);
    if (notSold !== undefined) return refused('change-not-sold', notSold);
  }
  const work = draft(record, rules);
  const pending: PendingOperation = {
    action: ACTION_OF[kind],
    ...(asked === 'cancel' ? {} : asked),
    beganAt: rules.now.toISOString(),
    actor,
    attempts: 0,
    reads: 0,
  };
  claim(pending, by, rules.now);
  work.next.pendingOperation = pending;
  note(work, 'change-requested', actor, describe(record, asked));
  return changed(work);
};

const describe = (record: Subscription, asked: Asked): string => {
  if (asked === 'cancel') return 'Cancel';
  return 'planId' in asked
    ? `Plan: ${record.planId} to ${asked.planId}`
    : `Seats: ${record.quantity ?? 'none'} to ${asked.quantity}`;
};

/** The claim of that invocation, while nobody else has found out what became of it. */
const mine = (work: Draft, by: string): PendingOperation | undefined =>
  work.next.pendingOperation?.claim?.by === by ? work.next.pendingOperation : undefined;

/**
 * Microsoft took the request, or gave no answer (no id then): it is looked after from here on, and never asked for again by
 * itself.
 */
export const changeSent = (
  record: Subscription,
  { by, operationId }: { by: string; operationId?: string },
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  const pending = mine(work, by);
  if (!pending) return UNCHANGED;
  if (operationId !== undefined) pending.id = operationId;
  startOver(pending);
  pending.nextTryAt = rereadAt(0, rules.now);
  pending.reads = 1;
  return changed(work);
};

/** Microsoft will not do it, or was never asked: nothing is under way. `code`: Microsoft's reason, a word. */
export const changeNotTaken = (
  record: Subscription,
  { by, code }: { by: string; code: string },
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  if (!mine(work, by)) return UNCHANGED;
  delete work.next.pendingOperation;
  note(work, 'change-refused', MICROSOFT, code);
  return changed(work);
};

/** Whether an operation at Microsoft is what came of a request whose answer was lost: ours, and of the same values. */
export const isAnswerTo = (pending: PendingOperation, operation: Operation): boolean =>
  pending.id === undefined &&
  operation.source.toLowerCase() === 'partner' &&
  knownAction(operation.action) === knownAction(pending.action) &&
  (pending.planId === undefined || pending.planId === operation.planId) &&
  (pending.quantity === undefined || pending.quantity === operation.quantity);
