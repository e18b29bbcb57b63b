import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { outcome, refusal, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const withHeader = (header: Record<string, unknown>, token: string): string => {
  const [, payload, signature] = token.slice('Bearer '.length).split('.');
  return `Bearer ${base64url(header)}.${payload}.${signature}`;
};

/** Contract 8: RS256 with a `kid`, nothing else, whatever the header asks for. */
describe('the signature of a token', () => {
  test('none, with or without a third part, is refused without a request to Entra', async () => {
    const token = withHeader({ alg: 'none', kid: 'any' }, await world.landing('buyer'));
    const bare = token.slice(0, token.lastIndexOf('.') + 1);

    expect(await refusal(world.people.visitor(token))).toBe('unauthenticated (algorithm)');
    expect(await refusal(world.people.visitor(bare))).toBe('unauthenticated (not one bearer token)');
    expect(world.entra.requests).toEqual([]);
  });

  test('HS256 with the public key as secret is refused without a request to Entra', async () => {
    const token = await world.landing('buyer', { signWith: 'hs256-public' });

    expect(await refusal(world.people.visitor(token))).toBe('unauthenticated (algorithm)');
    expect(world.entra.requests).toEqual([]);
  });

  test.each(['RS384', 'PS256', 'ES256', 'rs256', undefined])('%p is refused', async (alg) => {
    const token = await world.landing('buyer');
    const { kid } = JSON.parse(Buffer.from(token.split(' ')[1]?.split('.')[0] ?? '', 'base64url').toString()) as {
      kid: string;
    };

    expect(await refusal(world.people.visitor(withHeader({ alg, kid }, token)))).toBe('unauthenticated (algorithm)');
  });

  test('of a foreign key under the kid of a published one is refused', async () => {
    const genuine = await world.landing('buyer');
    const header = JSON.parse(
      Buffer.from(genuine.split(' ')[1]?.split('.')[0] ?? '', 'base64url').toString(),
    ) as object;
    const token = await world.landing('buyer', { signWith: 'foreign', header: { ...header } });

    expect(await outcome(world.people.visitor(genuine))).toBe('ok');
    expect(await refusal(world.people.visitor(token))).toBe('unauthenticated (signature)');
  });

  test('of other claims than the ones sent is refused', async () => {
    const [header, , signature] = (await world.landing('buyer')).split('.');
    const [, payload] = (await world.landing('stranger')).split('.');

    expect(await refusal(world.people.visitor(`${header}.${payload}.${signature}`))).toBe(
      'unauthenticated (signature)',
    );
  });

  test('without a kid is refused', async () => {
    const token = await world.landing('buyer', { header: { kid: undefined } });

    expect(await refusal(world.people.visitor(token))).toBe('unauthenticated (no kid)');
  });

  test('under a critical header is refused, though the key is right', async () => {
    const token = await world.landing('buyer', { header: { b64: true, crit: ['b64'] } });

    expect(await refusal(world.people.visitor(token))).toBe('unauthenticated (critical header)');
  });

  test('ignores keys that the token brings along', async () => {
    const jku = `${world.entra.authority}/elsewhere`;
    const header = { jku, x5u: jku, jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } };
    const before = world.entra.requests.length;

    expect(await outcome(world.people.visitor(await world.landing('buyer', { header })))).toBe('ok');
    expect(world.entra.requests).toHaveLength(before);
  });
});
