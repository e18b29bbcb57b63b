import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CONTOSO_TENANT, PERSONAL_TENANT, person } from '../../../local/people.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Contract 8: the person is `tid` + `oid`; design P6: an address only from the `email` claim. */
describe('a valid token', () => {
  test('of an organization names tenant, object id, name and email', async () => {
    const visitor = await world.people.visitor(await world.landing('buyer'));

    expect(visitor).toEqual({
      tenantId: CONTOSO_TENANT,
      objectId: person('buyer').objectId,
      name: 'Bea Buyer',
      email: 'bea.buyer@contoso.example',
    });
  });

  test('without an email claim names no email, although preferred_username looks like one', async () => {
    const visitor = await world.people.visitor(await world.landing('colleague'));

    expect(visitor).toEqual({
      tenantId: CONTOSO_TENANT,
      objectId: person('colleague').objectId,
      name: 'Carl Colleague',
    });
  });

  test('of a personal account names the tenant that all of them share', async () => {
    const visitor = await world.people.visitor(await world.landing('personal'));

    expect(visitor).toMatchObject({ tenantId: PERSONAL_TENANT, email: 'pia@outlook.example' });
  });

  test('with ids in capitals is the same person', async () => {
    const tid = 'ABCDEF00-2222-4222-8222-222222222222';
    const claims = { tid, iss: `${world.entra.authority}/${tid}/v2.0`, oid: 'ABCDEF00-0000-4000-8000-000000000001' };

    const visitor = await world.people.visitor(await world.landing('buyer', { claims }));

    expect(visitor.tenantId).toBe('abcdef00-2222-4222-8222-222222222222');
    expect(visitor.objectId).toBe('abcdef00-0000-4000-8000-000000000001');
  });

  test.each([
    { name: undefined, email: undefined },
    { name: '', email: '' },
    { name: 7, email: ['a@b.example'] },
  ])('with %j as name and email names neither', async (claims) => {
    const visitor = await world.people.visitor(await world.landing('buyer', { claims }));

    expect(Object.keys(visitor).sort()).toEqual(['objectId', 'tenantId']);
  });
});
