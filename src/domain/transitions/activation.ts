import { claim, delay, isDue, isExhausted, pause, release, rereadAt, USUAL_READS } from '../attempts.ts';
import { changed, type Draft, draft, note, type Outcome, type Rules, refused, SYSTEM, UNCHANGED } from '../outcome.ts';
import { ACTIVATIONS_PAUSED, type Activation, type Actor, type Subscription } from '../subscription.ts';
import { ask } from './mails.ts';
import { requestActivation } from './readiness.ts';

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

/** Microsoft has said something to the call: whether billing runs is for the re-reads to say. */
export const isAnswered = ({ answer }: Pick<Activation, 'answer'>): boolean =>
  answer === 'accepted' || answer === 'look';

const open = (work: Draft): Activation | undefined =>
  work.next.stage === 'activating' ? work.next.activation : undefined;

/** Takes the call for one invocation: committed before Microsoft is asked, so that no two processes ask at once. */
export const activationClaimed = (record: Subscription, by: string, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const activation = open(work);
  if (!activation || activation.answer || !isDue(activation, rules.now)) return UNCHANGED;
  // A lapsed claim was left by a process that died over it.
  if (activation.claim && isExhausted(activation, rules.now)) return fail(work, activation, 'died-too-often');
  claim(activation, by, rules.now);
  return changed(work);
};

/** The publisher makes no new calls for now: it waits, and is looked at again every few minutes. What was accepted goes on. */
export const activationPaused = (record: Subscription, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const activation = open(work);
  if (!rules.areActivationsPaused || !activation || activation.answer || !isDue(activation, rules.now))
    return UNCHANGED;
  if (activation.code !== ACTIVATIONS_PAUSED) note(work, 'activation-paused', SYSTEM);
  pause(activation, ACTIVATIONS_PAUSED, rules.now);
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

const rereadLater = (activation: Activation, now: Date): void => {
  release(activation);
  activation.nextTryAt = rereadAt(activation.reads, now);
};

/** The code of an activation whose call had no answer. */
const LOST = 'marketplace-unavailable';

/** Microsoft answered: the truth is what the re-reads say (contract 2.4). */
export const activationAnswered = (
  record: Subscription,
  { by, answer }: { by: string; answer: 'accepted' | 'look' | 'lost' },
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  const activation = open(work);
  if (activation?.claim?.by !== by) return UNCHANGED;
  activation.answer = answer;
  activation.reads = 0;
  rereadLater(activation, rules.now);
  if (answer === 'lost') {
    if (activation.code !== LOST) note(work, 'activation-delayed', SYSTEM, LOST);
    activation.code = LOST;
    return changed(work);
  }
  delete activation.code;
  delete activation.delays;
  note(work, answer === 'accepted' ? 'activation-accepted' : 'activation-doubted', SYSTEM);
  return changed(work);
};

/**
 * A re-read still says that billing has not begun. An accepted call may lag for long; a doubted one has then failed; one whose
 * answer was lost was then not taken, and is made again.
 */
export const activationStillPending = (record: Subscription, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const activation = open(work);
  if (!activation?.answer || !isDue(activation, rules.now)) return UNCHANGED;
  activation.reads += 1;
  const isOver = activation.reads >= USUAL_READS;
  if (isOver && activation.answer === 'lost') {
    delete activation.answer;
    return delay(activation, LOST, rules.now) === undefined ? fail(work, activation, LOST) : changed(work);
  }
  if (isOver && activation.answer === 'look') return fail(work, activation, 'marketplace-refused');
  if (isAnswered(activation)) delete activation.delays;
  if (isExhausted(activation, rules.now))
    return fail(work, activation, activation.answer === 'lost' ? LOST : 'activation-unconfirmed');
  rereadLater(activation, rules.now);
  return changed(work);
};

/** Microsoft could not be asked: tried again later, given up after 3 days. `by`: the invocation that asked. */
export const activationDelayed = (
  record: Subscription,
  because: { by: string; code: string; retryAfterSeconds?: number },
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  const activation = open(work);
  if (!activation || !mayEnd(activation, because.by, rules)) return UNCHANGED;
  const codeBefore = activation.code;
  if (delay(activation, because.code, rules.now, because.retryAfterSeconds) === undefined) {
    return fail(work, activation, because.code);
  }
  if (because.code !== codeBefore) note(work, 'activation-delayed', SYSTEM, because.code);
  return changed(work);
};

/** Not where Microsoft has accepted the call, whoever may have found what: billing may run, and the re-reads say how it stands. */
export const activationFailed = (
  record: Subscription,
  { by, code }: { by: string; code: string },
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  const activation = open(work);
  if (!activation || isAnswered(activation) || !mayEnd(activation, by, rules)) return UNCHANGED;
  return fail(work, activation, code);
};

/** A round is ended by whoever claimed it; one that nobody has claimed, by whoever finds it due. */
const mayEnd = (activation: Activation, by: string, { now }: Rules): boolean =>
  activation.claim?.by === by || isDue(activation, now);
