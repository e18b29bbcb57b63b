import { fileOf, type Manifest, makeFolder, type Written, writeLines, writeManifest } from './files.ts';
import { WITHOUT_INDEXES } from './rows.ts';
import { accountOf, mustHaveRecords, rowsOf, TABLES, type TableName, type Tables } from './storage.ts';

/**
 * Writes all tables into a folder, a row to a line, while the app is at work. No row is read twice, and within a partition the
 * record comes after its history and its notices: what changes meanwhile is in the record, if it is anywhere.
 * @throws Error when there is a backup in the folder already
 */
export const exportTables = async (tables: Tables, folder: string, clock: () => Date): Promise<Manifest> => {
  await mustHaveRecords(tables);
  await makeFolder(folder);
  const startedAt = clock().toISOString();
  const written: Partial<Record<TableName, Written>> = {};
  for (const table of TABLES) {
    const rows = rowsOf(tables[table], table === 'Subscriptions' ? WITHOUT_INDEXES : undefined);
    written[table] = await writeLines(fileOf(folder, table), rows);
  }
  const manifest: Manifest = {
    format: 'pegasus-backup',
    version: 1,
    startedAt,
    endedAt: clock().toISOString(),
    account: accountOf(tables),
    tables: written as Manifest['tables'],
  };
  await writeManifest(folder, manifest);
  return manifest;
};
