import { knownAction, type Notice } from '../domain/notice.ts';
import type { Needs } from './needs.ts';

type ReceiveNeeds = Pick<Needs, 'inbox' | 'queues' | 'log'>;

/**
 * Keeps what Microsoft told and sends word of it to the worker: one write and one message. Told again, it is not kept again,
 * but the message goes out all the same. Once it is kept, a message that cannot be sent is the sweep's to send.
 * @throws `storage-unavailable` when it could not be kept
 */
export const receiveNotice = async ({ inbox, queues, log }: ReceiveNeeds, notice: Notice): Promise<void> => {
  const { subscriptionId, key } = notice;
  const action = knownAction(notice.action) ?? 'unknown';
  const kept = await inbox.put(notice);
  log(kept === 'new' ? 'PEG_WEBHOOK_RECEIVED' : 'PEG_WEBHOOK_KNOWN', { subscriptionId, action });
  try {
    await queues.sendNotice(subscriptionId, key);
  } catch (error) {
    log('PEG_NOTICE_FAULT', { subscriptionId, action, cause: error });
  }
};

/** Keeps a body that names no subscription or no action; operators hear of it once, by the alert on its log event. */
export const receiveUnreadable = async (
  { inbox, clock, log }: Pick<Needs, 'inbox' | 'clock' | 'log'>,
  { key, text }: { key: string; text: string },
): Promise<void> => {
  if ((await inbox.putUnreadable(key, text, clock().toISOString())) === 'new') log('PEG_WEBHOOK_UNREADABLE');
};
