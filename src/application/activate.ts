import type { Visitor } from '../domain/party.ts';
import { activationRequested } from '../domain/transitions/activation.ts';
import { buyerActor } from '../domain/transitions/onboarding.ts';
import { assertMayDecideOnMoney, loadForParty } from './access.ts';
import { wake } from './follow-up.ts';
import { type Needs, rulesOf } from './needs.ts';
import { updateLoaded } from './update.ts';
import { toView, type View } from './view.ts';

/**
 * The buyer starts billing: the request is on the record when this returns, the worker calls Microsoft (P1, P2).
 * Safe to repeat.
 * @throws `subscription-not-found`; `not-allowed` for colleagues and under other policies; `not-confirmed`
 */
export const activate = async (
  needs: Pick<Needs, 'store' | 'queues' | 'clock' | 'log' | 'rules'>,
  request: { subscriptionId: string; visitor: Visitor },
): Promise<View> => {
  const { visitor } = request;
  const loaded = await loadForParty(needs.store, request.subscriptionId, visitor, needs.clock());
  assertMayDecideOnMoney(loaded, visitor);
  const { stored, isChanged } = await updateLoaded(needs.store, loaded, (record) =>
    activationRequested(record, { who: 'buyer', actor: buyerActor(record, visitor) }, undefined, rulesOf(needs)),
  );
  if (isChanged) needs.log('PEG_ACTIVATION_REQUESTED', { subscriptionId: stored.record.id });
  await wake(needs, stored.record);
  return toView(stored.record, { kind: 'party', visitor }, rulesOf(needs));
};
