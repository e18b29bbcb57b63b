import { randomUUID } from 'node:crypto';
import type { StorageQueueHandler, TimerHandler } from '@azure/functions';
import { PegasusError } from '../../domain/errors.ts';
import { log, withInvocation } from '../logging/log.ts';

const observe = async (work: () => Promise<void>, fields: { attempt?: number } = {}): Promise<void> => {
  const startedAt = performance.now();
  const duration = () => Math.round(performance.now() - startedAt);
  log('PEG_STARTED', fields);
  try {
    await work();
    log('PEG_COMPLETED', { ...fields, durationMs: duration() });
  } catch (error) {
    const code = error instanceof PegasusError ? error.code : 'unexpected';
    log('PEG_FAILED', { ...fields, code, durationMs: duration(), cause: error });
    // Thrown anew without cause and message: the host writes what is thrown into its own log (P7).
    // oxlint-disable-next-line preserve-caught-error
    throw new Error('The work failed and is delivered again. The log names where.');
  }
};

type Subject = { subscriptionId: string; key?: string };

/** What a message is about, or `undefined` when it is no message of ours. */
const subjectOf = (message: unknown): Subject | undefined => {
  if (typeof message !== 'object' || message === null) return undefined;
  const { v, subscriptionId, key } = message as { v?: unknown; subscriptionId?: unknown; key?: unknown };
  if (v !== 1 || typeof subscriptionId !== 'string' || subscriptionId === '') return undefined;
  return typeof key === 'string' ? { subscriptionId, key } : { subscriptionId };
};

/** A queue's handler: to return is done, to throw is to be delivered again (design 5). */
export const worker =
  (handle: (subscriptionId: string, key?: string) => Promise<void>): StorageQueueHandler =>
  (message, context) => {
    const about = subjectOf(message);
    const subject = about === undefined ? {} : { subscriptionId: about.subscriptionId };
    return withInvocation({ context, correlationId: randomUUID(), ...subject }, async () => {
      if (about === undefined) {
        // Delivered again it would be as unreadable; the record's due row brings the work back.
        log('PEG_MESSAGE_UNREADABLE');
        return;
      }
      const dequeued = context.triggerMetadata?.['dequeueCount'];
      const { subscriptionId, key } = about;
      await observe(() => handle(subscriptionId, key), typeof dequeued === 'number' ? { attempt: dequeued } : {});
    });
  };

export const timer =
  (work: () => Promise<void>): TimerHandler =>
  (_timer, context) =>
    withInvocation({ context, correlationId: randomUUID() }, () => observe(work));
