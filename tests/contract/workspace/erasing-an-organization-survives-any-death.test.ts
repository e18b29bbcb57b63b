import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Directory, startDirectory } from './directory.ts';

// Claim, mark, users, row: ended between any two requests and begun again, it ends right (design P2, 3.4).

let directory: Directory;
beforeAll(async () => {
  directory = await startDirectory();
});
afterAll(() => directory.close());

const NOTHING = { organizations: [], users: [] };
// More than one transaction holds (contract 10.3).
const USERS = 101;

describe('an organization with more users than a transaction holds', () => {
  test('is gone with the second try, wherever the first one ended', async () => {
    let kills = 0;
    for (let n = 1; ; n += 1) {
      const one = await directory.made(n === 5 ? USERS : 3);
      const isKilled = await directory.killedBefore(n, () => directory.workspace.erase(one));
      if (isKilled) {
        kills += 1;
        await directory.workspace.erase(one);
      }
      expect({ n, left: await directory.look(one.organizationId) }).toEqual({ n, left: NOTHING });
      if (!isKilled) break;
    }
    // Read, mark, users, delete users, users again, delete the row.
    expect(kills).toBe(6);
  });

  test('is gone in one go', async () => {
    const one = await directory.made(USERS);
    await directory.workspace.erase(one);
    expect(await directory.look(one.organizationId)).toEqual(NOTHING);
    await directory.workspace.erase(one);
  });
});

test('after a death with the mark set, a new claim waits, and is made anew when the rest is gone', async () => {
  const one = await directory.made(3);
  const other = '00000000-0000-4000-8000-000000000002';
  await directory.killedBefore(3, () => directory.workspace.erase(one));

  await expect(directory.create(one.organizationId, other)).rejects.toMatchObject({ code: 'workspace-unavailable' });

  await directory.workspace.erase(one);
  expect(await directory.create(one.organizationId, other)).toEqual({ existed: false });
  // The first one's worker had died before it could write down that it was done.
  await directory.workspace.erase(one);
  const { organizations, users } = await directory.look(one.organizationId);
  expect(organizations).toMatchObject([{ madeFor: other, access: 'on' }]);
  expect(organizations[0]).not.toHaveProperty('isErasing');
  expect(users).toEqual([]);
});
