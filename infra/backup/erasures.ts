import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Subscription } from '../../src/domain/subscription.ts';
import { isWithoutContact } from '../../src/domain/tombstone.ts';
import { FOLDER_MODE, readLines, writeLines } from './files.ts';
import { recordIn } from './rows.ts';
import { mustHaveRecords, rowsOf, type Tables } from './storage.ts';

/**
 * What was erased of a subscription. `record`: what is left of it, without the people in it; absent while only the workspace's
 * data is gone.
 */
export type ErasureEntry = { id: string; workspaceErasedAt?: string; record?: Subscription };

const entryOf = (record: Subscription): ErasureEntry | undefined => {
  const { id, erasure } = record;
  const workspaceErasedAt = erasure?.workspaceErasedAt;
  if (!isWithoutContact(record) && workspaceErasedAt === undefined) return undefined;
  return {
    id,
    ...(workspaceErasedAt === undefined ? {} : { workspaceErasedAt }),
    ...(isWithoutContact(record) ? { record } : {}),
  };
};

/**
 * Writes down what is erased in the live tables, beside a backup: a file of its own each time, and nobody is named in it.
 * `unreadable`: records of which nobody can tell.
 */
export const exportErasures = async (
  tables: Tables,
  folder: string,
  now: Date,
): Promise<{ erased: number; unreadable: number }> => {
  await mustHaveRecords(tables);
  let unreadable = 0;
  const entries = async function* (): AsyncGenerator<ErasureEntry> {
    for await (const row of rowsOf(tables.Subscriptions, "RowKey gt 'sub|' and RowKey lt 'sub|~'")) {
      try {
        const entry = entryOf(recordIn(row));
        if (entry) yield entry;
      } catch {
        unreadable += 1;
      }
    }
  };
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  const file = join(folder, `erasures-${now.toISOString().replaceAll(/[:.]/g, '-')}.ndjson`);
  return { erased: (await writeLines(file, entries())).rows, unreadable };
};

/** Every entry of every such file beside the backup. @throws Error for a line that is none */
async function* readErasures(folder: string): AsyncGenerator<ErasureEntry> {
  for (const name of (await readdir(folder)).filter((file) => /^erasures.*\.ndjson$/.test(file)).toSorted()) {
    for await (const line of readLines(join(folder, name))) {
      const entry = parsed(line);
      if (!entry) throw new Error(`${name} is not a list of erasures.`);
      yield entry;
    }
  }
}

const parsed = (line: string): ErasureEntry | undefined => {
  try {
    const entry = JSON.parse(line) as ErasureEntry;
    const isEntry = typeof entry.id === 'string' && (entry.record === undefined || isWithoutContact(entry.record));
    return isEntry ? entry : undefined;
  } catch {
    return undefined;
  }
};

/** What the lists beside a backup say, by id in lower case; of several entries the newest, and that anything was erased at all. */
export const knownErasures = async (folder: string): Promise<Map<string, ErasureEntry>> => {
  const known = new Map<string, ErasureEntry>();
  for await (const entry of readErasures(folder)) {
    const id = entry.id.toLowerCase();
    const before = known.get(id);
    const newest = (entry.record?.version ?? -1) > (before?.record?.version ?? -1) ? entry : (before ?? entry);
    const workspaceErasedAt = entry.workspaceErasedAt ?? before?.workspaceErasedAt;
    known.set(id, { ...newest, ...(workspaceErasedAt === undefined ? {} : { workspaceErasedAt }) });
  }
  return known;
};
