import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { empty, TABLES } from '../../../infra/backup/storage.ts';
import { inbox } from '../../../src/adapters/storage/inbox.ts';
import { passes } from '../../../src/adapters/storage/passes.ts';
import { planNames } from '../../../src/adapters/storage/plan-names.ts';
import { sightings } from '../../../src/adapters/storage/sightings.ts';
import { values } from '../../../src/adapters/storage/values.ts';
import { begin } from '../../../src/domain/reconciliation.ts';
import { NOTICES, OFFER, SUBSCRIPTION, UNREADABLE, VALUE } from '../../fixtures/around.ts';
import { after } from '../../unit/support/records.ts';
import { type Storage, startStorage } from '../backup/tool.ts';
import { type ReleasedAround, releasedAround } from './released-records.ts';

/** Storage only grows: also what belongs to no record is read and gone on with by today's code (docs/upgrades.md). */
let storage: Storage;
beforeAll(async () => {
  storage = await startStorage();
});
afterAll(() => storage.close());

const MONTHS_LATER = after(90 * 24 * 3600);
const all = releasedAround();

const laid = async ({ tables }: ReleasedAround) => {
  for (const table of TABLES) {
    await storage.tables[table].createTable();
    await empty(storage.tables[table]);
  }
  for (const table of ['Subscriptions', 'Offers'] as const)
    for (const row of tables[table]) await storage.tables[table].createEntity(row);
  return { kind: 'connection-string', value: storage.connectionString } as const;
};

const keysOf = async (table: 'Subscriptions' | 'Offers'): Promise<string[]> =>
  (await storage.lies.rows(table)).map(({ rowKey }) => rowKey);

test('the fixtures are kept of this version, with rows of every kind', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const newest = all.find((one) => one.version === `v${version}`);

  const kinds = newest?.tables.Subscriptions.map(({ rowKey }) => rowKey.split('|')[0]);
  expect(new Set(kinds)).toEqual(new Set(['inbox', 'due', 'unreadable']));
  expect(new Set(newest?.tables.Offers.map(({ partitionKey }) => partitionKey))).toEqual(
    new Set(['reconciliation', 'sightings', 'values', encodeURIComponent(OFFER)]),
  );
});

describe.each(all.map((one): [string, ReleasedAround] => [one.version, one]))('%s', (_, one) => {
  test('its notices are found by their keys, an open one is closed and due no more', async () => {
    const kept = inbox(await laid(one));

    for (const notice of Object.values(NOTICES)) {
      expect((await kept.load(SUBSCRIPTION, notice.key))?.notice).toMatchObject(notice);
      expect(await kept.put(notice)).toBe('known');
    }
    const open = await kept.load(SUBSCRIPTION, NOTICES.open.key);
    if (!open) throw new Error('The notice is not found.');
    await kept.save(open, { ...open.notice, state: 'closed', result: 'applied' });

    expect((await keysOf('Subscriptions')).filter((row) => row.startsWith('due|'))).toEqual([]);
  });

  test('what it could not read is known again, and forgotten after its days', async () => {
    const kept = inbox(await laid(one));

    expect(await kept.putUnreadable(UNREADABLE, '{', MONTHS_LATER.toISOString())).toBe('known');
    await kept.forgetUnreadable(MONTHS_LATER);

    expect((await keysOf('Subscriptions')).filter((row) => row.startsWith('unreadable|'))).toEqual([]);
  });

  test('its plan names, new values, news and comparisons are read and gone on with', async () => {
    const connection = await laid(one);
    const before = (await keysOf('Offers')).length;

    const names = planNames(connection);
    expect((await names.find(OFFER))?.names).toEqual({ gold: 'Gold' });
    await names.save(OFFER, [{ planId: 'silver', displayName: 'Silver' }], MONTHS_LATER.toISOString());
    expect((await planNames(connection).find(OFFER))?.names).toEqual({ gold: 'Gold', silver: 'Silver' });

    expect(await values(connection).claim(VALUE, SUBSCRIPTION)).toBe(true);
    expect(await values(connection).claim(VALUE, 'another')).toBe(false);

    await sightings(connection).saw('ChangePlan', MONTHS_LATER);
    expect(await sightings(connection).all()).toEqual([{ what: 'ChangePlan', at: MONTHS_LATER.toISOString() }]);

    const found = await passes(connection).load();
    expect(found?.known).toMatchObject({
      pass: { state: 'ended', counts: { equal: 3 } },
      previous: { state: 'ended' },
    });
    if (found) expect(await passes(connection).save(begin(found.known, MONTHS_LATER), found.etag)).not.toBe('conflict');

    expect(await keysOf('Offers')).toHaveLength(before);
  });
});
