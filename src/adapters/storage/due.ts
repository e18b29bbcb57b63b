import type { Due } from '../../application/ports.ts';
import { BUCKETS, dueOf } from './rows.ts';
import { scan } from './scan.ts';
import type { Table } from './tables.ts';

/** The due rows of all buckets up to `now`: one range each, however many subscriptions there are. */
export const due = (subscriptions: Table) =>
  async function* dueRows(now: Date): AsyncGenerator<Due> {
    for (const bucket of BUCKETS) {
      for await (const row of scan(subscriptions, bucket, 'due|', `due|${now.toISOString()}~`)) yield dueOf(row.rowKey);
    }
  };
