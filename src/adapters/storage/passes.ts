import type { Passes } from '../../application/ports.ts';
import type { Reconciliation } from '../../domain/reconciliation.ts';
import type { StorageConnection } from './connection.ts';
import { isStatus, storageFault } from './faults.ts';
import { fromChunks, toChunks } from './rows.ts';
import { table } from './tables.ts';

const KEY = { partitionKey: 'reconciliation', rowKey: 'pass' };

/** Table `Offers`, partition `reconciliation`: one row, guarded by its ETag. */
export const passes = (connection: StorageConnection): Passes => {
  const offers = table(connection, 'Offers');
  return {
    load: async () => {
      try {
        const entity = await offers((client) => client.getEntity(KEY.partitionKey, KEY.rowKey));
        return { known: fromChunks(entity) as Reconciliation, etag: entity.etag };
      } catch (error) {
        if (isStatus(error, 404)) return undefined;
        throw storageFault(error);
      }
    },

    save: async (next, etag) => {
      const entity = { ...KEY, ...toChunks(next) };
      try {
        const saved = await offers((client) =>
          etag === undefined ? client.createEntity(entity) : client.updateEntity(entity, 'Replace', { etag }),
        );
        if (saved.etag === undefined) throw new Error('The row was saved without an ETag.');
        return { known: next, etag: saved.etag };
      } catch (error) {
        if (isStatus(error, 409, 412)) return 'conflict';
        throw storageFault(error);
      }
    },
  };
};
