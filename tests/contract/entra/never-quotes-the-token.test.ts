import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { failure, startWorld, type Wish, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const CANARY = 'canary-7c1e';

/** P7: neither the token nor what it says stands in an error, not even in its cause. */
describe('no refusal quotes the token', () => {
  const personal: Record<string, unknown> = {
    name: CANARY,
    email: `${CANARY}@contoso.example`,
    preferred_username: `${CANARY}@contoso.example`,
  };
  const wishes: [string, Wish][] = [
    ['audience', { claims: { ...personal, aud: CANARY } }],
    ['issuer', { claims: { ...personal, iss: CANARY } }],
    ['tenant', { claims: { ...personal, tid: CANARY } }],
    ['version', { claims: { ...personal, ver: CANARY } }],
    ['expiry', { claims: personal, expiresInSeconds: -3600 }],
    ['scope', { claims: { ...personal, scp: CANARY } }],
    ['object id', { claims: { ...personal, oid: CANARY } }],
    ['kid', { claims: personal, header: { kid: CANARY } }],
    ['key', { claims: personal, signWith: 'foreign' }],
    ['roles', { claims: { ...personal, roles: [CANARY] } }],
  ];

  test.each(wishes)('for its %s', async (_, wish) => {
    for (const token of [await world.landing('buyer', wish), await world.console('operator', wish)]) {
      const error = await failure(world.people.operator(token, 'act'));
      expectQuiet(error, token);
    }
    if (wish.claims?.['roles'] !== undefined) return;
    const token = await world.landing('buyer', wish);
    expectQuiet(await failure(world.people.visitor(token)), token);
  });

  test('for a broken signature, or while Entra is away', async () => {
    const token = await world.landing('buyer', { claims: personal });
    expectQuiet(await failure(world.people.visitor(`${token.slice(0, -8)}AAAAAAAA`)), token);
    await world.close();
    world = await startWorld();
    const other = await world.landing('buyer', { claims: personal });
    world.entra.faults.keys = { dropped: true };

    expectQuiet(await failure(world.people.visitor(other)), other);
  });

  test('when it is no token at all, or of an unknown algorithm', async () => {
    expectQuiet(await failure(world.people.visitor(`Bearer ${CANARY}`)), CANARY);
    expectQuiet(await failure(world.people.visitor(`Bearer ${CANARY}.${CANARY}.${CANARY}`)), CANARY);
    const header = Buffer.from(JSON.stringify({ alg: CANARY, kid: CANARY })).toString('base64url');
    const odd = (await world.landing('buyer', { claims: personal })).replace(/ [^.]+/, ` ${header}`);
    expectQuiet(await failure(world.people.visitor(odd)), odd);
  });
});

const expectQuiet = (error: Error, token: string): void => {
  const everything = inspect(error, { depth: 10, showHidden: true });
  expect(everything).not.toContain(CANARY);
  for (const part of token.replace('Bearer ', '').split('.')) expect(everything).not.toContain(part);
};
