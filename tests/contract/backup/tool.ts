import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { exportTables } from '../../../infra/backup/export.ts';
import { restoreTables } from '../../../infra/backup/restore.ts';
import { openTables, TABLES, type Tables } from '../../../infra/backup/storage.ts';
import { subscriptionStore } from '../../../src/adapters/storage/subscriptions.ts';
import { directoryWorkspace } from '../../../src/adapters/workspace/directory.ts';
import type { Subscription } from '../../../src/domain/subscription.ts';
import { startOwn } from '../../support/stand-ins/start-own.ts';
import { stored } from '../workers/stored.ts';

/** Runs the command as an engineer does; answers its exit code and what it printed. */
export const backup = (args: string[], connectionString: string): Promise<{ code: number | null; output: string }> =>
  new Promise((resolve, reject) => {
    const { PATH } = process.env;
    const child = spawn(process.execPath, ['infra/backup/main.ts', ...args], {
      env: { PATH, AzureWebJobsStorage: connectionString },
    });
    let output = '';
    const take = (chunk: Buffer): void => {
      output += String(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });

/** An empty folder that nobody else has; `remove` ends it. */
export const emptyFolder = async () => {
  const root = await mkdtemp(join(tmpdir(), 'pegasus-backup-'));
  return { root, folder: join(root, 'backup'), remove: () => rm(root, { recursive: true }) };
};

/** All tables gone, as after the worst that can happen. */
export const loseTables = async (connectionString: string): Promise<void> => {
  for (const table of TABLES)
    await TableClient.fromConnectionString(connectionString, table, { allowInsecureConnection: true }).deleteTable();
};

/** Storage with the app's own adapters on it, and the tool in this process. */
export const startStorage = async () => {
  const azurite = await startOwn('storage');
  const { root, folder, remove } = await emptyFolder();
  const connection = { kind: 'connection-string', value: azurite.connectionString } as const;
  const store = subscriptionStore(connection);
  const tables: Tables = await openTables(undefined, { AzureWebJobsStorage: azurite.connectionString });
  const clock = () => new Date();
  return {
    root,
    folder,
    connectionString: azurite.connectionString,
    tables,
    store,
    workspace: directoryWorkspace(connection),
    lies: stored(azurite.connectionString),
    /** Records as the app writes them, each with a line of history that names people. */
    keep: async (...records: Subscription[]) => {
      const at = clock().toISOString();
      const actor = { kind: 'operator', objectId: 'object-of-olga', name: 'Olga Operator' } as const;
      for (const next of records) {
        const before = await store.load(next.id);
        const entries = [{ at, what: 'note', actor, detail: 'Said by Bea Buyer' }];
        const done = await store.commit({ ...(before ? { before } : {}), next, entries });
        if (done === 'conflict') throw new Error(`${next.id} could not be written.`);
      }
    },
    save: () => exportTables(tables, folder, clock),
    restore: ({
      force = false,
      intoAnother = false,
      into = tables,
      at,
    }: {
      force?: boolean;
      intoAnother?: boolean;
      into?: Tables;
      at?: Date;
    } = {}) => restoreTables(into, folder, { force, intoAnother, clock: () => at ?? clock() }),
    lose: () => loseTables(azurite.connectionString),
    close: async (): Promise<void> => {
      await azurite.close();
      await remove();
    },
  };
};

export type Storage = Awaited<ReturnType<typeof startStorage>>;
