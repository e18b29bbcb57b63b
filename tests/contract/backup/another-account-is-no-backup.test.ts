import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exportErasures } from '../../../infra/backup/erasures.ts';
import { exportTables } from '../../../infra/backup/export.ts';
import { openTables } from '../../../infra/backup/storage.ts';
import { startAzurite } from '../../../local/azurite.ts';

let storage: Awaited<ReturnType<typeof startAzurite>>;
let folder: string;
beforeAll(async () => {
  storage = await startAzurite();
  folder = await mkdtemp(join(tmpdir(), 'pegasus-backup-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await storage.close();
});

test('an account without the table of the records is refused, and no folder says that it is whole', async () => {
  const tables = await openTables(undefined, { AzureWebJobsStorage: storage.connectionString });
  const now = new Date();
  await expect(exportTables(tables, join(folder, 'backup'), () => now)).rejects.toThrow('no table Subscriptions');
  await expect(exportErasures(tables, folder, now)).rejects.toThrow('no table Subscriptions');
  expect(await readdir(folder)).toEqual([]);
});
