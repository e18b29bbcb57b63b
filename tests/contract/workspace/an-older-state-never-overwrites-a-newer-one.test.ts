import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Directory, startDirectory } from './directory.ts';

// Messages come late and twice (design P3): what the newest version of the record said holds.

let directory: Directory;
beforeAll(async () => {
  directory = await startDirectory();
});
afterAll(() => directory.close());

const claim = async (organizationId: string, subscriptionId: string) =>
  (await directory.look(organizationId)).organizations[0]?.claims[subscriptionId];

test('a state that comes late changes nothing, and one that comes twice changes nothing more', async () => {
  const { organizationId, subscriptionId } = await directory.made();
  const newer = { planId: 'team', quantity: 7, access: 'off' } as const;

  await directory.apply(organizationId, subscriptionId, newer, 9);
  await directory.apply(organizationId, subscriptionId, { planId: 'starter', access: 'on' }, 8);
  await directory.apply(organizationId, subscriptionId, newer, 9);

  expect(await claim(organizationId, subscriptionId)).toEqual({ ...newer, offerId: 'offer', version: 9 });
});

test('making the organization again, as after a death, tells it what the record says by then', async () => {
  const { organizationId, subscriptionId } = await directory.made();
  await directory.workspace.createOrganization({
    organizationId,
    subscriptionId,
    name: 'Contoso',
    offerId: 'offer',
    planId: 'team',
    quantity: 3,
    version: 4,
  });

  expect(await claim(organizationId, subscriptionId)).toMatchObject({ planId: 'team', quantity: 3 });
  expect(await directory.create(organizationId, subscriptionId, 2)).toEqual({ existed: false });
  expect(await claim(organizationId, subscriptionId)).toMatchObject({ planId: 'team', version: 4 });
});

test('a state for a claim that does not exist, or not any more, makes none', async () => {
  const { organizationId, subscriptionId } = await directory.made();
  const other = '00000000-0000-4000-8000-000000000001';

  await directory.apply(organizationId, other, { planId: 'team', access: 'on' }, 9);
  expect(await claim(organizationId, other)).toBeUndefined();

  await directory.workspace.erase({ organizationId, subscriptionId });
  await directory.apply(organizationId, subscriptionId, { planId: 'team', access: 'on' }, 9);
  expect(await directory.look(organizationId)).toEqual({ organizations: [], users: [] });
});
