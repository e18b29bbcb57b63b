import { rereadAt } from './attempts.ts';
import { PENDING_DAYS } from './standing.ts';
import type { Recheck, Subscription } from './subscription.ts';

const DAY_MS = 86_400_000;

/** The growing delays of so many reads make about four hours; what is missing then is left to reconciliation. */
const TERM_READS = 13;

const HOUR_MS = 3_600_000;

const after = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

/** When Microsoft may have dropped the purchase, if nobody answered it: only from then on a 404 means that it has ended. */
export const mayBeDroppedFrom = ({ createdAt, firstSeenAt }: Subscription): string => {
  const isDated = createdAt !== undefined && !Number.isNaN(Date.parse(createdAt));
  return after(isDated ? createdAt : firstSeenAt, PENDING_DAYS * DAY_MS);
};

const wanted = ({ stage, marketplaceStatus, term }: Subscription): Recheck['about'] | undefined => {
  if (stage === 'cancelled' || stage === 'erased') return undefined;
  if (marketplaceStatus === 'PendingFulfillmentStart') return 'end';
  const areDatesMissing = term?.startDate === undefined || term.endDate === undefined;
  return stage === 'active' && areDatesMissing ? 'term' : undefined;
};

/** Says when Microsoft is to be asked by itself, in place: about whatever of it has just begun to be of interest. */
export const setRecheck = (record: Subscription, now: Date): void => {
  const about = wanted(record);
  if (about === undefined) delete record.recheck;
  else if (record.recheck?.about !== about) {
    record.recheck = { about, reads: 0, at: about === 'end' ? mayBeDroppedFrom(record) : rereadAt(0, now) };
  }
};

/** Says when it is asked again, in place: about an end once a day, about a term with a growing delay and not for ever. */
export const askAgainLater = (recheck: Recheck, now: Date, isFaulty: boolean): void => {
  recheck.reads += 1;
  const from = now.toISOString();
  if (recheck.about === 'end') recheck.at = after(from, isFaulty ? HOUR_MS : DAY_MS);
  else if (recheck.reads < TERM_READS) recheck.at = rereadAt(recheck.reads, now);
  else delete recheck.at;
};
