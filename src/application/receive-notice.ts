import { PegasusError } from '../domain/errors.ts';
import { knownAction, type Notice } from '../domain/notice.ts';
import { sendInTime } from './follow-up.ts';
import { isJudged, type JudgeNeeds, judgeNotice } from './judge-notice.ts';
import type { Needs } from './needs.ts';

type ReceiveNeeds = JudgeNeeds & Pick<Needs, 'inbox' | 'queues'>;

/**
 * Keeps what Microsoft told and sends word of it to the worker: one write and one message. Told again, it is not kept again,
 * but the message goes out all the same. Once it is kept, a message that cannot be sent is the sweep's to send.
 * Where the publisher sells not every change, one that was made at Microsoft is looked into first (contract 4.2).
 * @throws `storage-unavailable` when it could not be kept; `marketplace-unavailable` when it could not be decided;
 *   `change-not-sold` when it is refused, which is kept by then
 */
export const receiveNotice = async (needs: ReceiveNeeds, told: Notice): Promise<void> => {
  const { inbox, queues, log } = needs;
  const { subscriptionId, key } = told;
  const action = knownAction(told.action) ?? 'unknown';
  const { notice, isNew } = isJudged(needs, told)
    ? await keepJudged(needs, told)
    : { notice: told, isNew: (await inbox.put(told)) === 'new' };
  log(isNew ? 'PEG_WEBHOOK_RECEIVED' : 'PEG_WEBHOOK_KNOWN', { subscriptionId, action });
  await sendInTime(queues.sendNotice(subscriptionId, key), (cause) =>
    log('PEG_MESSAGE_UNSENT', { subscriptionId, cause }),
  );
  if (!notice.refused) return;
  const { reason } = notice.refused;
  log('PEG_CHANGE_NOT_SOLD', { subscriptionId, action, reason });
  throw new PegasusError('change-not-sold', 'The publisher does not sell this change.', { extras: { reason } });
};

/** Judged once: what was decided first holds for every delivery of the same, also of two at once. */
const keepJudged = async (needs: ReceiveNeeds, told: Notice): Promise<{ notice: Notice; isNew: boolean }> => {
  const load = async () => (await needs.inbox.load(told.subscriptionId, told.key))?.notice;
  const before = await load();
  if (before) return { notice: before, isNew: false };
  const notice = await judgeNotice(needs, told);
  if ((await needs.inbox.put(notice)) === 'new') return { notice, isNew: true };
  return { notice: (await load()) ?? notice, isNew: false };
};

/** Keeps a body that names no subscription or no action; operators hear of it once, by the alert on its log event. */
export const receiveUnreadable = async (
  { inbox, clock, log }: Pick<Needs, 'inbox' | 'clock' | 'log'>,
  { key, text }: { key: string; text: string },
): Promise<void> => {
  if ((await inbox.putUnreadable(key, text, clock().toISOString())) === 'new') log('PEG_WEBHOOK_UNREADABLE');
};
