import { claim, delay, isDue, release } from '../attempts.ts';
import { changed, type Draft, draft, note, type Outcome, type Rules, refused, SYSTEM, UNCHANGED } from '../outcome.ts';
import type { Activation, Actor, Subscription } from '../subscription.ts';
import { ask } from './mails.ts';
import { requestActivation } from './readiness.ts';

/** Seconds after which the truth is re-read while Microsoft's effect may lag its answer (design 5); later ones double to 1 h. */
const REREAD_AFTER_SECONDS = [1, 3, 8, 20, 60];
const LONGEST_REREAD_SECONDS = 3600;
const GIVE_UP_SECONDS = 3 * 24 * 3600;

/** Somebody starts billing. `by` says whose word it is: policy and reason differ for buyer and operator (design 7, P1). */
export const activationRequested = (
  record: Subscription,
  by: { who: 'buyer' | 'operator'; actor: Actor },
  reason: string | undefined,
  rules: Rules,
): Outcome => {
  if (by.who === 'buyer' && rules.policy !== 'buyer') return refused('not-allowed');
  if (record.stage === 'cancelled' || record.stage === 'erased') return refused('subscription-cancelled');
  if (record.stage === 'activating' || record.stage === 'active' || record.stage === 'suspended') return UNCHANGED;
  if (record.stage !== 'confirmed' && record.stage !== 'activation-failed') return refused('not-confirmed');
  if (!record.confirmation) return refused('not-confirmed');
  if (by.who === 'operator' && rules.policy === 'buyer' && reason === undefined) return refused('reason-required');
  const work = draft(record, rules);
  requestActivation(work, by.actor, reason);
  return changed(work);
};

const open = (work: Draft): Activation | undefined =>
  work.next.stage === 'activating' ? work.next.activation : undefined;

/** Takes the call for one invocation: committed before Microsoft is asked, so that no two processes ask at once. */
export const activationClaimed = (record: Subscription, by: string, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const activation = open(work);
  if (!activation || activation.answer || !isDue(activation, rules.now)) return UNCHANGED;
  claim(activation, by, rules.now);
  return changed(work);
};

const fail = (work: Draft, activation: Activation, code: string): Outcome => {
  release(activation);
  activation.code = code;
  work.next.stage = 'activation-failed';
  note(work, 'activation-failed', SYSTEM, code);
  ask(work, 'activation-failed', String(work.next.version), work.rules.operators);
  return changed(work);
};

const rereadLater = (activation: Activation, now: Date): boolean => {
  const tried = activation.since === undefined ? 0 : (now.getTime() - Date.parse(activation.since)) / 1000;
  const doubled = 60 * 2 ** Math.min(activation.reads - REREAD_AFTER_SECONDS.length + 1, 16);
  const seconds = REREAD_AFTER_SECONDS[activation.reads] ?? Math.min(doubled, LONGEST_REREAD_SECONDS);
  release(activation);
  activation.nextTryAt = new Date(now.getTime() + seconds * 1000).toISOString();
  return tried < GIVE_UP_SECONDS;
};

/** Microsoft answered: the truth is what the re-reads say (contract 2.4). */
export const activationAnswered = (record: Subscription, answer: 'accepted' | 'look', rules: Rules): Outcome => {
  const work = draft(record, rules);
  const activation = open(work);
  if (!activation || activation.answer) return UNCHANGED;
  activation.answer = answer;
  activation.reads = 0;
  delete activation.code;
  rereadLater(activation, rules.now);
  note(work, answer === 'accepted' ? 'activation-accepted' : 'activation-doubted', SYSTEM);
  return changed(work);
};

/** A re-read still says that billing has not begun. An accepted call may lag for long; a doubted one has then failed. */
export const activationStillPending = (record: Subscription, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const activation = open(work);
  if (!activation?.answer) return UNCHANGED;
  activation.reads += 1;
  if (activation.answer === 'look' && activation.reads >= REREAD_AFTER_SECONDS.length) {
    return fail(work, activation, 'marketplace-refused');
  }
  return rereadLater(activation, rules.now) ? changed(work) : fail(work, activation, 'activation-unconfirmed');
};

/** Microsoft could not be asked: tried again later, given up after 3 days. */
export const activationDelayed = (
  record: Subscription,
  code: string,
  retryAfterSeconds: number | undefined,
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  const activation = open(work);
  if (!activation) return UNCHANGED;
  activation.since ??= rules.now.toISOString();
  const seconds = delay(activation, code, rules.now, retryAfterSeconds);
  if (seconds === undefined) return fail(work, activation, code);
  note(work, 'activation-delayed', SYSTEM, `${code}, next try in ${seconds} s`);
  return changed(work);
};

export const activationFailed = (record: Subscription, code: string, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const activation = open(work);
  return activation ? fail(work, activation, code) : UNCHANGED;
};
