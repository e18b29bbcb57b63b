import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Seen } from '../../support/storage-proxy.ts';
import { type Directory, startDirectory } from './directory.ts';

// Whoever buys again while the old organization goes loses nothing: before the mark the organization stays, after it the new
// one waits, and what is deleted is only ever the marked one (issue 4, design 3.4).

let directory: Directory;
beforeAll(async () => {
  directory = await startDirectory();
});
afterAll(() => directory.close());

/** Does something else once, just before the first request that is meant reaches storage. */
const inBetween = (isMeant: (request: Seen) => boolean, act: () => Promise<unknown>): void => {
  let isDone = false;
  directory.tables().pull(async (request, phase) => {
    if (phase === 'after' || isDone || !isMeant(request)) return undefined;
    isDone = true;
    await act();
    return undefined;
  });
};

const isWriteOfRow = ({ method, url }: Seen): boolean => method !== 'GET' && url.includes('organization');
const isBatch = ({ url }: Seen): boolean => url.includes('$batch');
const OTHER = '00000000-0000-4000-8000-000000000003';

test('a claim that comes just before the mark keeps the organization and its users', async () => {
  const one = await directory.made(2);
  inBetween(isWriteOfRow, () => directory.create(one.organizationId, OTHER));

  await directory.workspace.erase(one);
  directory.tables().pull();

  const { organizations, users } = await directory.look(one.organizationId);
  expect(Object.keys(organizations[0]?.claims ?? {})).toEqual([OTHER]);
  expect(organizations[0]).not.toHaveProperty('isErasing');
  expect(users).toHaveLength(2);
});

test('a slow worker deletes nothing of the organization that was made anew meanwhile', async () => {
  const one = await directory.made(2);
  const { users: before } = await directory.look(one.organizationId);
  // Another worker erases all of it, and the same people come anew, while this one is about to delete those that it read.
  inBetween(isBatch, async () => {
    await directory.workspace.erase(one);
    await directory.create(one.organizationId, OTHER);
    for (const { tenantId, objectId } of before) {
      const admin = { tenantId: String(tenantId), objectId: String(objectId), email: 'anew@case.example' };
      await directory.workspace.createAdminUser({ organizationId: one.organizationId, subscriptionId: OTHER, admin });
    }
  });

  await directory.workspace.erase(one);
  directory.tables().pull();

  const { organizations, users } = await directory.look(one.organizationId);
  expect(Object.keys(organizations[0]?.claims ?? {})).toEqual([OTHER]);
  expect(users).toMatchObject([{ email: 'anew@case.example' }, { email: 'anew@case.example' }]);
});
