import { isDue } from '../domain/attempts.ts';
import { PegasusError } from '../domain/errors.ts';
import type { Outcome } from '../domain/outcome.ts';
import { operationDelayed } from '../domain/transitions/notices.ts';
import { codeOf } from './fault-code.ts';
import { followUp } from './follow-up.ts';
import { type Needs, rulesOf } from './needs.ts';
import { type TruthNeeds, takeOverTruth } from './take-over-truth.ts';
import { update } from './update.ts';

/**
 * Looks after what a record itself waits for at Microsoft: an operation that is under way. Safe to repeat.
 * @throws `storage-unavailable`: the queue delivers again
 */
export const followSubscription = async (needs: TruthNeeds & Pick<Needs, 'newId'>, id: string): Promise<void> => {
  const stored = await needs.store.load(id);
  const pending = stored?.record.pendingOperation;
  if (!stored || !pending || !isDue(pending, needs.clock())) return;
  const context = { correlationId: stored.record.correlationId, patience: 'background' as const };
  try {
    const operation =
      pending.id === undefined ? undefined : await needs.marketplace.getOperation(id, pending.id, context);
    await takeOverTruth(needs, id, context, {
      action: pending.action,
      isFollowUp: true,
      ...(operation ? { operation } : {}),
    });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'storage-unavailable') throw error;
    needs.log('PEG_NOTICE_FAULT', { code, cause: error });
    const seconds = error instanceof PegasusError ? error.extras.retryAfterSeconds : undefined;
    const because = { code, ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }) };
    const later = (record: Parameters<typeof operationDelayed>[0]): Outcome =>
      operationDelayed(record, pending, because, rulesOf(needs));
    const updated = await update(needs.store, id, later);
    if (updated) await followUp(needs.queues, 'marketplace-events', updated.stored.record, needs.clock());
  }
};
