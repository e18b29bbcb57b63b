import type { Sightings } from '../../application/ports.ts';
import type { StorageConnection } from './connection.ts';
import { isStatus, storageFault } from './faults.ts';
import { table } from './tables.ts';

const PARTITION = 'sightings';

/** One kind of thing is written down so often at most: by a process, and seen from all of them. */
const EVERY_MS = 300_000;

/** Table `Offers`, partition `sightings`: a row per kind of thing, with the last time. */
export const sightings = (connection: StorageConnection): Sightings => {
  const offers = table(connection, 'Offers');
  const known = new Map<string, number>();
  return {
    saw: async (what, at) => {
      const now = at.getTime();
      if (now < (known.get(what) ?? 0) + EVERY_MS) return;
      known.set(what, now);
      const entity = { partitionKey: PARTITION, rowKey: encodeURIComponent(what), at: at.toISOString() };
      try {
        const before = await offers((client) => client.getEntity(PARTITION, entity.rowKey)).catch((error: unknown) => {
          if (isStatus(error, 404)) return undefined;
          throw error;
        });
        if (before && now < Date.parse(String(before['at'])) + EVERY_MS) return;
        await offers((client) =>
          before ? client.updateEntity(entity, 'Replace', { etag: before.etag }) : client.createEntity(entity),
        );
      } catch (error) {
        // Another process has just written the same.
        if (!isStatus(error, 409, 412)) throw storageFault(error);
      }
    },

    all: async () => {
      const filter = `PartitionKey eq '${PARTITION}'`;
      try {
        return await offers(async (client) => {
          const found: { what: string; at: string }[] = [];
          for await (const row of client.listEntities({ queryOptions: { filter } }))
            found.push({ what: decodeURIComponent(row.rowKey ?? ''), at: String(row['at']) });
          return found;
        });
      } catch (error) {
        throw storageFault(error);
      }
    },
  };
};
