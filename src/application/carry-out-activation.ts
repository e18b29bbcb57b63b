import { PegasusError } from '../domain/errors.ts';
import type { Outcome, Rules } from '../domain/outcome.ts';
import type { Snapshot, Subscription } from '../domain/subscription.ts';
import {
  activationAnswered,
  activationClaimed,
  activationDelayed,
  activationFailed,
  activationStillPending,
} from '../domain/transitions/activation.ts';
import { observed } from '../domain/transitions/observation.ts';
import { type Needs, rulesOf } from './needs.ts';
import type { CallContext, Stored } from './ports.ts';
import { updateLoaded } from './update.ts';

type ActivationNeeds = Pick<Needs, 'store' | 'marketplace' | 'clock' | 'newId' | 'log' | 'policy' | 'operators'>;

/**
 * One round of an activation. Before any call Microsoft is asked how things stand, so that a call whose answer was lost,
 * with its process or on the wire, is not made again where it took effect (contract 2.4, P1, P3).
 * Answers the record as it then is, or `undefined` when another invocation has the activation.
 */
export const carryOutActivation = async (needs: ActivationNeeds, loaded: Stored): Promise<Stored | undefined> => {
  try {
    const truth = await ask(needs, loaded.record);
    if (!truth.isPending) return await write(needs, loaded, truth.decide);
    if (loaded.record.activation?.answer) {
      return await write(needs, loaded, (record, rules) => activationStillPending(record, rules));
    }
    return await call(needs, loaded);
  } catch (error) {
    if (!(error instanceof PegasusError)) throw error;
    return fault(needs, loaded, error);
  }
};

const contextOf = (record: Subscription): CallContext => ({
  correlationId: record.correlationId,
  patience: 'background',
});

type Decide = (record: Subscription, rules: Rules) => Outcome;

const ask = async (
  needs: ActivationNeeds,
  record: Subscription,
): Promise<{ isPending: true } | { isPending: false; decide: Decide }> => {
  const askedAt = needs.clock().toISOString();
  const snapshot = await needs.marketplace.get(record.id, contextOf(record));
  if (!snapshot) {
    return { isPending: false, decide: (current, rules) => activationFailed(current, 'marketplace-refused', rules) };
  }
  if (!hasSettled(snapshot)) return { isPending: true };
  return { isPending: false, decide: (current, rules) => observed(current, snapshot, { askedAt }, rules) };
};

const hasSettled = ({ status }: Snapshot): boolean => ['Subscribed', 'Suspended', 'Unsubscribed'].includes(status);

const call = async (needs: ActivationNeeds, loaded: Stored): Promise<Stored | undefined> => {
  const by = needs.newId();
  const claimed = await updateLoaded(needs.store, loaded, (record) => activationClaimed(record, by, rulesOf(needs)));
  const { record } = claimed.stored;
  if (record.stage !== 'activating' || record.activation?.claim?.by !== by) return undefined;
  const purchased = {
    planId: record.planId,
    ...(record.quantity === undefined ? {} : { quantity: record.quantity }),
  };
  try {
    const answer = await needs.marketplace.activate(record.id, purchased, contextOf(record));
    return await write(needs, claimed.stored, (current, rules) => activationAnswered(current, answer, rules));
  } catch (error) {
    if (!(error instanceof PegasusError)) throw error;
    return fault(needs, claimed.stored, error);
  }
};

const fault = async (needs: ActivationNeeds, stored: Stored, error: PegasusError): Promise<Stored> => {
  if (error.code === 'marketplace-unavailable') {
    const seconds = error.extras.retryAfterSeconds;
    return write(needs, stored, (record, rules) => activationDelayed(record, error.code, seconds, rules));
  }
  // Waiting mends neither a refusal of our credentials nor one of the call: people are told at once.
  if (error.code === 'marketplace-forbidden' || error.code === 'marketplace-refused') {
    return write(needs, stored, (record, rules) => activationFailed(record, error.code, rules));
  }
  throw error;
};

const write = async (needs: ActivationNeeds, stored: Stored, decide: Decide): Promise<Stored> => {
  const updated = await updateLoaded(needs.store, stored, (record) => decide(record, rulesOf(needs)));
  if (updated.isChanged) logResult(needs, updated.stored.record);
  return updated.stored;
};

const logResult = ({ log }: ActivationNeeds, { id, stage, activation }: Subscription): void => {
  const attempt = activation?.attempts ?? 0;
  if (stage === 'active') log('PEG_ACTIVATED', { subscriptionId: id, attempt });
  else if (stage !== 'activating')
    log('PEG_ACTIVATION_FAILED', { subscriptionId: id, attempt, code: activation?.code ?? stage });
  else if (activation?.code !== undefined)
    log('PEG_ACTIVATION_DELAYED', { subscriptionId: id, attempt, code: activation.code });
  else log('PEG_ACTIVATION_ACCEPTED', { subscriptionId: id, attempt });
};
