import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exportErasures } from '../../../infra/backup/erasures.ts';
import { exportTables } from '../../../infra/backup/export.ts';
import { openTables } from '../../../infra/backup/storage.ts';
import { type StandIn, startOwn } from '../../support/stand-ins/start-own.ts';
import { SITUATIONS } from '../../unit/transitions/situations.ts';
import { backup, startStorage } from './tool.ts';

let storage: StandIn<'storage'>;
let folder: string;
beforeAll(async () => {
  storage = await startOwn('storage');
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

test('a backup goes into its own account only, unless another one is meant; which one it is stands first', async () => {
  const ours = await startStorage();
  const connection = storage.connectionString;
  const theirs = await openTables(undefined, { AzureWebJobsStorage: connection });
  try {
    await ours.keep(SITUATIONS.active.record);
    const { account } = await ours.save();
    expect(account).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/devstoreaccount1$/);

    await expect(ours.restore({ into: theirs })).rejects.toThrow(/^This is a backup of http.*--into-another-account/);
    await expect(theirs.Subscriptions.listEntities().next()).rejects.toMatchObject({ statusCode: 404 });

    const { code, output } = await backup(['restore', ours.folder, '--into-another-account'], connection);
    expect(output).toMatch(/^Account: http:\/\/127\.0\.0\.1:\d+\/devstoreaccount1\nRestored as of /);
    expect(code).toBe(0);
  } finally {
    await ours.close();
  }
});

test('a backup from before the account was written down is restored as ever', async () => {
  const ours = await startStorage();
  try {
    await ours.keep(SITUATIONS.active.record);
    await ours.save();
    const file = join(ours.folder, 'manifest.json');
    const { account: _, ...older } = JSON.parse(await readFile(file, 'utf8')) as { account: string };
    await writeFile(file, JSON.stringify(older));
    await ours.lose();
    expect(await ours.restore()).toMatchObject({ subscriptions: 1 });
  } finally {
    await ours.close();
  }
});
