import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { failure, outcome, refusal, startWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** Contract 8: keys rotate unannounced. P5: 401 after looking, 503 while not looking. */
describe('a kid that is not among the keys', () => {
  beforeEach(async () => {
    expect(await outcome(world.people.visitor(await world.landing('buyer')))).toBe('ok');
  });

  test('is accepted after one refetch when Entra has rotated, and the old key is refused then', async () => {
    await world.entra.rotate();

    expect(await outcome(world.people.visitor(await world.landing('buyer')))).toBe('ok');
    expect(world.entra.count('keys')).toBe(2);
    world.pass(30);
    expect(await refusal(world.people.visitor(await world.landing('buyer', { signWith: 'previous' })))).toBe(
      'unauthenticated (unknown key)',
    );
  });

  test('is refused after one refetch when Entra does not know it', async () => {
    const token = await world.landing('buyer', { signWith: 'foreign' });

    expect(await refusal(world.people.visitor(token))).toBe('unauthenticated (unknown key)');
    expect(world.entra.count('keys')).toBe(2);
  });

  test('is a 503 with the time to wait within 30 s of a refetch, and costs no request', async () => {
    const token = await world.landing('buyer', { signWith: 'foreign' });
    await outcome(world.people.visitor(token));
    world.pass(10);

    const error = await failure(world.people.visitor(token));

    expect(error.code).toBe('signing-keys-unavailable');
    expect(error.extras.retryAfterSeconds).toBe(20);
    expect(world.entra.count('keys')).toBe(2);
  });

  test('rotated within the cooldown is a 503, then accepted', async () => {
    await outcome(world.people.visitor(await world.landing('buyer', { signWith: 'foreign' })));
    await world.entra.rotate();
    const token = await world.landing('buyer');

    expect(await outcome(world.people.visitor(token))).toBe('signing-keys-unavailable');
    world.pass(30);
    expect(await outcome(world.people.visitor(token))).toBe('ok');
  });

  test('does not hold up tokens of known keys, nor other tenants', async () => {
    await outcome(world.people.visitor(await world.landing('buyer', { signWith: 'foreign' })));

    expect(await outcome(world.people.visitor(await world.landing('buyer')))).toBe('ok');
    expect(await outcome(world.people.visitor(await world.landing('stranger')))).toBe('ok');
  });

  test('sent a hundred times over five minutes costs ten refetches', async () => {
    const token = await world.landing('buyer', { signWith: 'foreign' });
    for (let sent = 0; sent < 100; sent += 1) {
      await outcome(world.people.visitor(token));
      world.pass(3);
    }

    expect(world.entra.count('keys')).toBe(1 + 10);
  });
});

test('a kid that is not among keys fetched this very moment is refused at once', async () => {
  const token = await world.landing('buyer', { signWith: 'foreign' });

  expect(await refusal(world.people.visitor(token))).toBe('unauthenticated (unknown key)');
  expect(world.entra.count('keys')).toBe(1);
});
