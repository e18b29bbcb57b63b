import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CONTOSO_TENANT } from '../../../local/people.ts';
import { failure, outcome, refusal, startWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** P5: keys that cannot be had say nothing about the token. Every case recovers as soon as Entra does. */
describe('while Entra cannot be asked', () => {
  test.each([
    ['metadata', { status: 503 }, 'metadata answered 503'],
    ['metadata', { status: 429 }, 'metadata answered 429'],
    ['metadata', { dropped: true }, 'UND_ERR_SOCKET'],
    ['metadata', { delayMs: 1500 }, 'TimeoutError'],
    ['metadata', { body: 'no json' }, 'metadata names no keys'],
    ['keys', { status: 500 }, 'keys answered 500'],
    ['keys', { status: 404 }, 'keys answered 404'],
    ['keys', { dropped: true }, 'UND_ERR_SOCKET'],
    ['keys', { delayMs: 1500 }, 'TimeoutError'],
    ['keys', { body: '{"keys":[]}' }, 'no usable key'],
    ['keys', { body: `{"keys":["${'x'.repeat(200_000)}"]}` }, 'answer too large'],
  ] as const)('%s %j: 503, then accepted', async (path, fault, reason) => {
    const token = await world.landing('buyer');
    world.entra.faults[path] = fault;

    const error = await failure(world.people.visitor(token));
    delete world.entra.faults[path];

    expect(error.code).toBe('signing-keys-unavailable');
    expect((error.cause as Error).message).toBe(reason);
    expect(error.extras.retryAfterSeconds).toBeGreaterThan(0);
    expect(await outcome(world.people.visitor(token))).toBe('ok');
  });

  test('a kid not seen before is a 503, not a 401', async () => {
    await world.people.visitor(await world.landing('buyer'));
    await world.entra.rotate();
    const token = await world.landing('buyer');
    world.entra.faults.keys = { status: 503 };

    expect(await refusal(world.people.visitor(token))).toBe('signing-keys-unavailable (keys answered 503)');
    delete world.entra.faults.keys;
    expect(await outcome(world.people.visitor(token))).toBe('ok');
  });

  test('tokens that need no key to be refused are refused, and known keys go on serving', async () => {
    await world.people.visitor(await world.landing('buyer'));
    world.entra.faults.metadata = { status: 503 };

    expect(await outcome(world.people.visitor(await world.landing('buyer')))).toBe('ok');
    expect(await outcome(world.people.visitor(await world.landing('stranger', { expiresInSeconds: -900 })))).toBe(
      'unauthenticated',
    );
  });

  test('a refusal that does not say “no such tenant” is a 503, asked again after 30 s', async () => {
    world.entra.faults.metadata = { status: 404 };
    expect(await outcome(world.people.visitor(await world.landing('buyer')))).toBe('signing-keys-unavailable');
    delete world.entra.faults.metadata;
    world.pass(29);
    expect(await outcome(world.people.visitor(await world.landing('buyer')))).toBe('signing-keys-unavailable');
    expect(world.entra.requests).toHaveLength(1);
    world.pass(1);
    expect(await outcome(world.people.visitor(await world.landing('buyer')))).toBe('ok');
  });
});

describe('keys that Entra publishes wrongly', () => {
  test.each([
    ['for encryption', { use: 'enc' }, 'no usable key'],
    ['for another algorithm', { alg: 'RS512' }, 'no usable key'],
    ['of another type', { kty: 'EC' }, 'no usable key'],
    ['without a modulus', { n: undefined }, 'no usable key'],
    ['too short', { n: Buffer.alloc(128, 7).toString('base64url') }, 'unusable key'],
    ['not base64url', { n: '***' }, 'unusable key'],
  ])('%s: 503', async (_, members, reason) => {
    world.entra.publishKeyWith(members);

    expect(await refusal(world.people.visitor(await world.landing('buyer')))).toBe(
      `signing-keys-unavailable (${reason})`,
    );
  });

  test.each(['metadata', 'keys'] as const)('reached by a redirect of the %s are not followed', async (path) => {
    const other = await startWorld();
    try {
      world.entra.faults[path] = { redirectTo: other.entra.authority };

      expect(await outcome(world.people.visitor(await world.landing('buyer')))).toBe('signing-keys-unavailable');
      expect(other.entra.requests).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test('on another origin than the authority’s are never asked for', async () => {
    const other = await startWorld();
    try {
      world.entra.publishKeysAt(`${other.entra.authority}/${CONTOSO_TENANT}/discovery/v2.0/keys`);

      expect(await refusal(world.people.visitor(await world.landing('buyer')))).toBe(
        'signing-keys-unavailable (keys on a foreign origin)',
      );
      expect(other.entra.requests).toEqual([]);
    } finally {
      await other.close();
    }
  });
});
