import type { TableClient, TransactionAction } from '@azure/data-tables';

/** All that is kept, in the order in which it is exported: an organization that a record names is then never missing. */
export const TABLES = ['Subscriptions', 'Organizations', 'Offers'] as const;
export type TableName = (typeof TABLES)[number];
export type Tables = Record<TableName, TableClient>;

/** A row as a line of a file: the two keys, and properties of the kinds that the app writes. */
export type Row = { partitionKey: string; rowKey: string; [property: string]: string | number | boolean };

/** What belongs together and is written at once: actions on one partition. */
export type Group = { partitionKey: string; actions: TransactionAction[] };

type Settings = Record<string, string | undefined>;

/**
 * The three tables: with the connection string in `AzureWebJobsStorage`, or as whoever is signed in (`az login`, or a pipeline's
 * identity) at the account that is named.
 * @throws Error when neither is given
 */
export const openTables = async (account: string | undefined, settings: Settings): Promise<Tables> => {
  const { TableClient: Client } = await import('@azure/data-tables');
  const text = settings['AzureWebJobsStorage'];
  const name = account ?? settings['AzureWebJobsStorage__accountName'];
  const url = account === undefined ? settings['AzureWebJobsStorage__tableServiceUri'] : undefined;
  let open: (table: TableName) => TableClient;
  if (account === undefined && text) {
    // Plain http is for the storage emulator; real accounts name https endpoints in their connection strings.
    open = (table) => Client.fromConnectionString(text, table, { allowInsecureConnection: true });
  } else if (url || name) {
    const { DefaultAzureCredential } = await import('@azure/identity');
    const credential = new DefaultAzureCredential();
    open = (table) => new Client(url || `https://${name}.table.core.windows.net`, table, credential);
  } else throw new Error('Name the storage account: --account NAME, or set AzureWebJobsStorage.');
  return { Subscriptions: open('Subscriptions'), Organizations: open('Organizations'), Offers: open('Offers') };
};

/** Address of the account's table service. */
export const accountOf = ({ Subscriptions }: Tables): string => Subscriptions.url.replace(/\/+$/, '').toLowerCase();

const isStatus = (error: unknown, status: number): boolean =>
  (error as { statusCode?: number } | undefined)?.statusCode === status;

/**
 * An account without the service's own table is another one, or lost it: nothing of it is a backup.
 * @throws Error when there is no such table
 */
export const mustHaveRecords = async ({ Subscriptions }: Tables): Promise<void> => {
  try {
    await Subscriptions.listEntities().byPage({ maxPageSize: 1 }).next();
  } catch (error) {
    if (!isStatus(error, 404)) throw error;
    throw new Error('This account has no table Subscriptions: is it the data account of the service?', {
      cause: error,
    });
  }
};

/** The rows that a filter lets through, all without one, by partition and row key; of a table that does not exist, none. */
export async function* rowsOf(client: TableClient, filter?: string, select?: string[]): AsyncGenerator<Row> {
  const queryOptions = { ...(filter === undefined ? {} : { filter }), ...(select === undefined ? {} : { select }) };
  try {
    for await (const page of client.listEntities({ queryOptions }).byPage({ maxPageSize: 1000 }))
      for (const entity of page) yield toRow(entity);
  } catch (error) {
    if (!isStatus(error, 404)) throw error;
  }
}

const toRow = ({ etag: _etag, timestamp: _timestamp, ...entity }: Record<string, unknown>): Row => {
  for (const [name, value] of Object.entries(entity))
    if (!['string', 'number', 'boolean'].includes(typeof value))
      throw new Error(`A row has a property ${name} of a kind that no version of this service writes.`);
  return entity as Row;
};

/** Operations and bytes that a transaction holds at most (contract 10.3), the latter with room for what is around them. */
const MOST_ACTIONS = 100;
const MOST_BYTES = 3_000_000;

/** Writes groups as they come, as many of one partition at once as a transaction holds; answers how many groups. */
export const submit = async (client: TableClient, groups: AsyncIterable<Group>): Promise<number> => {
  let batch: TransactionAction[] = [];
  let partition: string | undefined;
  let bytes = 0;
  let count = 0;
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await client.submitTransaction(batch);
    batch = [];
    bytes = 0;
  };
  for await (const { partitionKey, actions } of groups) {
    const size = Buffer.byteLength(JSON.stringify(actions));
    if (partitionKey !== partition || batch.length + actions.length > MOST_ACTIONS || bytes + size > MOST_BYTES)
      await flush();
    partition = partitionKey;
    batch.push(...actions);
    bytes += size;
    count += 1;
  }
  await flush();
  return count;
};

/** Removes every row. */
export const empty = async (client: TableClient): Promise<void> => {
  const groups = async function* (): AsyncGenerator<Group> {
    for await (const { partitionKey, rowKey } of rowsOf(client, undefined, ['PartitionKey', 'RowKey']))
      yield { partitionKey, actions: [['delete', { partitionKey, rowKey }]] };
  };
  await submit(client, groups());
};
