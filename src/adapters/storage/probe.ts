import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueClient, QueueServiceClient } from '@azure/storage-queue';
import type { QueueDepth, StorageLook, StorageProbe } from '../../application/checks/probes.ts';
import { QUEUES } from '../../domain/work.ts';
import type { StorageConnection } from './connection.ts';
import { isContainerMissing, isStatus } from './faults.ts';
import { openQueues } from './queues.ts';
import { table } from './tables.ts';

/** Where nothing but these trials is written. */
const SCRATCH = 'doctor';
const SCRATCH_SECONDS = 60;

/** Workers look every second; a message that waited so long and is there again after a while is taken by nobody. */
const WAITED_MS = 300_000;
const LOOK_AGAIN_MS = 3000;

/** Carries out steps by their names, up to the first that fails. */
const steps = async (all: [string, () => Promise<unknown>][]): Promise<StorageLook> => {
  for (const [step, act] of all) {
    try {
      await act();
    } catch (error) {
      const { statusCode, code, name } = error as { statusCode?: unknown; code?: unknown; name?: unknown };
      const fault = [code, name].find((one): one is string => typeof one === 'string');
      const status = typeof statusCode === 'number' ? { status: statusCode } : {};
      return { kind: 'failed', step, ...status, fault: fault ?? 'unknown' };
    }
  }
  return { kind: 'done' };
};

/** Ids of messages that have been ready to be taken for long. */
const waiting = async (queue: QueueClient): Promise<string[]> => {
  const { peekedMessageItems, date } = await queue.peekMessages({ numberOfMessages: 32 });
  const before = (date ?? new Date(0)).getTime() - WAITED_MS;
  return peekedMessageItems.filter(({ insertedOn }) => insertedOn.getTime() < before).map(({ messageId }) => messageId);
};

const depth = async (service: QueueServiceClient, name: string): Promise<QueueDepth[]> => {
  const queue = service.getQueueClient(name);
  try {
    const count = (await queue.getProperties()).approximateMessagesCount ?? 0;
    const before = await waiting(queue);
    if (before.length === 0) return [{ name, count, stuck: 0 }];
    await sleep(LOOK_AGAIN_MS);
    const after = await waiting(queue);
    return [{ name, count, stuck: before.filter((id) => after.includes(id)).length }];
  } catch (error) {
    if (isContainerMissing(error) || isStatus(error, 404)) return [];
    throw error;
  }
};

/** Tries out what the app needs of storage, in a partition and a queue of their own. */
export const storageProbe = (connection: StorageConnection): StorageProbe => {
  const offers = table(connection, 'Offers');
  return {
    tryRow: async () => {
      const { partitionKey, rowKey } = { partitionKey: SCRATCH, rowKey: randomUUID() };
      let etag = '*';
      const remove = () => offers((client) => client.deleteEntity(partitionKey, rowKey, { etag }));
      const look = await steps([
        ['write a row', () => offers((client) => client.createEntity({ partitionKey, rowKey }))],
        [
          'read a row',
          async () => {
            ({ etag } = await offers((client) => client.getEntity(partitionKey, rowKey)));
          },
        ],
        ['delete a row', remove],
      ]);
      // What could be written and not read is not to stay; a second failure says nothing new.
      if (look.kind === 'failed') await remove().catch(() => undefined);
      return look;
    },

    tryMessage: async () => {
      let queue: QueueClient | undefined;
      const opened = (): QueueClient => {
        if (!queue) throw new Error('The queue is opened first.');
        return queue;
      };
      let sent = { messageId: '', popReceipt: '' };
      return steps([
        [
          'make a queue',
          async () => {
            queue = (await openQueues(connection)).getQueueClient(SCRATCH);
            await queue.createIfNotExists();
          },
        ],
        [
          'send a message',
          async () => {
            sent = await opened().sendMessage('doctor', { messageTimeToLive: SCRATCH_SECONDS });
          },
        ],
        ['peek at messages', () => opened().peekMessages()],
        ['delete a message', () => opened().deleteMessage(sent.messageId, sent.popReceipt)],
      ]);
    },

    depths: async () => {
      try {
        const service = await openQueues(connection);
        const names = QUEUES.flatMap((name) => [name, `${name}-poison`]);
        return (await Promise.all(names.map((name) => depth(service, name)))).flat();
      } catch {
        return undefined;
      }
    },
  };
};
