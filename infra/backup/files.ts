import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import * as z from 'zod/mini';
import { type Row, TABLES, type TableName } from './storage.ts';

const written = z.object({ rows: z.int(), sha256: z.string() });
const manifest = z.object({
  format: z.literal('pegasus-backup'),
  version: z.literal(1),
  startedAt: z.string(),
  endedAt: z.string(),
  /** Address of the account's tables; the first backups do not have it. */
  account: z.optional(z.string()),
  tables: z.object({ Subscriptions: written, Organizations: written, Offers: written }),
});

/** How many lines a file has, and their SHA-256. */
export type Written = z.infer<typeof written>;

/** What says that a backup is whole: it is written last. Instants are ISO 8601. */
export type Manifest = z.infer<typeof manifest>;

/** What is in a backup is about people: nobody but its owner reads it. */
const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

export const fileOf = (folder: string, table: TableName): string => join(folder, `${table}.ndjson`);

const MANIFEST = 'manifest.json';

/** Makes the folder. @throws Error when a backup is in it already */
export const makeFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  const isTaken = await stat(join(folder, MANIFEST)).then(
    () => true,
    () => false,
  );
  if (isTaken) throw new Error(`There is a backup in ${folder} already: name another folder.`);
};

/** Writes values as lines of JSON, one at a time, under the name only when all are there. */
export const writeLines = async (file: string, values: AsyncIterable<unknown>): Promise<Written> => {
  const part = `${file}.part`;
  const stream = createWriteStream(part, { mode: FILE_MODE });
  const hash = createHash('sha256');
  let rows = 0;
  try {
    for await (const value of values) {
      const line = `${JSON.stringify(value)}\n`;
      hash.update(line);
      rows += 1;
      if (!stream.write(line)) await once(stream, 'drain');
    }
  } finally {
    stream.end();
    await finished(stream);
  }
  await rename(part, file);
  return { rows, sha256: hash.digest('hex') };
};

/** The lines of a file, one at a time. A last one without its end is a line, too. */
export async function* readLines(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

export const writeManifest = (folder: string, whole: Manifest): Promise<void> =>
  writeFile(join(folder, MANIFEST), `${JSON.stringify(whole, null, 2)}\n`, { mode: FILE_MODE });

/**
 * What the backup says of itself, and an id for it.
 * @throws Error when there is no whole backup of a known version in the folder
 */
export const readManifest = async (folder: string): Promise<{ manifest: Manifest; id: string }> => {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST), 'utf8');
  } catch {
    throw new Error(`There is no whole backup in ${folder}: it has no ${MANIFEST}, which is written last.`);
  }
  const parsed = z.safeParse(manifest, orNothing(text));
  if (!parsed.success) throw new Error(`${MANIFEST} in ${folder} is not that of a backup which this version can read.`);
  return { manifest: parsed.data, id: createHash('sha256').update(text).digest('hex') };
};

const orNothing = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The rows of a file, one at a time. */
export async function* readRows(folder: string, table: TableName): AsyncGenerator<Row> {
  for await (const line of readLines(fileOf(folder, table))) yield JSON.parse(line) as Row;
}

/**
 * Reads the files from end to end before anything is written from them. `check` throws for a row that cannot be taken.
 * @throws Error naming the file that is missing, or is not the one that was exported, or holds such a row
 */
export const verify = async (
  folder: string,
  { tables }: Manifest,
  check: (table: TableName, row: Row) => void,
): Promise<void> => {
  for (const table of TABLES) {
    const hash = createHash('sha256');
    const expected = tables[table];
    const refuse = (why: string): never => {
      throw new Error(`${table}.ndjson ${why}`);
    };
    let rows = 0;
    let fault: string | undefined;
    try {
      for await (const line of readLines(fileOf(folder, table))) {
        hash.update(`${line}\n`);
        rows += 1;
        fault ??= faultOf(line, (row) => check(table, row));
      }
    } catch {
      refuse(`in ${folder} cannot be read.`);
    }
    if (rows !== expected.rows) refuse(`has ${rows} rows, not the ${expected.rows} that were exported.`);
    if (hash.digest('hex') !== expected.sha256) refuse('was changed since it was exported.');
    if (fault !== undefined) refuse(`is not of this service: ${fault}`);
  }
};

const faultOf = (line: string, check: (row: Row) => void): string | undefined => {
  try {
    const row = JSON.parse(line) as Row;
    if (typeof row.partitionKey !== 'string' || typeof row.rowKey !== 'string') return 'a line is no row.';
    check(row);
    return undefined;
  } catch (error) {
    return error instanceof SyntaxError ? 'a line is no JSON.' : (error as Error).message;
  }
};
