import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SITUATIONS } from '../../unit/transitions/situations.ts';
import { type Storage, startStorage } from './tool.ts';

/** Nothing is written from files that are not a whole backup of this service, and nothing is written over. */
let storage: Storage;
beforeEach(async () => {
  storage = await startStorage();
  await storage.keep(SITUATIONS.active.record);
});
afterEach(() => storage.close());

const file = (name: string): string => join(storage.folder, name);

const change = async (name: string, to: (text: string) => string): Promise<void> =>
  writeFile(file(name), to(await readFile(file(name), 'utf8')));

/** The manifest says of a changed file what is in it: as if it had been exported so. */
const exportedAs = async (to: (text: string) => string): Promise<void> => {
  const { createHash } = await import('node:crypto');
  await change('Subscriptions.ndjson', to);
  const text = await readFile(file('Subscriptions.ndjson'), 'utf8');
  const written = { rows: text.split('\n').length - 1, sha256: createHash('sha256').update(text).digest('hex') };
  await change('manifest.json', (manifest) => {
    const whole = JSON.parse(manifest) as { tables: object };
    return JSON.stringify({ ...whole, tables: { ...whole.tables, Subscriptions: written } });
  });
};

test.each<[string, () => Promise<void>, RegExp]>([
  ['an export that did not end', () => rm(file('manifest.json')), /no whole backup/],
  ['a manifest that is none', () => writeFile(file('manifest.json'), '{'), /manifest\.json .* is not that of a backup/],
  [
    'a format of the future',
    () => change('manifest.json', (text) => text.replace('"version": 1', '"version": 2')),
    /is not that of a backup which this version can read/,
  ],
  ['a table that is missing', () => rm(file('Organizations.ndjson')), /Organizations\.ndjson .* cannot be read/],
  ['a row too many', () => appendFile(file('Subscriptions.ndjson'), '{}\n'), /has 3 rows, not the 2/],
  [
    'a row that was changed',
    () => change('Subscriptions.ndjson', (text) => text.replace('"schema":1', '"schema":2')),
    /was changed since it was exported/,
  ],
  [
    'records of a schema of the future',
    () => exportedAs((text) => text.replace('"schema":1', '"schema":2')),
    /not of this service: a record was written by another version/,
  ],
  [
    'a table of somebody else',
    () => exportedAs(() => '{"partitionKey":"customers","rowKey":"1"}\n'),
    /not of this service: a row stands in no bucket/,
  ],
  [
    'a record in another row than its own',
    () => exportedAs((text) => text.replaceAll('"rowKey":"sub|', '"rowKey":"sub|0')),
    /a record stands in a row that is not its own/,
  ],
  ['something that is no JSON', () => exportedAs(() => 'PartitionKey;RowKey\n'), /a line is no JSON/],
])('%s is refused, and nothing is written', async (_, spoil, why) => {
  await storage.save();
  await spoil();
  await storage.lose();

  await expect(storage.restore()).rejects.toThrow(why);

  expect(await storage.lies.rows('Subscriptions')).toEqual([]);
});

test('tables that hold something are left as they are, unless they are given up', async () => {
  await storage.save();
  await storage.keep({ ...SITUATIONS.resolved.record, id: 'b1a2c3d4-0000-4000-8000-000000000002' });
  const before = await storage.lies.rows('Subscriptions');

  await expect(storage.restore()).rejects.toThrow(/not empty: Subscriptions\. --force removes what they hold/);

  expect(await storage.lies.rows('Subscriptions')).toEqual(before);
  expect(await storage.restore({ force: true })).toMatchObject({ subscriptions: 1 });
  expect((await storage.store.list({ limit: 9 })).records.map(({ id }) => id)).toEqual([SITUATIONS.active.record.id]);
});

test('a folder with a backup is not written over', async () => {
  await storage.save();
  const before = await readFile(file('manifest.json'), 'utf8');

  await expect(storage.save()).rejects.toThrow(/There is a backup in .* already/);

  expect(await readFile(file('manifest.json'), 'utf8')).toBe(before);
});
