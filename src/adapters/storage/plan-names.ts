import type { PlanNames } from '../../application/ports.ts';
import type { StorageConnection } from './connection.ts';
import { isStatus, storageFault } from './faults.ts';
import { fromChunks, toChunks } from './rows.ts';
import { table } from './tables.ts';

type Saved = { names: Record<string, string>; savedAt: string };
type Known = Saved & { etag: string };

/** Table `Offers`: the plan names of each offer, kept in memory once read, so that a warm instance reads nothing. */
export const planNames = (connection: StorageConnection): PlanNames => {
  const offers = table(connection, 'Offers');
  const known = new Map<string, Known>();
  const key = (offerId: string) => ({ partitionKey: encodeURIComponent(offerId), rowKey: 'plans' });
  return {
    find: async (offerId) => {
      const remembered = known.get(offerId);
      if (remembered) return remembered;
      try {
        const { partitionKey, rowKey } = key(offerId);
        const entity = await offers((client) => client.getEntity(partitionKey, rowKey));
        const found = { ...(fromChunks(entity) as Saved), etag: entity.etag };
        known.set(offerId, found);
        return found;
      } catch (error) {
        if (isStatus(error, 404)) return undefined;
        throw storageFault(error);
      }
    },
    // Other tenants' private plans stay: each answer names only the plans that its subscription may take.
    save: async (offerId, plans, savedAt) => {
      const before = known.get(offerId);
      const named = Object.fromEntries(plans.map((plan) => [plan.planId, plan.displayName]));
      const names = { ...before?.names, ...named };
      const entity = { ...key(offerId), ...toChunks({ names, savedAt }) };
      try {
        const { etag } = await offers((client) =>
          before ? client.updateEntity(entity, 'Replace', { etag: before.etag }) : client.createEntity(entity),
        );
        known.set(offerId, { names, savedAt, etag: etag ?? '' });
      } catch (error) {
        known.delete(offerId);
        // Another instance was quicker: its names are as good, and read next time.
        if (!isStatus(error, 409, 412)) throw storageFault(error);
      }
    },
  };
};
