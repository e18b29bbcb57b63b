import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CONSOLE_CLIENT_ID, LANDING_CLIENT_ID } from '../../../local/people.ts';
import { refusal, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Contract 8: `aud` is our client id, nothing else; design 7: landing and console do not share tokens. */
describe('the audience of a token', () => {
  test.each([
    'aaaaaaaa-0000-4000-8000-00000000000f',
    `api://${LANDING_CLIENT_ID}`,
    LANDING_CLIENT_ID.toUpperCase(),
    [LANDING_CLIENT_ID],
    '00000003-0000-0000-c000-000000000000',
    undefined,
  ])('%p is refused on the landing page without a request to Entra', async (aud) => {
    const token = await world.landing('buyer', { claims: { aud } });

    expect(await refusal(world.people.visitor(token))).toBe('unauthenticated (audience)');
    expect(world.entra.requests).toEqual([]);
  });

  test('a token for the console does not open the landing page, nor the other way round', async () => {
    const forConsole = await world.console('operator');
    const forLanding = await world.landing('operator', { claims: { roles: ['Operator'] } });

    expect(await refusal(world.people.visitor(forConsole))).toBe('unauthenticated (audience)');
    expect(await refusal(world.people.operator(forLanding, 'read'))).toBe('unauthenticated (audience)');
  });

  test('a token for the console is judged as an operator’s where both may read', async () => {
    const claims = { aud: CONSOLE_CLIENT_ID };
    const stranger = await world.landing('buyer', { claims });

    expect(await refusal(world.people.visitorOrOperator(stranger))).toBe('not-an-operator (another tenant)');
  });
});
