import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { exportErasures } from '../../../infra/backup/erasures.ts';
import { bucketOf } from '../../../src/adapters/storage/rows.ts';
import type { Subscription } from '../../../src/domain/subscription.ts';
import { partErased } from '../../../src/domain/transitions/erasure.ts';
import { nextOf, rulesAt } from '../../unit/support/records.ts';
import { SITUATIONS } from '../../unit/transitions/situations.ts';
import { type Storage, startStorage } from './tool.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await startStorage();
});
afterEach(() => storage.close());

const { record: active } = SITUATIONS.active;
const { record: cancelled } = SITUATIONS.cancelled;
const PEOPLE = [active.purchaser.email, active.contact?.email ?? '', active.contact?.name ?? '', 'Said by Bea', 'Olga'];

const withoutContact = nextOf(partErased(cancelled, 'contact', rulesAt(600)));
const tombstone = nextOf(partErased(withoutContact, 'workspace', rulesAt(700)));
const withoutWorkspace = nextOf(partErased(cancelled, 'workspace', rulesAt(600)));

const everything = async (): Promise<string> =>
  JSON.stringify([await storage.lies.rows('Subscriptions'), await storage.lies.rows('Organizations')]);

const organizationId = active.organizationId ?? '';

/** The workspace, and a user in it, as the set-up makes them. */
const workspace = async (subscriptionId: string): Promise<void> => {
  const { offerId, planId, purchaser } = active;
  await storage.workspace.createOrganization({
    organizationId,
    name: 'Contoso',
    subscriptionId,
    offerId,
    planId,
    version: 3,
  });
  await storage.workspace.createAdminUser({ organizationId, subscriptionId, admin: purchaser });
};

/** A backup of one state, after which the tables come to another, of which the erasures are written down, and are lost. */
const lostAfter = async (before: Subscription, after: Subscription): Promise<void> => {
  await workspace(before.id);
  await storage.keep(before);
  const notice = { partitionKey: bucketOf(before.id), rowKey: `inbox|${before.id}|key`, data0: '"Said by Bea"' };
  await storage.tables.Subscriptions.createEntity(notice);
  await storage.save();
  await storage.keep(after);
  await exportErasures(storage.tables, storage.folder, new Date());
  await storage.lose();
};

test.each([
  ['billed', active],
  ['ended', cancelled],
])('what was %s in the backup and is erased since comes back as what is left of it', async (_, before) => {
  await lostAfter(before, tombstone);

  expect(await storage.restore()).toMatchObject({ subscriptions: 1, erasedAgain: 1 });

  expect(await storage.lies.record(active.id)).toEqual({ ...tombstone, version: expect.any(Number) });
  expect(await storage.lies.organization(organizationId)).toEqual({ organizations: [], users: [] });
  for (const person of PEOPLE) expect(await everything()).not.toContain(person);
});

test('with the contact erased and the workspace not yet, the people are gone and the workspace waits for its day', async () => {
  await lostAfter(active, withoutContact);

  await storage.restore();

  const record = await storage.lies.record(active.id);
  expect(record.erasure).toEqual(withoutContact.erasure);
  expect(await storage.lies.dueAt(active.id)).toHaveLength(1);
  expect((await storage.lies.organization(organizationId)).organizations).toHaveLength(1);
  expect(JSON.stringify(await storage.lies.rows('Subscriptions'))).not.toContain(active.contact?.email);
});

test('with the workspace erased and the contact not yet, the workspace is erased again', async () => {
  await lostAfter(cancelled, withoutWorkspace);

  await storage.restore();

  expect(await storage.lies.organization(organizationId)).toEqual({ organizations: [], users: [] });
  expect((await storage.lies.record(active.id)).erasure).toEqual(withoutWorkspace.erasure);
});

test('another subscription of the same organization keeps its workspace', async () => {
  const other = { ...active, id: 'b1a2c3d4-0000-4000-8000-000000000002' };
  await workspace(active.id);
  await workspace(other.id);
  await storage.keep(active, other);
  await storage.save();
  await storage.keep(tombstone);
  await exportErasures(storage.tables, storage.folder, new Date());
  await storage.lose();

  await storage.restore();

  const { organizations } = await storage.lies.organization(organizationId);
  expect(Object.keys(organizations[0]?.claims ?? {})).toEqual([other.id]);
});

test('given up by force, tables say themselves what was erased', async () => {
  await storage.keep(active);
  await storage.save();
  await storage.keep(tombstone);

  expect(await storage.restore({ force: true })).toMatchObject({ erasedAgain: 1 });

  expect((await storage.lies.record(active.id)).stage).toBe('erased');
});

test('what the backup never saw and was erased since is known as erased', async () => {
  await storage.keep({ ...active, id: 'b1a2c3d4-0000-4000-8000-000000000002' });
  await storage.save();
  await storage.keep(tombstone);
  await exportErasures(storage.tables, storage.folder, new Date());
  await storage.lose();

  expect(await storage.restore()).toMatchObject({ subscriptions: 2, erasedAgain: 0 });

  expect((await storage.lies.record(active.id)).stage).toBe('erased');
});

test('an older list does not bring back what the backup has less of', async () => {
  await storage.keep(withoutContact);
  await exportErasures(storage.tables, storage.folder, new Date());
  await storage.keep(tombstone);
  await storage.save();
  await storage.lose();

  await storage.restore();

  expect((await storage.lies.record(active.id)).stage).toBe('erased');
});

test('nobody is named in a list of erasures', async () => {
  await storage.keep(tombstone, { ...withoutWorkspace, id: 'b1a2c3d4-0000-4000-8000-000000000002' });
  await exportErasures(storage.tables, storage.folder, new Date());

  const [name = ''] = await readdir(storage.folder);
  const text = await readFile(join(storage.folder, name), 'utf8');

  expect(text.trim().split('\n')).toHaveLength(2);
  for (const person of PEOPLE) expect(text).not.toContain(person);
});
