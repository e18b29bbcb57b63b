import type { Attempts } from './subscription.ts';

/** A claim older than this was left by a dead process: the work may be taken again. Above any single effect's time limit. */
export const CLAIM_SECONDS = 60;

/** How long waiting is retried before the work is given up: 3 days (design 5). */
const GIVE_UP_SECONDS = 3 * 24 * 3600;

const FIRST_DELAY_SECONDS = 30;
const LONGEST_DELAY_SECONDS = 3600;

/** How often in a row the other side is believed about a short wait. */
const ASKED_IN_A_ROW = 3;

const plusSeconds = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString();

/** When this work may be taken (ISO 8601); the beginning of time when it may be taken now. */
export const dueAt = (work: Attempts): string => {
  if (work.claim) return plusSeconds(work.claim.at, CLAIM_SECONDS);
  return work.nextTryAt ?? new Date(0).toISOString();
};

/** Instances' clocks differ a little: a message that comes so much early is not dropped. */
const EARLY_MS = 250;

/** Whether an instant (ISO 8601) has come; there is none: no. */
export const hasCome = (instant: string | undefined, now: Date): boolean =>
  instant !== undefined && Date.parse(instant) <= now.getTime() + EARLY_MS;

export const isDue = (work: Attempts, now: Date): boolean => hasCome(dueAt(work), now);

/** Whether the work has been tried for 3 days: then it is given up. */
export const isExhausted = ({ since }: Attempts, now: Date): boolean =>
  since !== undefined && now.getTime() - Date.parse(since) >= GIVE_UP_SECONDS * 1000;

/** Microsoft carries out an activation within minutes; so long after its first try somebody is to look. */
const OVERDUE_SECONDS = 3600;

/** Whether the work has been tried for longer than it usually takes. */
export const isOverdue = ({ since }: Attempts, now: Date): boolean =>
  since !== undefined && now.getTime() - Date.parse(since) >= OVERDUE_SECONDS * 1000;

/** Takes the work for one invocation, in place. The claim is committed before anything is tried outside (design 5). */
export const claim = (work: Attempts, by: string, now: Date): void => {
  work.attempts += 1;
  work.since ??= now.toISOString();
  work.claim = { by, at: now.toISOString() };
  delete work.nextTryAt;
};

/** Ends the try, in place, without a next one. */
export const release = (work: Attempts): void => {
  delete work.claim;
  delete work.nextTryAt;
};

/**
 * Puts the work off, in place: for as long as the other side asked (three times in a row), else 30 s doubling, 1 h at most.
 * Answers the delay in seconds, or `undefined` when the work has been tried for 3 days and is to be given up.
 */
export const delay = (work: Attempts, code: string, now: Date, askedSeconds?: number): number | undefined => {
  release(work);
  work.code = code;
  work.since ??= now.toISOString();
  if (isExhausted(work, now)) return undefined;
  work.delays = (work.delays ?? 0) + 1;
  const doubled = FIRST_DELAY_SECONDS * 2 ** Math.min(work.delays - 1, 16);
  const asked =
    work.delays > ASKED_IN_A_ROW && askedSeconds !== undefined ? Math.max(askedSeconds, doubled) : askedSeconds;
  const seconds = Math.min(Math.max(asked ?? doubled, 1), LONGEST_DELAY_SECONDS);
  work.nextTryAt = plusSeconds(now.toISOString(), seconds);
  return seconds;
};

/** Seconds after which the truth is read again while Microsoft's effect may lag (design 5); later ones double to 1 h. */
const REREAD_AFTER_SECONDS = [1, 3, 8, 20, 60];
const LONGEST_REREAD_SECONDS = 3600;

/** After so many reads Microsoft has had the time that its effects usually take. */
export const USUAL_READS = REREAD_AFTER_SECONDS.length;

/** When the truth is read the next time, after `reads` of them (ISO 8601). */
export const rereadAt = (reads: number, now: Date): string => {
  const doubled = 60 * 2 ** Math.min(reads - USUAL_READS + 1, 16);
  const seconds = REREAD_AFTER_SECONDS[reads] ?? Math.min(doubled, LONGEST_REREAD_SECONDS);
  return plusSeconds(now.toISOString(), seconds);
};

/** So often work that the publisher has paused is looked at again. */
const PAUSE_SECONDS = 300;

/** Puts the work off, in place, because the publisher paused it: that uses up none of the time it may be tried for. */
export const pause = (work: Attempts, code: string, now: Date): void => {
  release(work);
  delete work.delays;
  delete work.since;
  work.code = code;
  work.nextTryAt = plusSeconds(now.toISOString(), PAUSE_SECONDS);
};

/** Starts over, in place, as an operator asked. */
export const startOver = (work: Attempts): void => {
  release(work);
  work.attempts = 0;
  delete work.delays;
  delete work.since;
  delete work.code;
};
