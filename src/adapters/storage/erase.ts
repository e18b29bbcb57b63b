import type { TransactionAction } from '@azure/data-tables';
import type { SubscriptionStore } from '../../application/ports.ts';
import type { TimelineEntry } from '../../domain/subscription.ts';
import { isStatus, storageFault } from './faults.ts';
import { bucketOf, fromChunks, noticePrefix, timelinePrefix, toChunks } from './rows.ts';
import { type Row, scan } from './scan.ts';
import type { Table } from './tables.ts';

/** Operations in a transaction (contract 10.3). */
const MOST_AT_ONCE = 100;

/** Lost races with somebody who does the same, after which it is left to the next delivery. */
const TRIES = 5;

/** Batches that a transaction holds; what belongs together stays together. */
const batched = (together: TransactionAction[][]): TransactionAction[][] => {
  const batches: TransactionAction[][] = [];
  for (const actions of together) {
    const last = batches.at(-1);
    if (last && last.length + actions.length <= MOST_AT_ONCE) last.push(...actions);
    else if (actions.length > 0) batches.push([...actions]);
  }
  return batches;
};

/** Submits in batches of one partition. Answers whether all of it was as it had been read. */
export const submit = async (subscriptions: Table, together: TransactionAction[][]): Promise<boolean> => {
  for (const batch of batched(together)) {
    try {
      await subscriptions((client) => client.submitTransaction(batch));
    } catch (error) {
      if (isStatus(error, 404, 412)) return false;
      throw storageFault(error);
    }
  }
  return true;
};

const rewritten = (
  row: Row,
  partitionKey: string,
  left: (entry: TimelineEntry) => TimelineEntry,
): TransactionAction[] => {
  const before = toChunks(fromChunks(row));
  const after = toChunks((fromChunks(row) as TimelineEntry[]).map(left));
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [['update', { partitionKey, rowKey: row.rowKey, ...after }, 'Replace', { etag: String(row['etag']) }]];
};

const removed = (row: Row, partitionKey: string): TransactionAction[] => {
  const rows = [row.rowKey, ...(typeof row['due'] === 'string' ? [row['due']] : [])];
  return rows.map((rowKey): TransactionAction => ['delete', { partitionKey, rowKey }]);
};

/** Rewrites the history and deletes the notices with their due rows, in batches; rows that are as they should be stay untouched. */
export const eraseHistory =
  (subscriptions: Table): SubscriptionStore['eraseHistory'] =>
  async (id, left) => {
    const partitionKey = bucketOf(id);
    const actionsOf = async (prefix: string, toActions: (row: Row) => TransactionAction[]) => {
      const actions: TransactionAction[][] = [];
      for await (const row of scan(subscriptions, partitionKey, prefix, `${prefix}~`)) actions.push(toActions(row));
      return actions;
    };
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const actions = [
        ...(await actionsOf(timelinePrefix(id), (row) => rewritten(row, partitionKey, left))),
        ...(await actionsOf(noticePrefix(id), (row) => removed(row, partitionKey))),
      ];
      if (await submit(subscriptions, actions)) return;
    }
    throw storageFault(new Error('The history was changed by others while it was erased.'));
  };
