import type { TableClient } from '@azure/data-tables';
import type { Table } from '../../src/adapters/storage/tables.ts';
import { eraseClaim } from '../../src/adapters/workspace/erase-organization.ts';
import { mayHaveWorkspace, organizationOf } from '../../src/domain/organization.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { isWithoutContact } from '../../src/domain/tombstone.ts';
import { type ErasureEntry, exportErasures, knownErasures } from './erasures.ts';
import { type Manifest, readManifest, readRows, verify } from './files.ts';
import {
  anonymousGroup,
  checkRow,
  isForgotten,
  isHistory,
  isNotice,
  isRecord,
  noticeGroup,
  offerGroup,
  ownerOf,
  plainGroup,
  recordGroup,
  recordIn,
} from './rows.ts';
import {
  accountOf,
  empty,
  type Group,
  type Row,
  rowsOf,
  submit,
  TABLES,
  type TableName,
  type Tables,
} from './storage.ts';

/** `erasedAgain`: what the backup holds of people and workspaces, and the lists of erasures forbid. `unreadable`: as for those. */
export type Restored = { backupOf: string; subscriptions: number; erasedAgain: number; unreadable: number };

type Work = {
  folder: string;
  backupOf: string;
  now: Date;
  erased: Map<string, ErasureEntry>;
  /** Ids of which the backup itself says that they are erased, in a newer record than the lists have. */
  newer: Set<string>;
  /** Workspaces to erase again: organization by subscription. */
  workspaces: Map<string, string>;
  subscriptions: number;
  erasedAgain: number;
};

/** Says in table `Offers` which backup is being restored since when, until it is: run again, the rows get the same versions. */
const MARK = { partitionKey: 'restore', rowKey: 'progress' };

const isMark = ({ partitionKey, rowKey }: Row): boolean => partitionKey === MARK.partitionKey && rowKey === MARK.rowKey;

/**
 * Writes a backup into the tables, while the app is stopped, and erases again what was erased since, as far as the lists beside
 * the backup say. Killed anywhere and run again it comes to the same end.
 * @throws Error before anything is written: a backup of another account, unless `intoAnother`; files that are not whole; tables
 * that hold something, unless `force`, which removes it
 */
export const restoreTables = async (
  tables: Tables,
  folder: string,
  { force, intoAnother, clock }: { force: boolean; intoAnother: boolean; clock: () => Date },
): Promise<Restored> => {
  const { manifest, id } = await readManifest(folder);
  if (!intoAnother) mustBeOf(manifest, accountOf(tables));
  await verify(folder, manifest, checkRow);
  const { begunAt, unreadable } = await makeRoom(tables, folder, { id, force, now: clock() });
  const work: Work = {
    folder,
    backupOf: manifest.startedAt,
    now: begunAt,
    erased: await knownErasures(folder),
    newer: new Set(),
    workspaces: new Map(),
    subscriptions: 0,
    erasedAgain: 0,
  };
  await tables.Offers.upsertEntity({ ...MARK, backup: id, begunAt: begunAt.toISOString() }, 'Replace');
  await submit(tables.Subscriptions, subscriptions(work));
  await submit(tables.Subscriptions, tombstones(work));
  await submit(tables.Organizations, organizations(work));
  const directory: Table = (use) => use(tables.Organizations);
  for (const [subscriptionId, organizationId] of work.workspaces)
    await eraseClaim(directory, { organizationId, subscriptionId });
  await submit(tables.Offers, offers(work));
  await tables.Offers.deleteEntity(MARK.partitionKey, MARK.rowKey);
  const { backupOf, erasedAgain } = work;
  return { backupOf, subscriptions: work.subscriptions, erasedAgain, unreadable };
};

/** The customers of one deployment do not get into another by a slip of the hand; the first backups do not say where they are from. */
const mustBeOf = ({ account }: Manifest, here: string): void => {
  if (account === undefined || account === here) return;
  throw new Error(`This is a backup of ${account}, not of ${here}. If that is meant: --into-another-account.`);
};

/** Makes sure of empty tables, or ones in which this very backup is half restored. `unreadable`: records nobody could read. */
const makeRoom = async (
  tables: Tables,
  folder: string,
  { id, force, now }: { id: string; force: boolean; now: Date },
): Promise<{ begunAt: Date; unreadable: number }> => {
  const full: TableName[] = [];
  for (const table of TABLES) {
    await tables[table].createTable();
    if (await holdsRows(tables[table])) full.push(table);
  }
  const begun = await markIn(tables);
  if (begun?.backup === id && !force) return { begunAt: begun.at, unreadable: 0 };
  if (full.length === 0) return { begunAt: now, unreadable: 0 };
  if (!force) {
    const why = begun === undefined ? '' : ' Another backup was being restored into them.';
    throw new Error(`These tables are not empty: ${full.join(', ')}.${why} --force removes what they hold.`);
  }
  // What is erased there must not come back from the files.
  const { unreadable } = await exportErasures(tables, folder, now);
  for (const table of TABLES) await empty(tables[table]);
  return { begunAt: now, unreadable };
};

const markIn = async (tables: Tables): Promise<{ backup: string; at: Date } | undefined> => {
  for await (const row of rowsOf(tables.Offers, `PartitionKey eq '${MARK.partitionKey}'`))
    if (isMark(row)) return { backup: String(row['backup']), at: new Date(String(row['begunAt'])) };
  return undefined;
};

const holdsRows = async (client: TableClient): Promise<boolean> => {
  for await (const row of rowsOf(client, undefined, ['PartitionKey', 'RowKey'])) if (!isMark(row)) return true;
  return false;
};

/** The rows of the file; of what was erased since, without the people in them. */
async function* subscriptions(work: Work): AsyncGenerator<Group> {
  for await (const row of readRows(work.folder, 'Subscriptions')) {
    const entry = work.erased.get(ownerOf(row));
    const isGone = entry?.record !== undefined;
    if (isRecord(row)) yield* recordOf(work, recordIn(row), entry);
    else if (isHistory(row)) yield isGone ? anonymousGroup(row) : plainGroup(row);
    else if (isNotice(row)) {
      if (!isGone) yield noticeGroup(row);
    } else if (!isForgotten(row, work.now)) yield plainGroup(row);
  }
}

/** The record, unless the lists have what is left of it: that is written after these rows. */
function* recordOf(work: Work, record: Subscription, entry: ErasureEntry | undefined): Generator<Group> {
  const isGone = isWithoutContact(record);
  const isNewer = isGone && record.version > (entry?.record?.version ?? -1);
  if (entry) remember(work, record, entry);
  if (entry?.record && !isNewer) {
    work.erasedAgain += isGone ? 0 : 1;
    return;
  }
  if (isNewer) work.newer.add(record.id.toLowerCase());
  work.subscriptions += 1;
  yield recordGroup(entry ? withWorkspaceErased(record, entry) : record, work.backupOf, work.now);
}

const remember = ({ workspaces }: Work, record: Subscription, { workspaceErasedAt }: ErasureEntry): void => {
  const organizationId = organizationOf(record);
  if (workspaceErasedAt === undefined || record.erasure?.workspaceErasedAt !== undefined) return;
  if (organizationId !== undefined && mayHaveWorkspace(record)) workspaces.set(record.id, organizationId);
};

/** A record that did not end in the backup yet hears of its end from Microsoft; its workspace is then erased once more. */
const withWorkspaceErased = (record: Subscription, { workspaceErasedAt }: ErasureEntry): Subscription =>
  record.erasure === undefined || workspaceErasedAt === undefined
    ? record
    : { ...record, erasure: { ...record.erasure, workspaceErasedAt } };

/** What is left of erased subscriptions, also of those that the backup has never seen. */
async function* tombstones(work: Work): AsyncGenerator<Group> {
  for (const [id, { record }] of work.erased) {
    if (!record || work.newer.has(id)) continue;
    work.subscriptions += 1;
    yield recordGroup(record, work.backupOf, work.now);
  }
}

async function* organizations({ folder }: Work): AsyncGenerator<Group> {
  for await (const row of readRows(folder, 'Organizations')) yield plainGroup(row);
}

async function* offers({ folder, now }: Work): AsyncGenerator<Group> {
  for await (const row of readRows(folder, 'Offers')) if (!isMark(row)) yield offerGroup(row, now);
}
