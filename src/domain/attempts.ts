import type { Attempts } from './subscription.ts';

/** A claim older than this was left by a dead process: the work may be taken again. Above any single effect's time limit. */
export const CLAIM_SECONDS = 60;

/** How long waiting is retried before the work is given up: 3 days (design 5). */
const GIVE_UP_SECONDS = 3 * 24 * 3600;

const FIRST_DELAY_SECONDS = 30;
const LONGEST_DELAY_SECONDS = 3600;

const plusSeconds = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString();

/** When this work may be taken (ISO 8601); the beginning of time when it may be taken now. */
export const dueAt = (work: Attempts): string => {
  if (work.claim) return plusSeconds(work.claim.at, CLAIM_SECONDS);
  return work.nextTryAt ?? new Date(0).toISOString();
};

export const isDue = (work: Attempts, now: Date): boolean => Date.parse(dueAt(work)) <= now.getTime();

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
 * Puts the work off, in place: 30 s doubling to 1 h, or what the other side asked for when that is longer.
 * Answers the delay in seconds, or `undefined` when the work has been tried for 3 days and is to be given up.
 */
export const delay = (work: Attempts, code: string, now: Date, askedSeconds = 0): number | undefined => {
  release(work);
  work.code = code;
  const tried = work.since === undefined ? 0 : (now.getTime() - Date.parse(work.since)) / 1000;
  if (tried >= GIVE_UP_SECONDS) return undefined;
  const doubled = FIRST_DELAY_SECONDS * 2 ** Math.min(work.attempts - 1, 16);
  const seconds = Math.max(Math.min(doubled, LONGEST_DELAY_SECONDS), askedSeconds);
  work.nextTryAt = plusSeconds(now.toISOString(), seconds);
  return seconds;
};

/** Starts over, in place, as an operator asked. */
export const startOver = (work: Attempts): void => {
  release(work);
  work.attempts = 0;
  delete work.since;
  delete work.code;
};
