import { PegasusError } from '../domain/errors.ts';
import { UNCHANGED } from '../domain/outcome.ts';
import type { Actor } from '../domain/subscription.ts';
import { noteWritten, whyNoRefresh } from '../domain/transitions/operator-acts.ts';
import { unknownToMicrosoft } from '../domain/transitions/rechecks.ts';
import { notFound } from './access.ts';
import { rulesOf } from './needs.ts';
import { type TruthNeeds, takeOverTruth } from './take-over-truth.ts';
import { update, updateLoaded } from './update.ts';
import { toView, type View } from './view.ts';

type Asked = { subscriptionId: string; actor: Actor; correlationId: string; reason?: string };

/**
 * An operator has Microsoft asked now; what differed stands on the timeline in their name, and so does a reason as a note.
 * @throws `subscription-not-found`; `subscription-cancelled` when it is erased; `marketplace-unavailable` and the like
 */
export const refresh = async (
  needs: TruthNeeds,
  { subscriptionId, actor, correlationId, reason }: Asked,
): Promise<View> => {
  const loaded = await needs.store.load(subscriptionId);
  if (!loaded) throw notFound();
  const code = whyNoRefresh(loaded.record);
  if (code) throw new PegasusError(code, 'Its data is erased; there is nothing to compare.');
  const { stored } = await updateLoaded(needs.store, loaded, (record) =>
    reason === undefined ? UNCHANGED : noteWritten(record, actor, reason, rulesOf(needs)),
  );
  const context = { correlationId, patience: 'interactive' as const };
  const truth = await takeOverTruth(needs, subscriptionId, context, { action: 'Subscribe', repairedBy: actor });
  if (!truth)
    await update(needs.store, subscriptionId, (record) =>
      unknownToMicrosoft(record, stored.record.version, rulesOf(needs)),
    );
  needs.log('PEG_REFRESHED', { subscriptionId });
  const { record } = (await needs.store.load(subscriptionId)) ?? stored;
  return toView(record, { kind: 'operator', mayAct: true }, rulesOf(needs));
};
