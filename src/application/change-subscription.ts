import { PegasusError } from '../domain/errors.ts';
import type { Outcome, Rules } from '../domain/outcome.ts';
import type { Visitor } from '../domain/party.ts';
import type { Subscription } from '../domain/subscription.ts';
import { type Asked, changeNotTaken, changeRequested, changeSent } from '../domain/transitions/changes.ts';
import { buyerActor } from '../domain/transitions/onboarding.ts';
import { assertMayDecideOnMoney, loadForParty } from './access.ts';
import { codeOf } from './fault-code.ts';
import { followUp, sendInTime } from './follow-up.ts';
import { type Needs, rulesOf } from './needs.ts';
import type { CallContext, ChangeAnswer, Marketplace, Stored } from './ports.ts';
import { updateLoaded } from './update.ts';
import { toView, type View } from './view.ts';

type ChangeNeeds = Pick<Needs, 'store' | 'queues' | 'marketplace' | 'clock' | 'newId' | 'log' | 'rules'>;

/** `operationId` is absent while Microsoft has not told it. */
export type ChangeResult = { operationId?: string; subscription: View };

/**
 * The buyer changes plan or seats, or cancels: claimed on the record first, then asked of Microsoft once, and followed to its
 * end by the worker; it is shown as done when Microsoft says so (contract 2.8). An answer that was lost is no failure: the
 * request stays on the record, without an id, and the worker finds out what became of it; it is never sent again.
 * @throws `subscription-not-found`; `not-allowed` for colleagues; `subscription-cancelled`, `not-active`, `not-per-seat`,
 *   `nothing-to-change`, `change-not-allowed`, `change-not-sold`, `change-in-progress`; `change-refused` with Microsoft's code;
 *   `marketplace-unavailable`, `marketplace-forbidden`, `marketplace-refused` when nothing was changed
 */
export const changeSubscription = async (
  needs: ChangeNeeds,
  request: { subscriptionId: string; asked: Asked; visitor: Visitor },
): Promise<ChangeResult> => {
  const { asked, visitor } = request;
  const loaded = await loadForParty(needs.store, request.subscriptionId, visitor, needs.clock());
  assertMayDecideOnMoney(loaded, visitor);
  const by = needs.newId();
  const { stored: claimed } = await updateLoaded(needs.store, loaded, (record) =>
    changeRequested(record, asked, { actor: buyerActor(record, visitor), by }, rulesOf(needs)),
  );
  needs.log('PEG_CHANGE_REQUESTED', fieldsOf(claimed));
  const answer = await ask(needs, claimed, asked, by);
  const operationId = answer?.kind === 'taken' ? answer.operationId : undefined;
  const sent = { by, ...(operationId === undefined ? {} : { operationId }) };
  const { record } = await note(needs, claimed, (current, rules) => changeSent(current, sent, rules));
  return {
    ...(operationId === undefined ? {} : { operationId }),
    subscription: toView(record, { kind: 'party', visitor }, rulesOf(needs)),
  };
};

const fieldsOf = ({ record }: Stored) => ({
  subscriptionId: record.id,
  action: record.pendingOperation?.action ?? 'unknown',
});

const send = (marketplace: Marketplace, id: string, asked: Asked, context: CallContext): Promise<ChangeAnswer> =>
  asked === 'cancel' ? marketplace.cancel(id, context) : marketplace.change(id, asked, context);

/** Microsoft's answer, `undefined` when there is none. @throws when nothing came of the request */
const ask = async (
  needs: ChangeNeeds,
  claimed: Stored,
  asked: Asked,
  by: string,
): Promise<ChangeAnswer | undefined> => {
  const withdraw = async (code: string): Promise<void> => {
    await note(needs, claimed, (record, rules) => changeNotTaken(record, { by, code }, rules));
  };
  const { id, correlationId } = claimed.record;
  let answer: ChangeAnswer;
  try {
    answer = await send(needs.marketplace, id, asked, { correlationId, patience: 'interactive' });
  } catch (error) {
    const code = codeOf(error);
    needs.log('PEG_CHANGE_FAULT', { ...fieldsOf(claimed), code, cause: error });
    if (code !== 'marketplace-forbidden' && code !== 'marketplace-refused') return undefined;
    await withdraw(code);
    throw error;
  }
  if (answer.kind === 'taken') {
    needs.log('PEG_CHANGE_TAKEN', fieldsOf(claimed));
    return answer;
  }
  const reason = answer.kind === 'busy' ? 'busy' : answer.reason;
  needs.log('PEG_CHANGE_REFUSED', { ...fieldsOf(claimed), code: reason });
  await withdraw(reason);
  throw answer.kind === 'busy' ? busy() : notDone(reason);
};

const busy = (): PegasusError =>
  new PegasusError(
    'marketplace-unavailable',
    'Azure Marketplace is busy just now. Nothing was changed; try again soon.',
  );

const notDone = (reason: string): PegasusError =>
  new PegasusError('change-refused', 'Azure Marketplace did not accept this change. Nothing was changed.', {
    extras: { reason },
  });

/** Writes down what came of the request. What storage loses here the sweep and the worker find out: the claim stands. */
const note = async (
  needs: ChangeNeeds,
  claimed: Stored,
  decide: (record: Subscription, rules: Rules) => Outcome,
): Promise<Stored> => {
  try {
    const { stored } = await updateLoaded(needs.store, claimed, (record) => decide(record, rulesOf(needs)));
    await sendInTime(followUp(needs.queues, 'marketplace-events', stored.record, needs.clock()), (cause) =>
      needs.log('PEG_MESSAGE_UNSENT', { subscriptionId: stored.record.id, cause }),
    );
    return stored;
  } catch (error) {
    needs.log('PEG_CHANGE_FAULT', { ...fieldsOf(claimed), code: codeOf(error), cause: error });
    return claimed;
  }
};
