import type { NotSold } from './change-policy.ts';
import type { Attempts, Snapshot } from './subscription.ts';

/** So long is kept what Microsoft sent and nobody could read. */
const UNREADABLE_DAYS = 30;

/** What nobody could read and came before is forgotten. */
export const oldestUnreadable = (now: Date): Date => new Date(now.getTime() - UNREADABLE_DAYS * 86_400_000);

/** That a change was refused in the webhook's reply, because the publisher does not sell it (contract 4.2). */
export type NoticeRefusal = { at: string; action: string; reason: NotSold };

/**
 * What Microsoft told the webhook, kept until Microsoft itself has confirmed or denied it (design 5). Nothing in it is
 * believed: it says only where to look.
 */
export type Notice = Attempts & {
  subscriptionId: string;
  /** SHA-256 (hex) of what tells it from all others: subscription, operation or body, action, status. */
  key: string;
  /** Absent in the minimal form (contract 4.3). */
  operationId?: string;
  action: string;
  status: string;
  planId?: string;
  quantity?: number;
  /** Last day of the term that it speaks of. */
  termEndDate?: string;
  receivedAt: string;
  /** Decided before it was kept, and never again: told again, it is answered the same. */
  refused?: NoticeRefusal;
  state: 'open' | 'closed';
  /** How it ended: `applied` it was so, `overtaken` something newer holds, `untrue` Microsoft
   * knows nothing of it, `not-ours` it is of a product that is not served here, `failed` it could not be asked for 3 days,
   * `refused` the publisher refused it, `overruled` and Microsoft made it all the same. */
  result?: 'applied' | 'overtaken' | 'untrue' | 'not-ours' | 'failed' | 'refused' | 'overruled';
  /** That the change is taken was said, or tried to be said, to Microsoft (contract 4.2). */
  acknowledgedAt?: string;
  /** How often Microsoft was asked whether it is so. */
  reads: number;
};

/** An operation as Microsoft shows it (contract 3). Texts are trimmed, otherwise as Microsoft spells them. */
export type Operation = {
  id: string;
  subscriptionId: string;
  action: string;
  status: string;
  source: string;
  offerId?: string;
  planId?: string;
  quantity?: number;
};

/** The actions that are known; whatever else comes is looked at, recorded and told once (P8). */
export const ACTIONS = [
  'ChangePlan',
  'ChangeQuantity',
  'Renew',
  'Suspend',
  'Reinstate',
  'Unsubscribe',
  'Subscribe',
] as const;
export type Action = (typeof ACTIONS)[number];

const SPELLINGS: Record<string, Action> = { suspended: 'Suspend' };

/** The known action that a word means, whatever its case; older prose says `Suspended` (contract 5). */
export const knownAction = (word: string): Action | undefined =>
  ACTIONS.find((action) => action.toLowerCase() === word.toLowerCase()) ?? SPELLINGS[word.toLowerCase()];

/** Whether Microsoft waits for our word, or has not begun. */
export const isWaiting = ({ status }: Operation): boolean =>
  ['notstarted', 'inprogress'].includes(status.toLowerCase());

/** Docs also write `Succeed` (contract 2.8). */
export const hasSucceeded = ({ status }: Operation): boolean => /^succe(ed|eded|ss)$/i.test(status);

const hasFailed = ({ status }: Operation): boolean => /^(failed|conflict)$/i.test(status);

/** Neither at its good end nor at its bad one, whatever the word for it is: a new one may come any day (P8). */
export const isOpen = (operation: Operation): boolean => !hasSucceeded(operation) && !hasFailed(operation);

/** Whether it is a change that Microsoft waits for our word on (contract 4.2); what we began ourselves is none, nor what was
 * refused. */
export const isAcknowledged = (operation: Operation, { refused }: Pick<Notice, 'refused'>): boolean => {
  if (refused) return false;
  const action = knownAction(operation.action);
  const isAsked = action === 'ChangePlan' || action === 'ChangeQuantity' || action === 'Reinstate';
  return isAsked && isWaiting(operation) && operation.source.toLowerCase() !== 'partner';
};

/** Whether the subscription is as the notice says, so that it is settled. `operation`: as Microsoft knows it, if it does. */
export const isSettled = (notice: Notice, operation: Operation | undefined, snapshot: Snapshot): boolean => {
  if (operation && isOpen(operation)) return false;
  // What failed has no effect to wait for.
  if (operation && !hasSucceeded(operation)) return true;
  const { status } = snapshot;
  const hasEnded = status === 'Unsubscribed';
  switch (knownAction(notice.action)) {
    case 'ChangePlan': {
      const wanted = operation?.planId ?? notice.planId;
      return hasEnded || (wanted === undefined ? operation !== undefined : snapshot.planId === wanted);
    }
    case 'ChangeQuantity': {
      const wanted = operation?.quantity ?? notice.quantity;
      return hasEnded || (wanted === undefined ? operation !== undefined : snapshot.quantity === wanted);
    }
    case 'Renew':
      return hasEnded || isRenewed(notice, snapshot);
    case 'Suspend':
      return hasEnded || status === 'Suspended';
    case 'Reinstate':
      return hasEnded || status === 'Subscribed';
    case 'Unsubscribe':
      return hasEnded;
    case 'Subscribe':
      return hasEnded || status === 'Subscribed' || status === 'Suspended';
    default:
      return true;
  }
};

const isRenewed = (notice: Notice, { term }: Snapshot): boolean => {
  const end = Date.parse(term?.endDate ?? '');
  // The nested term may still be the old one: a renewed term ends after the news of it.
  const wanted = Math.max(Date.parse(notice.termEndDate ?? '') || 0, Date.parse(notice.receivedAt) || 0);
  return !Number.isNaN(end) && end >= wanted;
};
