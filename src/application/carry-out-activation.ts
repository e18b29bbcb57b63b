import { isOverdue } from '../domain/attempts.ts';
import { PegasusError } from '../domain/errors.ts';
import type { Outcome, Rules } from '../domain/outcome.ts';
import type { Snapshot, Subscription } from '../domain/subscription.ts';
import {
  activationAnswered,
  activationClaimed,
  activationDelayed,
  activationFailed,
  activationPaused,
  activationStillPending,
  isAnswered,
} from '../domain/transitions/activation.ts';
import { observed } from '../domain/transitions/observation.ts';
import { codeOf } from './fault-code.ts';
import { type Needs, rulesOf } from './needs.ts';
import type { CallContext, Stored } from './ports.ts';
import { updateLoaded, updateOnce } from './update.ts';

type ActivationNeeds = Pick<Needs, 'store' | 'marketplace' | 'clock' | 'newId' | 'log' | 'rules'>;

type Decide = (record: Subscription, rules: Rules) => Outcome;

/**
 * One round of an activation. Before any call Microsoft is asked how things stand, so that a call whose answer was lost,
 * with its process or on the wire, is not made again where it took effect (contract 2.4, P1, P3).
 * Answers the record as it then is, or `undefined` when this invocation changed nothing.
 */
export const carryOutActivation = async (needs: ActivationNeeds, loaded: Stored): Promise<Stored | undefined> => {
  const { activation } = loaded.record;
  const isPaused = needs.rules.areActivationsPaused === true && activation?.answer === undefined;
  // No call was ever made, so there is nothing that Microsoft could tell of one.
  if (isPaused && activation?.attempts === 0) return write(needs, loaded, activationPaused);
  const by = needs.newId();
  let snapshot: Snapshot | undefined;
  try {
    snapshot = await needs.marketplace.get(loaded.record.id, contextOf(loaded.record));
  } catch (error) {
    return write(needs, loaded, faulty(needs, by, error, activation !== undefined && isAnswered(activation)));
  }
  if (snapshot && hasSettled(snapshot)) return writeTruth(needs, loaded, snapshot);
  if (activation?.answer) return write(needs, loaded, activationStillPending);
  if (isPaused) return write(needs, loaded, activationPaused);
  if (snapshot) return call(needs, loaded, by);
  return write(needs, loaded, (record, rules) => activationFailed(record, { by, code: 'marketplace-refused' }, rules));
};

const contextOf = (record: Subscription): CallContext => ({
  correlationId: record.correlationId,
  patience: 'background',
});

const hasSettled = ({ status }: Snapshot): boolean => ['Subscribed', 'Suspended', 'Unsubscribed'].includes(status);

const call = async (needs: ActivationNeeds, loaded: Stored, by: string): Promise<Stored | undefined> => {
  const claimed = await updateLoaded(needs.store, loaded, (record) => activationClaimed(record, by, rulesOf(needs)));
  const { record } = claimed.stored;
  if (record.activation?.claim?.by !== by) return claimed.isChanged ? claimed.stored : undefined;
  const purchased = {
    planId: record.planId,
    ...(record.quantity === undefined ? {} : { quantity: record.quantity }),
  };
  try {
    const answer = await needs.marketplace.activate(record.id, purchased, contextOf(record));
    return await write(needs, claimed.stored, (current, rules) => activationAnswered(current, { by, answer }, rules));
  } catch (error) {
    if (codeOf(error) !== 'marketplace-unavailable' || isTurnedAway(error))
      return write(needs, claimed.stored, faulty(needs, by, error, false));
    needs.log('PEG_ACTIVATION_FAULT', { code: 'marketplace-unavailable', cause: error });
    return write(needs, claimed.stored, (current, rules) => activationAnswered(current, { by, answer: 'lost' }, rules));
  }
};

/** Microsoft said when to come again: the call was not taken. */
const isTurnedAway = (error: unknown): boolean =>
  error instanceof PegasusError && error.extras.retryAfterSeconds !== undefined;

/** Microsoft was asked after this very record was read, so the answer holds for no other: on a conflict it is asked again. */
const writeTruth = async (needs: ActivationNeeds, loaded: Stored, snapshot: Snapshot): Promise<Stored | undefined> => {
  const outcome = observed(loaded.record, snapshot, {}, rulesOf(needs));
  const committed = await updateOnce(needs.store, loaded, outcome);
  if (committed === 'conflict') return needs.store.load(loaded.record.id);
  if (committed) logResult(needs, committed.record);
  return committed;
};

/**
 * What a failed question or call means. Waiting mends neither a refusal of our credentials nor one of the call, so people
 * are told at once; unless Microsoft had accepted the call before: then billing may run, and it is asked on.
 */
const faulty = (needs: ActivationNeeds, by: string, error: unknown, isAnswered: boolean): Decide => {
  const code = codeOf(error);
  needs.log('PEG_ACTIVATION_FAULT', { code, cause: error });
  const isFinal = !isAnswered && (code === 'marketplace-forbidden' || code === 'marketplace-refused');
  if (isFinal) return (record, rules) => activationFailed(record, { by, code }, rules);
  const seconds = error instanceof PegasusError ? error.extras.retryAfterSeconds : undefined;
  const because = { by, code, ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }) };
  return (record, rules) => activationDelayed(record, because, rules);
};

const write = async (needs: ActivationNeeds, stored: Stored, decide: Decide): Promise<Stored | undefined> => {
  const updated = await updateLoaded(needs.store, stored, (record) => decide(record, rulesOf(needs)));
  if (!updated.isChanged) return undefined;
  logResult(needs, updated.stored.record);
  return updated.stored;
};

const logResult = ({ log, clock }: ActivationNeeds, { stage, activation }: Subscription): void => {
  const attempt = activation?.attempts ?? 0;
  if (stage === 'activating' && activation && isOverdue(activation, clock()))
    log('PEG_ACTIVATION_OVERDUE', { attempt });
  const code = activation?.code;
  if (stage === 'active' || stage === 'suspended') log('PEG_ACTIVATED', { attempt });
  else if (stage !== 'activating') log('PEG_ACTIVATION_FAILED', { attempt, code: code ?? stage });
  else if (code === undefined) log('PEG_ACTIVATION_ACCEPTED', { attempt });
  else log('PEG_ACTIVATION_DELAYED', { attempt, code });
};
