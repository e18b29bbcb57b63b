import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { TableClient, TransactionAction } from '@azure/data-tables';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readLines, writeLines } from '../../../infra/backup/files.ts';
import { bucketOf, indexRows, recordRow } from '../../../src/adapters/storage/rows.ts';
import type { Subscription } from '../../../src/domain/subscription.ts';
import { isWithoutContact } from '../../../src/domain/tombstone.ts';
import { SITUATIONS, type SituationName } from '../../unit/transitions/situations.ts';
import { type Storage, startStorage } from './tool.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await startStorage();
});
afterEach(() => storage.close());

const idOf = (index: number): string => `b1a2c3d4-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** A record of every situation, and as many of the first as are asked for. */
const records = (more = 0): Subscription[] => {
  const played = (Object.keys(SITUATIONS) as SituationName[]).map((name) => SITUATIONS[name].record);
  const first = SITUATIONS.resolved.record;
  return [...played, ...Array.from({ length: more }, () => first)].map((record, index) => ({
    ...record,
    id: idOf(index),
  }));
};

const sorted = (rows: string[]): string[] => rows.toSorted();

const content = async () =>
  Promise.all(
    (['Subscriptions', 'Organizations', 'Offers'] as const).map(async (table) =>
      (await storage.lies.rows(table))
        .map(({ etag: _etag, timestamp: _timestamp, ...row }) => JSON.stringify(row))
        .toSorted(),
    ),
  );

/** As the tables, but the connection breaks at the transaction of that number. */
const breakingAt = (broken: number) => {
  let count = 0;
  const breaking = (client: TableClient): TableClient =>
    new Proxy(client, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (name !== 'submitTransaction')
          return typeof member === 'function' ? (member.bind(target) as unknown) : member;
        return async (actions: TransactionAction[]) => {
          count += 1;
          if (count === broken) throw new Error('The connection broke.');
          return target.submitTransaction(actions);
        };
      },
    });
  const { Subscriptions, Organizations, Offers } = storage.tables;
  return {
    tables: {
      Subscriptions: breaking(Subscriptions),
      Organizations: breaking(Organizations),
      Offers: breaking(Offers),
    },
    count: () => count,
  };
};

test('every record is as it was, of a later version, and stands in the lists that it belongs to', async () => {
  const kept = records();
  await storage.keep(...kept);
  await storage.save();
  await storage.lose();

  expect(await storage.restore()).toMatchObject({ subscriptions: kept.length, erasedAgain: 0 });

  const rows = await storage.lies.rows('Subscriptions');
  for (const record of kept) {
    const found = await storage.lies.record(record.id);
    const { restoredAt, ...rest } = found;
    expect(rest).toEqual({ ...record, version: expect.any(Number) });
    expect(restoredAt === undefined).toBe(isWithoutContact(record));
    expect(found.version).toBeGreaterThan(record.version);
    const own = rows.filter(({ rowKey }) => /^(due|list)/.test(rowKey) && rowKey.endsWith(record.id));
    expect(sorted(own.map(({ rowKey }) => rowKey))).toEqual(sorted(indexRows(found)));
    expect(JSON.stringify(await storage.store.timeline(record.id))).toContain('Said by Bea Buyer');
  }
});

test('restored a second time, a record gets a version that the first time did not lead to', async () => {
  const [record = SITUATIONS.resolved.record] = records();
  await storage.keep(record);
  await storage.save();
  await storage.lose();
  await storage.restore({ at: new Date('2026-11-28T10:00:00.000Z') });
  const first = await storage.lies.record(record.id);
  await storage.keep({ ...first, version: first.version + 20 });
  await storage.lose();

  await storage.restore({ at: new Date('2026-11-28T10:01:00.000Z') });

  expect((await storage.lies.record(record.id)).version).toBeGreaterThan(first.version + 20);
});

test('what nobody could read comes back while it would be kept', async () => {
  const row = (key: string, receivedAt: string) => ({
    partitionKey: '0',
    rowKey: `unreadable|${key}`,
    receivedAt,
    data0: '"?"',
  });
  await storage.keep(...records());
  await storage.tables.Subscriptions.createEntity(row('old', '2026-10-01T00:00:00.000Z'));
  await storage.tables.Subscriptions.createEntity(row('new', '2026-11-01T00:00:00.000Z'));
  await storage.save();
  await storage.lose();

  await storage.restore({ at: new Date('2026-11-28T10:00:00.000Z') });

  const keys = (await storage.lies.rows('Subscriptions')).map(({ rowKey }) => rowKey);
  expect(keys.filter((key) => key.startsWith('unreadable|'))).toEqual(['unreadable|new']);
});

test('what came between an index and its record while the export ran does no harm: the next change is taken', async () => {
  const [record = SITUATIONS.resolved.record] = records();
  await storage.keep(record);
  const old = { partitionKey: bucketOf(record.id), rowKey: `list|stage=provisioning|1|${record.id}` };
  await storage.tables.Subscriptions.createEntity(old);
  const due = indexRows(record).find((row) => row.startsWith('list|all'));
  await storage.tables.Subscriptions.deleteEntity(bucketOf(record.id), due ?? '');
  await storage.save();
  await storage.lose();
  await storage.restore();

  expect((await storage.store.list({ stage: 'provisioning', limit: 9 })).records).toEqual([]);
  const before = await storage.store.load(record.id);
  const next = { ...record, version: (before?.record.version ?? 0) + 1, stage: 'provisioning' } as const;
  const entries = [{ at: record.updatedAt, what: 'note', actor: { kind: 'system' } as const }];

  expect(await storage.store.commit({ ...(before ? { before } : {}), next, entries })).not.toBe('conflict');
  expect((await storage.store.list({ limit: 9 })).records.map(({ stage }) => stage)).toEqual(['provisioning']);
});

test('a restore that breaks at any transaction is run again and ends as one that never broke', async () => {
  await storage.keep(...records(30));
  await storage.workspace.createOrganization({
    organizationId: 'org',
    name: '"Quoted" \\ 日本',
    subscriptionId: idOf(1),
    offerId: 'offer',
    planId: 'plan',
    version: 3,
  });
  await storage.save();
  await storage.lose();
  const whole = breakingAt(Number.POSITIVE_INFINITY);
  const at = new Date('2026-11-28T10:00:00.000Z');
  await storage.restore({ into: whole.tables, at });
  const expected = await content();
  expect(whole.count()).toBeGreaterThan(5);

  for (const broken of [1, 4, whole.count()]) {
    await storage.lose();
    await expect(storage.restore({ into: breakingAt(broken).tables, at })).rejects.toThrow('The connection broke.');
    await storage.restore({ at: new Date(at.getTime() + 60_000) });

    expect(await content()).toEqual(expected);
  }
  expect(expected[0]?.length).toBeGreaterThan(100);
});

test('another backup than the one half restored is refused', async () => {
  await storage.keep(...records());
  await storage.save();
  await storage.lose();
  await expect(storage.restore({ into: breakingAt(3).tables })).rejects.toThrow('The connection broke.');
  await storage.tables.Offers.upsertEntity(
    { partitionKey: 'restore', rowKey: 'progress', backup: 'another' },
    'Replace',
  );

  await expect(storage.restore()).rejects.toThrow(/Another backup was being restored/);
});

test('a file holds any text that a value may have, a line each', async () => {
  const values = ['Line\u2028break', 'New\nline\r', '"quoted"', '日本', ''];
  const file = join(storage.root, 'lines.ndjson');

  await writeLines(file, Readable.from(values.map((value) => ({ value }))));

  const read: unknown[] = [];
  for await (const line of readLines(file)) read.push((JSON.parse(line) as { value: string }).value);
  expect(read).toEqual(values);
});

test('the files are for their owner alone', async () => {
  await storage.keep(...records());
  await storage.save();

  const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  expect(await modeOf(storage.folder)).toBe('700');
  for (const name of ['Subscriptions.ndjson', 'Organizations.ndjson', 'Offers.ndjson', 'manifest.json'])
    expect(await modeOf(join(storage.folder, name))).toBe('600');
});

test('a notice that was open is due again', async () => {
  const id = idOf(1);
  const partitionKey = bucketOf(id);
  const dueRow = `due|2026-01-01T00:00:00.000Z|key|${id}`;
  const notice = { partitionKey, rowKey: `inbox|${id}|key`, due: dueRow, data0: '{}' };
  await storage.tables.Subscriptions.createTable();
  await storage.tables.Subscriptions.createEntity(notice);
  await storage.tables.Subscriptions.createEntity({ partitionKey, rowKey: dueRow });
  await storage.save();
  await storage.lose();
  await storage.tables.Organizations.createTable();
  await storage.restore();

  expect(await storage.lies.rows('Subscriptions')).toEqual([
    expect.objectContaining({ rowKey: dueRow }),
    expect.objectContaining(notice),
  ]);
  expect(recordRow(id)).toBe(`sub|${id}`);
});
