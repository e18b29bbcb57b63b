import type { QueueClient, QueueServiceClient } from '@azure/storage-queue';
import type { Queues } from '../../application/ports.ts';
import type { Queue } from '../../domain/work.ts';
import { REQUEST_MS, type StorageConnection, storageCredential } from './connection.ts';
import { isContainerMissing, isStatus, storageFault } from './faults.ts';

/** Messages never expire: only their handler or the poison queue ends them. */
const NEVER = -1;

export const openQueues = async (connection: StorageConnection): Promise<QueueServiceClient> => {
  const { QueueServiceClient: Client } = await import('@azure/storage-queue');
  if (connection.kind === 'identity')
    return new Client(connection.queueUrl, await storageCredential(connection.clientId));
  return Client.fromConnectionString(connection.value);
};

/** Sends `{v: 1, subscriptionId, key?}`, as plain text: host.json says `messageEncoding: none` (contract 10.1). */
export const queues = (connection: StorageConnection): Queues => {
  let service: Promise<QueueServiceClient> | undefined;
  const clients = new Map<string, QueueClient>();
  const clientOf = async (name: string): Promise<QueueClient> => {
    service ??= openQueues(connection);
    const client = clients.get(name) ?? (await service).getQueueClient(name);
    clients.set(name, client);
    return client;
  };
  const send = async (queue: Queue, message: { subscriptionId: string; key?: string }, delaySeconds = 0) => {
    try {
      const client = await clientOf(queue);
      const text = JSON.stringify({ v: 1, ...message });
      const abortSignal = AbortSignal.timeout(REQUEST_MS);
      const options = { messageTimeToLive: NEVER, visibilityTimeout: delaySeconds, abortSignal };
      try {
        await client.sendMessage(text, options);
      } catch (error) {
        if (!isContainerMissing(error)) throw error;
        await client.createIfNotExists({ abortSignal });
        await client.sendMessage(text, options);
      }
    } catch (error) {
      throw storageFault(error);
    }
  };
  return {
    send: (queue, subscriptionId, delaySeconds) => send(queue, { subscriptionId }, delaySeconds),
    sendNotice: (subscriptionId, key, delaySeconds) =>
      send('marketplace-events', { subscriptionId, key }, delaySeconds),
    count: async (queue) => {
      try {
        return (
          (await (await clientOf(queue)).getProperties({ abortSignal: AbortSignal.timeout(REQUEST_MS) }))
            .approximateMessagesCount ?? 0
        );
      } catch (error) {
        if (isStatus(error, 404)) return 0;
        throw storageFault(error);
      }
    },
  };
};
