import { BUCKETS, idOf } from './rows.ts';
import { scan } from './scan.ts';
import type { Table } from './tables.ts';

/** The due rows of all buckets up to `now`: one range each, however many subscriptions there are. */
export const due = (subscriptions: Table) =>
  async function* dueIds(now: Date): AsyncGenerator<string> {
    for (const bucket of BUCKETS) {
      for await (const row of scan(subscriptions, bucket, 'due|', `due|${now.toISOString()}~`)) yield idOf(row.rowKey);
    }
  };
