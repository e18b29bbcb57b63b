import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inbox } from '../../../src/adapters/storage/inbox.ts';
import { bucketOf } from '../../../src/adapters/storage/rows.ts';
import { type StandIn, startOwn } from '../../support/stand-ins/start-own.ts';
import { stored } from '../workers/stored.ts';

// What nobody could read is kept for 30 days, without addresses (docs/security.md).

let azurite: StandIn<'storage'>;
beforeAll(async () => {
  azurite = await startOwn('storage');
});
afterAll(() => azurite.close());

const keyOf = (index: number): string => createHash('sha256').update(String(index)).digest('hex');
const day = (date: number): string => `2026-11-${String(date).padStart(2, '0')}T10:00:00.000Z`;

test('what is old is deleted from every bucket, more than fits in a transaction, and what is newer stays', async () => {
  const kept = inbox({
    kind: 'connection-string',
    value: azurite.connectionString,
  });
  const rows = async () =>
    (await stored(azurite.connectionString).rows('Subscriptions')).filter(({ rowKey }) =>
      rowKey.startsWith('unreadable|'),
    );
  const indices = Array.from({ length: 1800 }, (_, index) => index);
  const ofOneBucket = indices.filter((index) => bucketOf(keyOf(index)) === '0');
  expect(ofOneBucket.length).toBeGreaterThan(100);
  for (const index of new Set([...ofOneBucket, ...indices.slice(0, 40)]))
    await kept.putUnreadable(keyOf(index), `{"of":"bea@x.example","n":${index}}`, day(1));
  expect(await kept.putUnreadable(keyOf(-1), 'newer', day(3))).toBe('new');
  expect(await kept.putUnreadable(keyOf(-1), 'newer', day(4))).toBe('known');
  expect(JSON.stringify(await rows())).not.toContain('x.example');

  await kept.forgetUnreadable(new Date(day(2)));
  expect((await rows()).map(({ rowKey }) => rowKey)).toEqual([`unreadable|${keyOf(-1)}`]);
  await kept.forgetUnreadable(new Date(day(2)));
}, 60_000);
