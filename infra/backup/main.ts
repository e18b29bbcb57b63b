// Backup and restore of the tables: docs/operations.md, "Backup and restore".
import { parseArgs } from 'node:util';
import { exportErasures } from './erasures.ts';
import { exportTables } from './export.ts';
import { restoreTables } from './restore.ts';
import { accountOf, openTables, TABLES, type Tables } from './storage.ts';

const USAGE = `Usage: backup <export | export-erasures | restore> <folder> [--account NAME] [--force] [--into-another-account]
  export FOLDER           writes all tables into a new folder
  export-erasures FOLDER  writes beside a backup what is erased by now
  restore FOLDER          writes a backup into empty tables of the account that it is of; --force empties them first,
                          --into-another-account takes those of another account
Storage: --account NAME as whoever is signed in, or AzureWebJobsStorage as the app reads it.
`;

const WRONG_USE = 2;
const clock = (): Date => new Date();
const say = (text: string): void => void process.stdout.write(`${text}\n`);

type Allowed = { force: boolean; intoAnother: boolean };

const COMMANDS: Record<string, (tables: Tables, folder: string, allowed: Allowed) => Promise<void>> = {
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
  restore: async (tables, folder, allowed) => {
    const { backupOf, subscriptions, erasedAgain, unreadable } = await restoreTables(tables, folder, {
      ...allowed,
      clock,
    });
    say(`Restored as of ${backupOf}: ${subscriptions} subscriptions, ${erasedAgain} of them erased again.`);
    if (unreadable > 0)
      say(`${unreadable} records that were there could not be read: nobody can tell what was erased.`);
    say('Start the app. It compares itself with Microsoft within 5 minutes; watch that in the console.');
  },
};

const run = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      account: { type: 'string' },
      force: { type: 'boolean', default: false },
      'into-another-account': { type: 'boolean', default: false },
    },
  });
  const [name = '', folder, ...rest] = positionals;
  const command = COMMANDS[name];
  if (!command || folder === undefined || rest.length > 0) {
    process.stderr.write(USAGE);
    return WRONG_USE;
  }
  const tables = await openTables(values.account, process.env);
  // Before anything is read or written: what comes next may be the wrong one.
  say(`Account: ${accountOf(tables)}`);
  await command(tables, folder, { force: values.force, intoAnother: values['into-another-account'] });
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
