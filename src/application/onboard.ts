import type { Visitor } from '../domain/party.ts';
import type { Contact } from '../domain/subscription.ts';
import { onboardRequested } from '../domain/transitions/onboarding.ts';
import { loadForParty } from './access.ts';
import { wake } from './follow-up.ts';
import { type Needs, rulesOf } from './needs.ts';
import { updateLoaded } from './update.ts';
import { toView, type View } from './view.ts';

/**
 * The buyer asks for the set-up. Safe to repeat: asked again, nothing happens twice; a changed contact is taken over until
 * the set-up is confirmed.
 * @throws `subscription-not-found` for everybody who has not resolved it within 24 hours; `subscription-cancelled`
 */
export const onboard = async (
  needs: Pick<Needs, 'store' | 'queues' | 'clock' | 'log' | 'rules'>,
  request: { subscriptionId: string; contact: Contact; visitor: Visitor },
): Promise<View> => {
  const { visitor, contact } = request;
  const loaded = await loadForParty(needs.store, request.subscriptionId, visitor, needs.clock());
  const { stored, isChanged } = await updateLoaded(needs.store, loaded, (record) =>
    onboardRequested(record, contact, visitor, rulesOf(needs)),
  );
  if (isChanged) needs.log('PEG_ONBOARDING_REQUESTED', { subscriptionId: stored.record.id });
  await wake(needs, stored.record);
  return toView(stored.record, { kind: 'party', visitor }, rulesOf(needs));
};
