import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { outcome, refusal, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Design 7: people's routes take delegated tokens with our scope only. */
describe('a token on people’s routes', () => {
  test.each([
    undefined,
    '',
    'User.Read',
    'access_as_user.all',
    'not_access_as_user',
    'Access_As_User',
    ['access_as_user'],
  ])('with scope %p is refused', async (scp) => {
    const claims = { scp };

    expect(await refusal(world.people.visitor(await world.landing('buyer', { claims })))).toBe(
      'unauthenticated (scope)',
    );
    expect(await refusal(world.people.operator(await world.console('operator', { claims }), 'act'))).toBe(
      'unauthenticated (scope)',
    );
  });

  test('with our scope among others is accepted', async () => {
    const token = await world.landing('buyer', { claims: { scp: 'profile access_as_user' } });

    expect(await outcome(world.people.visitor(token))).toBe('ok');
  });

  test('of an application is refused, whatever scope and role it claims', async () => {
    const claims = { idtyp: 'app' };

    expect(await refusal(world.people.visitor(await world.landing('buyer', { claims })))).toBe(
      'unauthenticated (app-only token)',
    );
    expect(await refusal(world.people.operator(await world.console('operator', { claims }), 'read'))).toBe(
      'unauthenticated (app-only token)',
    );
  });

  test.each([undefined, '', 'bea@contoso.example', 7])('with object id %p is refused', async (oid) => {
    expect(await refusal(world.people.visitor(await world.landing('buyer', { claims: { oid } })))).toBe(
      'unauthenticated (no object id)',
    );
  });
});
