import { randomUUID } from 'node:crypto';
import type { TransactionAction } from '@azure/data-tables';
import type { Stored, SubscriptionStore } from '../../application/ports.ts';
import type { Subscription, TimelineEntry } from '../../domain/subscription.ts';
import type { StorageConnection } from './connection.ts';
import { due } from './due.ts';
import { eraseHistory } from './erase.ts';
import { isStatus, storageFault } from './faults.ts';
import { list } from './list.ts';
import { bucketOf, fromChunks, indexRows, recordRow, timelinePrefix, timelineRow, toChunks } from './rows.ts';
import { scan } from './scan.ts';
import { type Table, table } from './tables.ts';

type Entity = Record<string, unknown> & { etag: string };

const toStored = (entity: Entity): Stored => ({
  record: fromChunks(entity) as Subscription,
  etag: entity.etag,
  rows: JSON.parse(String(entity['rows'])) as string[],
});

const read = async (subscriptions: Table, id: string, row = recordRow(id)): Promise<Entity | undefined> => {
  try {
    return await subscriptions((client) => client.getEntity<Entity>(bucketOf(id), row));
  } catch (error) {
    if (isStatus(error, 404)) return undefined;
    throw storageFault(error);
  }
};

const load =
  (subscriptions: Table) =>
  async (id: string): Promise<Stored | undefined> => {
    const entity = await read(subscriptions, id);
    // A record that cannot be read is a fault of ours, no outage of storage.
    return entity && toStored(entity);
  };

const commit =
  (subscriptions: Table): SubscriptionStore['commit'] =>
  async ({ before, next, entries }) => {
    const committedAs = randomUUID();
    const partitionKey = bucketOf(next.id);
    const rowKey = recordRow(next.id);
    const rows = indexRows(next);
    const entity = { partitionKey, rowKey, schema: 1, committedAs, rows: JSON.stringify(rows), ...toChunks(next) };
    const actions: TransactionAction[] = [
      before ? ['update', entity, 'Replace', { etag: before.etag }] : ['create', entity],
    ];
    if (entries.length > 0) {
      const line = { partitionKey, rowKey: timelineRow(next.id, next.version), committedAs, ...toChunks(entries) };
      actions.push(['create', line]);
    }
    // The record's ETag guards its index rows: what it stood under before is known from the record itself.
    for (const row of before?.rows ?? [])
      if (!rows.includes(row)) actions.push(['delete', { partitionKey, rowKey: row }]);
    for (const row of rows) if (!before?.rows.includes(row)) actions.push(['create', { partitionKey, rowKey: row }]);
    try {
      const response = await subscriptions((client) => client.submitTransaction(actions));
      // The record is the first action; the SDK's look-up by row key compares it with the escaped one and finds none.
      const etag = response.subResponses[0]?.etag;
      if (etag === undefined) throw new Error('The transaction answered without an ETag.');
      return { record: next, etag, rows };
    } catch (error) {
      if (!isStatus(error, 409, 412)) throw storageFault(error);
      const isOurs = await wasCommitted(subscriptions, next, { committedAs, isInHistory: entries.length > 0 });
      const found = isOurs ? await read(subscriptions, next.id) : undefined;
      return found ? toStored(found) : 'conflict';
    }
  };

/**
 * Where storage takes a transaction and its answer is lost, the SDK's second try meets our own commit. Somebody else may have
 * written since: then the history still says whose that version was. A commit that leaves none is a claim, and says so itself.
 */
const wasCommitted = async (
  subscriptions: Table,
  { id, version }: Subscription,
  { committedAs, isInHistory }: { committedAs: string; isInHistory: boolean },
): Promise<boolean> => {
  const found = await read(subscriptions, id, isInHistory ? timelineRow(id, version) : recordRow(id));
  return found?.['committedAs'] === committedAs;
};

const timeline =
  (subscriptions: Table) =>
  async (id: string): Promise<TimelineEntry[]> => {
    const entries: TimelineEntry[] = [];
    const prefix = timelinePrefix(id);
    for await (const entity of scan(subscriptions, bucketOf(id), prefix, `${prefix}~`)) {
      entries.push(...(fromChunks(entity) as TimelineEntry[]));
    }
    return entries;
  };

/** Table `Subscriptions`: record, history and indexes of a subscription are rows of one partition (design 5). */
export const subscriptionStore = (connection: StorageConnection): SubscriptionStore => {
  const subscriptions = table(connection, 'Subscriptions');
  const loadOne = load(subscriptions);
  return {
    load: loadOne,
    commit: commit(subscriptions),
    timeline: timeline(subscriptions),
    list: list(subscriptions, loadOne),
    eraseHistory: eraseHistory(subscriptions),
    due: due(subscriptions),
  };
};
