import { claim, delay, isDue } from '../domain/attempts.ts';
import { PegasusError } from '../domain/errors.ts';
import { isAcknowledged, isSettled, knownAction, type Notice, type Operation } from '../domain/notice.ts';
import type { Snapshot } from '../domain/subscription.ts';
import { noticeRead } from '../domain/transitions/notices.ts';
import { isServed } from './access.ts';
import { codeOf } from './fault-code.ts';
import type { Needs } from './needs.ts';
import type { CallContext, StoredNotice } from './ports.ts';
import { type TruthNeeds, takeOverTruth } from './take-over-truth.ts';

export type SettleNeeds = TruthNeeds & Pick<Needs, 'inbox' | 'newId' | 'offerIds' | 'sightings'>;

/**
 * Looks into one notice: asks Microsoft for the operation and the subscription, says that a change is taken, writes down what
 * is true (P4), and closes the notice when it is so, or when Microsoft had the time to make it so and did not. Killed at any
 * line: the claim lapses, and all of it is asked again.
 * @throws `storage-unavailable`: the queue delivers again
 */
export const settleNotice = async (needs: SettleNeeds, subscriptionId: string, key: string): Promise<void> => {
  const stored = await needs.inbox.load(subscriptionId, key);
  if (stored?.notice.state !== 'open' || !isDue(stored.notice, needs.clock())) return;
  const mine = structuredClone(stored.notice);
  claim(mine, needs.newId(), needs.clock());
  const claimed = await needs.inbox.save(stored, mine);
  // Another invocation is at it.
  if (claimed === 'conflict') return;
  await close(needs, claimed, await look(needs, claimed));
};

const close = async (needs: SettleNeeds, claimed: StoredNotice, next: Notice): Promise<void> => {
  const { subscriptionId, key } = next;
  const fields = { action: knownAction(next.action) ?? 'unknown', attempt: next.attempts };
  if ((await needs.inbox.save(claimed, next)) === 'conflict') return;
  if (next.state === 'open') {
    needs.log('PEG_NOTICE_WAITING', fields);
    const seconds = (Date.parse(next.nextTryAt ?? '') - needs.clock().getTime()) / 1000;
    await needs.queues.sendNotice(subscriptionId, key, Math.max(0, Math.ceil(seconds)));
  } else if (next.result === 'applied') needs.log('PEG_NOTICE_APPLIED', fields);
  else if (next.result === 'overruled') needs.log('PEG_REFUSAL_OVERRULED', fields);
  else if (next.result === 'failed') needs.log('PEG_NOTICE_FAILED', fields);
  else needs.log('PEG_NOTICE_CLOSED', { ...fields, result: next.result ?? '' });
  // For who checks the set-up: Microsoft does get through to us.
  await needs.sightings.saw(next.result === 'applied' ? fields.action : 'anything', new Date(next.receivedAt));
};

/** One look; answers the notice as it then is. */
const look = async (needs: SettleNeeds, { notice }: StoredNotice): Promise<Notice> => {
  try {
    return await ask(needs, notice);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'storage-unavailable') throw error;
    needs.log('PEG_NOTICE_FAULT', { code, cause: error });
    const next = structuredClone(notice);
    const seconds = error instanceof PegasusError ? error.extras.retryAfterSeconds : undefined;
    const isGivenUp = delay(next, code, needs.clock(), seconds) === undefined;
    return isGivenUp ? { ...next, state: 'closed', result: 'failed' } : next;
  }
};

const ask = async (needs: SettleNeeds, notice: Notice): Promise<Notice> => {
  const { subscriptionId: id } = notice;
  const context: CallContext = { correlationId: needs.newId(), patience: 'background' };
  const { operation, acknowledgedAt, failure } = await askForOperation(needs, notice, context);
  const known = acknowledgedAt === undefined ? notice : { ...notice, acknowledgedAt };
  const snapshot = await takeOverTruth(needs, id, context, {
    action: notice.action,
    ...(operation ? { operation } : {}),
    ...(notice.refused && notice.operationId
      ? { refused: { ...notice.refused, operationId: notice.operationId } }
      : {}),
  });
  const ignored = snapshot && whyIgnored(needs, snapshot);
  if (ignored) return { ...known, state: 'closed', result: ignored };
  const isSo = snapshot !== undefined && isSettled(notice, operation, snapshot);
  // What the subscription itself shows needs no operation; what it does not show is asked again.
  if (failure !== undefined && !isSo) throw failure;
  return noticeRead(known, { isSettled: isSo, ...(operation ? { operation } : {}) }, needs.clock());
};

const whyIgnored = ({ offerIds }: SettleNeeds, { offerId }: Snapshot): Notice['result'] =>
  isServed(offerId, offerIds) ? undefined : 'not-ours';

type Asked = { operation?: Operation; acknowledgedAt?: string; failure?: PegasusError };

/** The operation as Microsoft knows it; where our word is waited for, it is given first, because its window is 10 s. */
const askForOperation = async (needs: SettleNeeds, notice: Notice, context: CallContext): Promise<Asked> => {
  const { subscriptionId: id, operationId } = notice;
  if (operationId === undefined) return {};
  let operation: Operation | undefined;
  try {
    operation = await needs.marketplace.getOperation(id, operationId, context);
  } catch (error) {
    // The subscription is asked for all the same (contract 12, trap 10).
    if (error instanceof PegasusError) return { failure: error };
    throw error;
  }
  if (!operation) return {};
  const isOurs = operation.offerId === undefined || isServed(operation.offerId, needs.offerIds);
  const isSaid = notice.acknowledgedAt !== undefined || !isOurs;
  if (isSaid || !isAcknowledged(operation, notice)) return { operation };
  const acknowledgedAt = needs.clock().toISOString();
  try {
    await needs.marketplace.acknowledge(id, operationId, context);
    needs.log('PEG_CHANGE_ACKNOWLEDGED', { action: operation.action });
    const after = await needs.marketplace.getOperation(id, operationId, context);
    return { operation: after ?? operation, acknowledgedAt };
  } catch (error) {
    needs.log('PEG_CHANGE_UNACKNOWLEDGED', { code: codeOf(error), cause: error });
    return { operation, acknowledgedAt };
  }
};
