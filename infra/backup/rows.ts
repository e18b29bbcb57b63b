import type { TransactionAction } from '@azure/data-tables';
import {
  BUCKETS,
  bucketOf,
  fromChunks,
  indexRows,
  recordRow,
  timelineRow,
  toChunks,
} from '../../src/adapters/storage/rows.ts';
import { oldestUnreadable } from '../../src/domain/notice.ts';
import { begin, type Reconciliation } from '../../src/domain/reconciliation.ts';
import type { Subscription, TimelineEntry } from '../../src/domain/subscription.ts';
import { anonymousEntry, isWithoutContact } from '../../src/domain/tombstone.ts';
import type { Group, Row, TableName } from './storage.ts';

/** Rows that are made anew from the records and notices: while others write, they would not fit what they point at. */
export const WITHOUT_INDEXES = "(RowKey lt 'due|' or RowKey gt 'due|~') and (RowKey lt 'list|' or RowKey gt 'list|~')";

const SCHEMA = 1;

/**
 * The version of a record that is restored: seconds since 1970, far above what commits reach. What was made of its later
 * versions, and is lost here, is known elsewhere by their numbers: to the workspace, and to the mail service by the ids of
 * mails. The next ones must be new to them, also when the same backup is restored a second time.
 */
const leapFrom = (version: number, now: Date): number => Math.max(version + 1, Math.floor(now.getTime() / 1000));

const upsert = (row: Row): TransactionAction => ['upsert', row, 'Replace'];

const groupOf = (row: Row, others: Row[] = []): Group => ({
  partitionKey: row.partitionKey,
  actions: [row, ...others].map(upsert),
});

/** The record in a row. @throws Error when it is no record of this version's kind, or stands where none can be found */
export const recordIn = (row: Row): Subscription => {
  if (row['schema'] !== SCHEMA) throw new Error(`a record was written by another version (schema ${row['schema']}).`);
  const record = fromChunks(row) as Subscription;
  if (row.partitionKey !== bucketOf(record.id) || row.rowKey !== recordRow(record.id))
    throw new Error('a record stands in a row that is not its own.');
  return record;
};

/** @throws Error for a row that this version cannot restore */
export const checkRow = (table: TableName, row: Row): void => {
  if (table !== 'Subscriptions') return;
  if (!BUCKETS.includes(row.partitionKey)) throw new Error('a row stands in no bucket.');
  if (isRecord(row)) recordIn(row);
};

export const isRecord = ({ rowKey }: Row): boolean => rowKey.startsWith('sub|');
export const isHistory = ({ rowKey }: Row): boolean => rowKey.startsWith('log|');
export const isNotice = ({ rowKey }: Row): boolean => rowKey.startsWith('inbox|');

/** What nobody could read and would have been forgotten by now, had it stayed in the tables. */
export const isForgotten = ({ rowKey, receivedAt }: Row, now: Date): boolean =>
  rowKey.startsWith('unreadable|') && String(receivedAt) < oldestUnreadable(now).toISOString();

/** The id that stands second in the keys of a record, its history and its notices. */
export const ownerOf = ({ rowKey }: Row): string => decodeURIComponent(rowKey.split('|')[1] ?? '');

/** A record with its index rows as this version makes them, and a line of history that says where it comes from. */
export const recordGroup = (old: Subscription, backupOf: string, now: Date): Group => {
  const restored = isWithoutContact(old) ? {} : { restoredAt: now.toISOString() };
  const record: Subscription = { ...old, ...restored, version: leapFrom(old.version, now) };
  const partitionKey = bucketOf(record.id);
  const rows = indexRows(record);
  const entry: TimelineEntry = {
    at: now.toISOString(),
    what: 'restored',
    actor: { kind: 'system' },
    detail: `as of ${backupOf}`,
  };
  return groupOf(
    { partitionKey, rowKey: recordRow(record.id), schema: SCHEMA, rows: JSON.stringify(rows), ...toChunks(record) },
    [
      { partitionKey, rowKey: timelineRow(record.id, record.version), ...toChunks([entry]) },
      ...rows.map((rowKey) => ({ partitionKey, rowKey })),
    ],
  );
};

/** A notice that is open stands under a due row, too. */
export const noticeGroup = (row: Row): Group => {
  const due = row['due'];
  return groupOf(row, typeof due === 'string' ? [{ partitionKey: row.partitionKey, rowKey: due }] : []);
};

export const plainGroup = (row: Row): Group => groupOf(row);

/** A line of history without the people in it. */
export const anonymousGroup = (row: Row): Group =>
  groupOf({
    partitionKey: row.partitionKey,
    rowKey: row.rowKey,
    ...toChunks((fromChunks(row) as TimelineEntry[]).map(anonymousEntry)),
  });

const isPass = ({ partitionKey, rowKey }: Row): boolean => partitionKey === 'reconciliation' && rowKey === 'pass';

/** A row of table `Offers`; the comparison with Microsoft begins anew, so that what happened since is found at once. */
export const offerGroup = (row: Row, now: Date): Group =>
  isPass(row)
    ? groupOf({
        partitionKey: row.partitionKey,
        rowKey: row.rowKey,
        ...toChunks(begin(fromChunks(row) as Reconciliation, now)),
      })
    : groupOf(row);
