import type { ListQuery, Stored, SubscriptionStore } from '../../application/ports.ts';
import type { Subscription } from '../../domain/subscription.ts';
import { BUCKETS, idOf, type ListIndex, listPrefix, namePrefix } from './rows.ts';
import { scan } from './scan.ts';
import type { Table } from './tables.ts';

type Load = (id: string) => Promise<Stored | undefined>;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A page of an index: one range per bucket, merged, then the records themselves. 16 + `limit` requests, however many
 * subscriptions there are. The cursor is the last row's place in the index, the same for every bucket.
 */
const page = async (
  subscriptions: Table,
  load: Load,
  prefix: string,
  { cursor, limit }: ListQuery,
): Promise<{ records: Subscription[]; cursor?: string }> => {
  const from = cursor === undefined ? prefix : `${prefix}${cursor}`;
  const perBucket = await Promise.all(
    BUCKETS.map(async (bucket) => {
      const rows: string[] = [];
      for await (const row of scan(subscriptions, bucket, from, `${prefix}~`, limit + 1)) rows.push(row.rowKey);
      return rows;
    }),
  );
  const rows = perBucket.flat().sort();
  const taken = rows.slice(0, limit);
  const loaded = await Promise.all(taken.map((row) => load(idOf(row))));
  const records = loaded.flatMap((stored) => (stored ? [stored.record] : []));
  const last = rows.length > limit ? taken.at(-1) : undefined;
  return last === undefined ? { records } : { records, cursor: last.slice(prefix.length) };
};

const indexOf = ({ stage }: ListQuery): ListIndex => (stage === undefined ? 'all' : `stage=${stage}`);

/** By subscription id, by tenant id, by the beginning of the name, or all of a stage, newest first. */
export const list =
  (subscriptions: Table, load: Load): SubscriptionStore['list'] =>
  async (query) => {
    const { q, stage } = query;
    if (q === undefined) return page(subscriptions, load, listPrefix(indexOf(query)), query);
    const ofStage = (record: Subscription): boolean => stage === undefined || record.stage === stage;
    if (GUID.test(q)) {
      const [one, tenant] = await Promise.all([
        query.cursor === undefined ? load(q) : undefined,
        page(subscriptions, load, listPrefix(`tenant=${q.toLowerCase()}`), query),
      ]);
      return { ...tenant, records: [...(one ? [one.record] : []), ...tenant.records].filter(ofStage) };
    }
    const named = await page(subscriptions, load, `${listPrefix('name=')}${namePrefix(q)}`, query);
    return { ...named, records: named.records.filter(ofStage) };
  };
