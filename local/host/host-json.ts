import { readFile } from 'node:fs/promises';

/** `extensions.queues` of host.json, with the platform's own defaults. */
export type QueueSettings = {
  /** messages fetched at once, 1 to 32 */
  batchSize: number;
  /** more are fetched when no more than this many are being worked on */
  newBatchThreshold: number;
  /** longest wait between two looks at an empty queue */
  maxPollingMs: number;
  /** wait before a failed message is tried again, whole seconds */
  visibilitySeconds: number;
  /** tries before a message is moved to the poison queue */
  maxDequeueCount: number;
  messageEncoding: 'none' | 'base64';
};

export type HostSettings = { routePrefix: string; queues: QueueSettings };

type HostJson = {
  extensions?: {
    http?: { routePrefix?: string };
    queues?: {
      batchSize?: number;
      newBatchThreshold?: number;
      maxPollingInterval?: string;
      visibilityTimeout?: string;
      maxDequeueCount?: number;
      messageEncoding?: string;
    };
  };
};

/**
 * What this host reads of a host.json.
 *
 * @throws Error naming the file when it is missing or not JSON, or the field when its value cannot be used
 */
export const readHostJson = async (path: string): Promise<HostSettings> => {
  let content: HostJson;
  try {
    content = JSON.parse(await readFile(path, 'utf8')) as HostJson;
  } catch (cause) {
    throw new Error(`Cannot read ${path}.`, { cause });
  }
  const { http = {}, queues = {} } = content.extensions ?? {};
  const { messageEncoding = 'base64', batchSize = 16 } = queues;
  if (messageEncoding !== 'none' && messageEncoding !== 'base64') {
    throw new Error('host.json: messageEncoding must be "none" or "base64".');
  }
  if (batchSize < 1 || batchSize > 32) throw new Error('host.json: batchSize must be 1 to 32.');
  return {
    routePrefix: http.routePrefix ?? 'api',
    queues: {
      batchSize,
      newBatchThreshold: queues.newBatchThreshold ?? Math.floor(batchSize / 2),
      maxPollingMs: milliseconds('maxPollingInterval', queues.maxPollingInterval ?? '00:01:00'),
      visibilitySeconds: Math.round(milliseconds('visibilityTimeout', queues.visibilityTimeout ?? '00:00:00') / 1000),
      maxDequeueCount: queues.maxDequeueCount ?? 5,
      messageEncoding,
    },
  };
};

const milliseconds = (field: string, text: string) => {
  const parts = /^(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text);
  if (parts === null) throw new Error(`host.json: ${field} must be a time span such as "00:00:30".`);
  const [, hours, minutes, seconds] = parts;
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
};
