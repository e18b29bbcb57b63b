// Backup and restore of the tables: docs/operations.md, "Backup and restore".
import { parseArgs } from 'node:util';
import { exportErasures } from './erasures.ts';
import { exportTables } from './export.ts';
import { restoreTables } from './restore.ts';
import { openTables, TABLES, type Tables } from './storage.ts';

const USAGE = `Usage: backup <export | export-erasures | restore> <folder> [--account NAME] [--force]
  export FOLDER           writes all tables into a new folder
  export-erasures FOLDER  writes beside a backup what is erased by now
  restore FOLDER          writes a backup into empty tables; --force empties them first
Storage: --account NAME as whoever is signed in, or AzureWebJobsStorage as the app reads it.
`;

const WRONG_USE = 2;
const clock = (): Date => new Date();
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const COMMANDS: Record<string, (tables: Tables, folder: string, force: boolean) => Promise<void>> = {
  export: async (tables, folder) => {
    const { tables: written, endedAt } = await exportTables(tables, folder, clock);
    for (const table of TABLES) say(`${table}: ${written[table].rows} rows`);
    say(`Whole at ${endedAt}. It holds personal data: keep it where nobody else reads it, and delete it in time.`);
  },
  'export-erasures': async (tables, folder) => {
    const { erased, unreadable } = await exportErasures(tables, folder, clock());
    say(`${erased} subscriptions of which something is erased.`);
    if (unreadable > 0) say(`${unreadable} records cannot be read: nobody can tell of them.`);
  },
  restore: async (tables, folder, force) => {
    const { backupOf, subscriptions, erasedAgain, unreadable } = await restoreTables(tables, folder, { force, clock });
    say(`Restored as of ${backupOf}: ${subscriptions} subscriptions, ${erasedAgain} of them erased again.`);
    if (unreadable > 0)
      say(`${unreadable} records that were there could not be read: nobody can tell what was erased.`);
    say('Start the app. It compares itself with Microsoft within 5 minutes; watch that in the console.');
  },
};

const run = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { account: { type: 'string' }, force: { type: 'boolean', default: false } },
  });
  const [name = '', folder, ...rest] = positionals;
  const command = COMMANDS[name];
  if (!command || folder === undefined || rest.length > 0) {
    process.stderr.write(USAGE);
    return WRONG_USE;
  }
  await command(await openTables(values.account, process.env), folder, values.force);
  return 0;
};

run().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : 'It did not work.'}\n`);
    process.exitCode = 1;
  },
);
