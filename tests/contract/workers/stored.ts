import { odata, TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';
import { bucketOf, fromChunks, noticePrefix, recordRow } from '../../../src/adapters/storage/rows.ts';
import type { Subscription } from '../../../src/domain/subscription.ts';

export type StoredRow = Record<string, unknown> & { partitionKey: string; rowKey: string };

const orWhenMissing = async <T>(ask: () => Promise<T>, none: T): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return none;
    throw error;
  }
};

/** What lies in storage, seen past the app. A table or queue that does not exist is an empty one. */
export const stored = (connectionString: string) => {
  const queue = (name: string) => new QueueClient(connectionString, name);
  /** Those that `filter` lets through. Tests ask again and again: what they need not see is not read. */
  const rows = (table: string, filter = ''): Promise<StoredRow[]> => {
    const client = TableClient.fromConnectionString(connectionString, table, { allowInsecureConnection: true });
    const all = async () => {
      const found: StoredRow[] = [];
      const asked = filter === '' ? {} : { queryOptions: { filter } };
      for await (const row of client.listEntities<StoredRow>(asked)) found.push(row);
      return found;
    };
    return orWhenMissing(all, []);
  };
  const rowsOf = (id: string, from: string, to: string): Promise<StoredRow[]> =>
    rows('Subscriptions', odata`PartitionKey eq ${bucketOf(id)} and RowKey ge ${from} and RowKey le ${to}`);
  return {
    rows,
    record: async (id: string): Promise<Subscription> => {
      const [row] = await rowsOf(id, recordRow(id), recordRow(id));
      if (!row) throw new Error(`There is no record of ${id}.`);
      return fromChunks(row) as Subscription;
    },
    /** The notices of a subscription. */
    notices: async (id: string): Promise<Record<string, unknown>[]> =>
      (await rowsOf(id, noticePrefix(id), `${noticePrefix(id)}~`)).map(
        (row) => fromChunks(row) as Record<string, unknown>,
      ),
    /** The instants at which the sweep looks after the subscription. */
    dueAt: async (id: string): Promise<Date[]> =>
      (await rowsOf(id, 'due|', 'due|~'))
        .filter(({ rowKey }) => rowKey.endsWith(`|${id}`))
        .map(({ rowKey }) => new Date(rowKey.split('|')[1] ?? '')),
    /** An organization in the built-in directory, as often as it is there, and the rows of its users. */
    organization: async (id: string) => {
      const own = await rows('Organizations', odata`PartitionKey eq ${id}`);
      return {
        organizations: own
          .filter(({ rowKey }) => rowKey === 'organization')
          .map((row) => fromChunks(row) as { name: string; claims: Record<string, object> }),
        users: own.filter(({ rowKey }) => rowKey.startsWith('user|')),
      };
    },
    send: async (name: string, text: string): Promise<void> => {
      await queue(name).createIfNotExists();
      await queue(name).sendMessage(text);
    },
    clear: (name: string): Promise<unknown> => orWhenMissing(async () => queue(name).clearMessages(), undefined),
    /** How many messages the queue holds, those that are hidden included. */
    count: (name: string): Promise<number> =>
      orWhenMissing(async () => (await queue(name).getProperties()).approximateMessagesCount ?? 0, 0),
    peek: (name: string): Promise<string[]> =>
      orWhenMissing(async () => {
        const { peekedMessageItems } = await queue(name).peekMessages({ numberOfMessages: 32 });
        return peekedMessageItems.map(({ messageText }) => messageText);
      }, []),
  };
};
