import { PegasusError } from '../domain/errors.ts';
import type { Operation } from '../domain/notice.ts';
import type { PendingOperation, Subscription } from '../domain/subscription.ts';
import { isAnswerTo } from '../domain/transitions/changes.ts';
import { operationClaimed, operationDelayed } from '../domain/transitions/notices.ts';
import { isServed } from './access.ts';
import { codeOf } from './fault-code.ts';
import { followUp } from './follow-up.ts';
import { type Needs, rulesOf } from './needs.ts';
import type { CallContext } from './ports.ts';
import { type TruthNeeds, takeOverTruth } from './take-over-truth.ts';
import { update } from './update.ts';

/**
 * Looks after what a record itself waits for at Microsoft: an operation that is under way. Safe to repeat.
 * @throws `storage-unavailable`: the queue delivers again
 */
export const followSubscription = async (needs: TruthNeeds & Pick<Needs, 'newId'>, id: string): Promise<void> => {
  const by = needs.newId();
  const claimed = await update(needs.store, id, (record) => operationClaimed(record, by, rulesOf(needs)));
  const record = claimed?.stored.record;
  if (record?.pendingOperation?.claim?.by !== by) return;
  const failure = await look(needs, record, record.pendingOperation);
  if (!failure) return;
  const later = await update(needs.store, id, (current) =>
    operationDelayed(current, { by, ...failure }, rulesOf(needs)),
  );
  if (later?.isChanged) await followUp(needs.queues, 'marketplace-events', later.stored.record, needs.clock());
};

/** Why Microsoft could not be asked, if so. */
const look = async (
  needs: TruthNeeds,
  { id, correlationId }: Subscription,
  pending: PendingOperation,
): Promise<{ code: string; retryAfterSeconds?: number } | undefined> => {
  const context = { correlationId, patience: 'background' as const };
  try {
    const operation = await find(needs, id, pending, context);
    const about = { action: pending.action, isFollowUp: true, ...(operation ? { operation } : {}) };
    const snapshot = await takeOverTruth(needs, id, context, about);
    // Unknown to Microsoft, or of a product that is no longer served: nothing was written that ends the waiting.
    return snapshot && isServed(snapshot.offerId, needs.offerIds) ? undefined : { code: 'marketplace-unknown' };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'storage-unavailable') throw error;
    needs.log('PEG_NOTICE_FAULT', { code, cause: error });
    const seconds = error instanceof PegasusError ? error.extras.retryAfterSeconds : undefined;
    return { code, ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }) };
  }
};

/**
 * The operation at Microsoft: by its id, or where none is known, that of the request whose answer was lost, among those under
 * way. Nothing is asked for again (contract 2.8).
 */
const find = async (
  { marketplace }: TruthNeeds,
  id: string,
  pending: PendingOperation,
  context: CallContext,
): Promise<Operation | undefined> => {
  if (pending.id !== undefined) return marketplace.getOperation(id, pending.id, context);
  return (await marketplace.listOperations(id, context)).find((operation) => isAnswerTo(pending, operation));
};
