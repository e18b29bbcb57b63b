import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { outcome, refusal, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Design 7: 401 without a valid token. */
describe('the Authorization header', () => {
  test.each([
    ['absent', undefined, 'no token'],
    ['empty', '', 'no token'],
    ['another scheme', 'Basic YTpi', 'not one bearer token'],
    ['no token', 'Bearer ', 'not one bearer token'],
    ['two parts', 'Bearer a.b', 'not one bearer token'],
    ['five parts, encrypted', 'Bearer a.b.c.d.e', 'not one bearer token'],
    ['no JSON', 'Bearer a.b.c', 'not a JSON web token'],
    ['JSON, no object', 'Bearer W10.W10.W10', 'not a JSON web token'],
    ['too long', `Bearer ${'a'.repeat(17_000)}.b.c`, 'token too long'],
  ])('%s is refused', async (_, header, reason) => {
    expect(await refusal(world.people.visitor(header))).toBe(`unauthenticated (${reason})`);
    expect(await refusal(world.people.operator(header, 'read'))).toBe(`unauthenticated (${reason})`);
    expect(await refusal(world.people.visitorOrOperator(header))).toBe(`unauthenticated (${reason})`);
  });

  test('with two good tokens, however joined, is refused', async () => {
    const token = await world.landing('buyer');
    const bare = token.slice('Bearer '.length);

    for (const both of [`${token}, ${token}`, `${token},${bare}`, `${token} ${bare}`, `${token}\n${bare}`]) {
      expect(await refusal(world.people.visitor(both))).toBe('unauthenticated (not one bearer token)');
    }
  });

  test('takes the scheme in any case', async () => {
    const token = await world.landing('buyer');

    expect(await outcome(world.people.visitor(token.replace('Bearer', 'bearer')))).toBe('ok');
  });

  test('with a good token of 15 kB is accepted', async () => {
    const token = await world.landing('buyer', { claims: { wids: ['x'.repeat(11_000)] } });

    expect(token.length).toBeGreaterThan(15_000);
    expect(await outcome(world.people.visitor(token))).toBe('ok');
  });
});
