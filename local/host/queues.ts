import { setTimeout as sleep } from 'node:timers/promises';
import { type DequeuedMessageItem, type QueueClient, QueueServiceClient } from '@azure/storage-queue';
import type { QueueSettings } from './host-json.ts';
import type { Invoke } from './invoke.ts';
import { log } from './log.ts';
import { handleMessage } from './queue-message.ts';
import type { RegisteredFunction } from './registry.ts';

/** First wait after an empty look at a queue; it doubles up to `maxPollingInterval`. */
const SHORTEST_POLL_MS = 100;

/** Longest wait before a missing poison queue is looked for again: as a rule there never is one. */
const MISSING_POISON_POLL_MS = 5000;

export type QueueHost = { stop(): Promise<void> };

/**
 * Polls the queue of every queue function and runs the function on each message, by the platform's rules.
 *
 * A queue that does not exist is an empty one; a poison queue is then looked for every 5 seconds only, unlike on the platform.
 * `leaseSeconds` is how long a message stays hidden while it is worked on (renewed at half time): after a crash it appears
 * again when that time is over.
 *
 * @throws Error when a function's connection is not a connection string in the environment
 */
export const startQueues = (
  functions: RegisteredFunction[],
  parts: { settings: QueueSettings; leaseSeconds: number; invoke: Invoke; env: NodeJS.ProcessEnv },
): QueueHost => {
  const stopping = new AbortController();
  const polls = functions
    .flatMap((fn) => connect(fn, parts.env))
    .map(({ fn, service, queue }) => {
      const work = { ...parts, fn, queue, poison: poisonQueueOf(service, queue) };
      return poll(queue, { ...parts, signal: stopping.signal }, (message) => handleMessage(work, message));
    });
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(polls);
    },
  };
};

const connect = (fn: RegisteredFunction, env: NodeJS.ProcessEnv) => {
  const { metadata, trigger } = fn;
  if (trigger.type !== 'queueTrigger') return [];
  const connectionString = env[trigger.connection];
  if (!connectionString) {
    throw new Error(`Function "${metadata.name}": ${trigger.connection} must hold a storage connection string.`);
  }
  const service = QueueServiceClient.fromConnectionString(connectionString, {
    retryOptions: { maxTries: 3, retryDelayInMs: 100, maxRetryDelayInMs: 1000 },
  });
  return [{ fn, service, queue: service.getQueueClient(trigger.queueName) }];
};

const isPoison = ({ name }: QueueClient): boolean => name.endsWith('-poison');

const poisonQueueOf = (service: QueueServiceClient, queue: QueueClient) =>
  isPoison(queue) ? undefined : service.getQueueClient(`${queue.name}-poison`);

const poll = async (
  queue: QueueClient,
  { settings, leaseSeconds, signal }: { settings: QueueSettings; leaseSeconds: number; signal: AbortSignal },
  handle: (message: DequeuedMessageItem) => Promise<void>,
) => {
  const running = new Set<Promise<void>>();
  const receive = receiver(queue, settings.batchSize, leaseSeconds);
  let waitMs = SHORTEST_POLL_MS;
  while (!signal.aborted) {
    const { messages, isMissing } = await receive();
    for (const message of messages) {
      const handled = handle(message).finally(() => running.delete(handled));
      running.add(handled);
    }
    if (messages.length > 0) {
      waitMs = SHORTEST_POLL_MS;
      while (running.size > settings.newBatchThreshold) await Promise.race(running);
    } else {
      const rarelyMs = isMissing && isPoison(queue) ? MISSING_POISON_POLL_MS : 0;
      const longestMs = Math.max(settings.maxPollingMs, rarelyMs);
      await sleep(Math.min(waitMs, longestMs), undefined, { signal }).catch(() => undefined);
      waitMs = Math.min(waitMs * 2, longestMs);
    }
  }
  await Promise.all(running);
};

const receiver = (queue: QueueClient, numberOfMessages: number, visibilityTimeout: number) => {
  let reachable = true;
  return async () => {
    try {
      const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages, visibilityTimeout });
      reachable = true;
      return { messages: receivedMessageItems, isMissing: false };
    } catch (error) {
      const { statusCode, code, message } = error as { statusCode?: number; code?: string; message: string };
      const isMissing = statusCode === 404;
      if (!isMissing && reachable) log('warning', 'host', `Queue ${queue.name} cannot be read: ${code ?? message}`);
      reachable = isMissing;
      return { messages: [], isMissing };
    }
  };
};
