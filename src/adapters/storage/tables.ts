import type { TableClient, TableServiceClientOptions } from '@azure/data-tables';
import { REQUEST_MS, type StorageConnection, storageCredential } from './connection.ts';
import { isContainerMissing } from './faults.ts';

/** A table that exists as soon as it is needed: the first 404 creates it (design 5). */
export type Table = <T>(use: (client: TableClient) => Promise<T>) => Promise<T>;

const IN_TIME: TableServiceClientOptions = {
  additionalPolicies: [
    {
      position: 'perRetry',
      policy: {
        name: 'request-limit',
        sendRequest: (request, next) => {
          request.timeout = REQUEST_MS;
          return next(request);
        },
      },
    },
  ],
};

const open = async (connection: StorageConnection, name: string): Promise<TableClient> => {
  const { TableClient: Client } = await import('@azure/data-tables');
  if (connection.kind === 'identity') {
    return new Client(connection.tableUrl, name, await storageCredential(connection.clientId), IN_TIME);
  }
  // Plain http is for the storage emulator; real accounts name https endpoints in their connection strings.
  return Client.fromConnectionString(connection.value, name, { ...IN_TIME, allowInsecureConnection: true });
};

export const table = (connection: StorageConnection, name: string): Table => {
  let client: Promise<TableClient> | undefined;
  return async (use) => {
    client ??= open(connection, name);
    const opened = await client;
    try {
      return await use(opened);
    } catch (error) {
      if (!isContainerMissing(error)) throw error;
      await opened.createTable();
      return use(opened);
    }
  };
};
