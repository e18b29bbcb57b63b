import type { Values } from '../../application/ports.ts';
import type { StorageConnection } from './connection.ts';
import { isStatus, storageFault } from './faults.ts';
import { table } from './tables.ts';

/** Table `Offers`, partition `values`: which subscription brought a value first. */
export const values = (connection: StorageConnection): Values => {
  const offers = table(connection, 'Offers');
  return {
    claim: async (value, subscriptionId) => {
      const key = { partitionKey: 'values', rowKey: encodeURIComponent(value.slice(0, 100)) };
      try {
        await offers((client) => client.createEntity({ ...key, subscriptionId }));
        return true;
      } catch (error) {
        if (!isStatus(error, 409)) throw storageFault(error);
      }
      try {
        const owner = await offers((client) => client.getEntity(key.partitionKey, key.rowKey));
        return owner['subscriptionId'] === subscriptionId;
      } catch (error) {
        throw storageFault(error);
      }
    },
  };
};
