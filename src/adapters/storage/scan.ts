import { storageFault } from './faults.ts';
import type { Table } from './tables.ts';

export type Row = Record<string, unknown> & { rowKey: string };

// Row keys hold no quote that a caller chose unescaped, yet a filter is text: double what would end it.
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The rows of one bucket with `from` < row key < `to`, in order. Never without `PartitionKey eq`. `limit`: rows at most. */
export async function* scan(
  table: Table,
  bucket: string,
  from: string,
  to: string,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<Row> {
  const filter = `PartitionKey eq ${quoted(bucket)} and RowKey gt ${quoted(from)} and RowKey lt ${quoted(to)}`;
  const maxPageSize = Math.min(limit, 1000);
  let continuationToken: string | undefined;
  let left = limit;
  do {
    const settings = continuationToken === undefined ? { maxPageSize } : { maxPageSize, continuationToken };
    const page = await readPage(table, filter, settings);
    for (const row of page.rows) {
      if (left <= 0) return;
      left -= 1;
      yield row;
    }
    continuationToken = page.continuationToken;
  } while (continuationToken !== undefined && left > 0);
}

const readPage = async (
  table: Table,
  filter: string,
  settings: { maxPageSize: number; continuationToken?: string },
): Promise<{ rows: Row[]; continuationToken?: string }> => {
  try {
    return await table(async (client) => {
      const pages = client.listEntities({ queryOptions: { filter } }).byPage(settings);
      for await (const page of pages) {
        const rows: Row[] = page.map((entity) => ({ ...entity, rowKey: entity.rowKey ?? '' }));
        return page.continuationToken === undefined ? { rows } : { rows, continuationToken: page.continuationToken };
      }
      return { rows: [] };
    });
  } catch (error) {
    throw storageFault(error);
  }
};
