import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { outcome, refusal, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Contract 8: `exp` and `nbf`, with at most five minutes between our clock and Entra's. */
describe('the time of a token', () => {
  test('expired four minutes ago is accepted', async () => {
    expect(await outcome(world.people.visitor(await world.landing('buyer', { expiresInSeconds: -240 })))).toBe('ok');
  });

  test.each([-300, -360, -86_400])('expired %i seconds ago is refused', async (expiresInSeconds) => {
    const token = await world.landing('buyer', { expiresInSeconds });

    expect(await refusal(world.people.visitor(token))).toBe('unauthenticated (expired)');
  });

  test('valid in four minutes is accepted', async () => {
    expect(await outcome(world.people.visitor(await world.landing('buyer', { notBeforeInSeconds: 240 })))).toBe('ok');
  });

  test('valid in six minutes is refused', async () => {
    const token = await world.landing('buyer', { notBeforeInSeconds: 360 });

    expect(await refusal(world.people.visitor(token))).toBe('unauthenticated (not yet valid)');
  });

  test.each([undefined, null, '9999999999', true])('with %p as expiry is refused', async (exp) => {
    expect(await refusal(world.people.visitor(await world.landing('buyer', { claims: { exp } })))).toBe(
      'unauthenticated (no expiry)',
    );
  });

  test('with a start that is no number is refused, with none accepted', async () => {
    const text = await world.landing('buyer', { claims: { nbf: '0' } });
    const none = await world.landing('buyer', { claims: { nbf: undefined } });

    expect(await refusal(world.people.visitor(text))).toBe('unauthenticated (not yet valid)');
    expect(await outcome(world.people.visitor(none))).toBe('ok');
  });

  test('an expired token costs no request to Entra', async () => {
    const before = world.entra.requests.length;

    await outcome(world.people.visitor(await world.landing('stranger', { expiresInSeconds: -3600 })));

    expect(world.entra.requests).toHaveLength(before);
  });
});
