import { setErasure } from '../erasure.ts';
import { changed, draft, type Outcome, type Rules, UNCHANGED } from '../outcome.ts';
import { askAgainLater, mayBeDroppedFrom } from '../recheck.ts';
import type { Recheck, Subscription } from '../subscription.ts';
import { changedIfNew, end } from './observation.ts';

/** Microsoft was asked, or could not be (`isFaulty`), because this record's own time had come: it is asked again later. */
export const rechecked = (record: Subscription, at: string, isFaulty: boolean, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const { recheck } = work.next;
  if (recheck?.at !== at) return UNCHANGED;
  askAgainLater(recheck, rules.now, isFaulty);
  return changed(work);
};

const HALF_A_DAY_MS = 43_200_000;

const isSaidAgain = ({ unknownSince }: Recheck, now: Date): boolean =>
  unknownSince !== undefined && now.getTime() - Date.parse(unknownSince) >= HALF_A_DAY_MS;

/**
 * Microsoft does not know the subscription (404), asked after version `asked` was read. Of an unanswered purchase that is
 * more than 30 days old it means that it was dropped (contract 5), once it was said on two days; of any other it means
 * nothing.
 */
export const unknownToMicrosoft = (record: Subscription, asked: number, rules: Rules): Outcome => {
  const isUnanswered = record.stage !== 'cancelled' && record.marketplaceStatus === 'PendingFulfillmentStart';
  const isOver = mayBeDroppedFrom(record) <= rules.now.toISOString();
  if (record.version !== asked || !isUnanswered || !isOver) return UNCHANGED;
  const work = draft(record, rules);
  const { recheck } = work.next;
  // One 404 may be a slip of theirs: it is believed when it is said again on another day.
  if (recheck && !isSaidAgain(recheck, rules.now)) {
    recheck.unknownSince ??= rules.now.toISOString();
    return changedIfNew(work, record);
  }
  work.next.marketplaceStatus = 'Unsubscribed';
  end(work, 'Not answered within 30 days, and Microsoft no longer knows it');
  setErasure(work.next, rules);
  return changedIfNew(work, record);
};
