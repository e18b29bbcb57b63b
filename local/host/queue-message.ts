import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { RpcData } from './core-module.ts';
import type { QueueSettings } from './host-json.ts';
import type { Invoke } from './invoke.ts';
import { log, logFailure } from './log.ts';
import type { RegisteredFunction } from './registry.ts';

type Work = {
  fn: RegisteredFunction;
  queue: QueueClient;
  /** absent where `queue` is itself a poison queue */
  poison: QueueClient | undefined;
  settings: QueueSettings;
  leaseSeconds: number;
  invoke: Invoke;
};

/**
 * Runs the function on one message and settles the message as the platform's QueueProcessor does.
 *
 * Success deletes it. Failure makes it visible again after `visibilityTimeout`; at `maxDequeueCount` tries it moves to
 * the poison queue instead, which is created if need be. A failed message of a poison queue has nowhere to go: it
 * stays hidden until its lease ends. Never rejects; a message that could not be settled appears again by itself.
 */
export const handleMessage = async (work: Work, message: DequeuedMessageItem): Promise<void> => {
  const { fn, queue, poison, settings } = work;
  try {
    const text = decode(message.messageText, settings.messageEncoding);
    if (text === undefined || message.dequeueCount > settings.maxDequeueCount) {
      await moveToPoison(work, message, message.popReceipt);
      return;
    }
    const lease = keepHidden(work, message);
    const succeeded = await work.invoke(fn, { string: text }, metadataOf(message, text)).then(
      () => true,
      () => false,
    );
    const popReceipt = await lease.end();

    if (succeeded) await queue.deleteMessage(message.messageId, popReceipt);
    else if (poison === undefined) return;
    else if (message.dequeueCount >= settings.maxDequeueCount) await moveToPoison(work, message, popReceipt);
    else await queue.updateMessage(message.messageId, popReceipt, undefined, settings.visibilitySeconds);
  } catch (error) {
    logFailure(`${fn.metadata.name}: message ${message.messageId} could not be settled`, error);
  }
};

/** The text of a message in its queue's encoding, or undefined when it is not in that encoding. */
const decode = (text: string, encoding: 'none' | 'base64') => {
  if (encoding === 'none') return text;
  const decoded = Buffer.from(text, 'base64');
  return decoded.toString('base64') === text ? decoded.toString() : undefined;
};

const metadataOf = (message: DequeuedMessageItem, text: string): Record<string, RpcData> => ({
  QueueTrigger: { string: text },
  Id: { string: message.messageId },
  PopReceipt: { string: message.popReceipt },
  DequeueCount: { int: message.dequeueCount },
  InsertionTime: { string: message.insertedOn.toISOString() },
  ExpirationTime: { string: message.expiresOn.toISOString() },
  NextVisibleTime: { string: message.nextVisibleOn.toISOString() },
});

const moveToPoison = async ({ fn, queue, poison }: Work, message: DequeuedMessageItem, receipt: string) => {
  if (poison === undefined) return;
  const what = `message ${message.messageId} moved to ${poison.name} at try ${message.dequeueCount}`;
  log('warning', fn.metadata.name, what);
  try {
    await poison.sendMessage(message.messageText);
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
    await poison.createIfNotExists();
    await poison.sendMessage(message.messageText);
  }
  await queue.deleteMessage(message.messageId, receipt);
};

/** Extends the time a message is hidden whenever half of it is over, until `end`, which says its last pop receipt. */
const keepHidden = ({ queue, fn, leaseSeconds }: Work, { messageId, popReceipt }: DequeuedMessageItem) => {
  let receipt = popReceipt;
  let renewal = Promise.resolve();
  const renew = async () => {
    try {
      receipt = (await queue.updateMessage(messageId, receipt, undefined, leaseSeconds)).popReceipt ?? receipt;
    } catch (error) {
      logFailure(`${fn.metadata.name}: message ${messageId} could not be kept hidden`, error);
    }
  };
  const timer = setInterval(() => {
    renewal = renewal.then(renew);
  }, leaseSeconds * 500);
  return {
    end: async () => {
      clearInterval(timer);
      await renewal;
      return receipt;
    },
  };
};
