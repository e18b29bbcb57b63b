import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CONTOSO_TENANT, FABRIKAM_TENANT } from '../../../local/people.ts';
import { refusal, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Contract 8: `iss` is exactly `{authority}/{tid}/v2.0`, `ver` is 2.0. */
describe('the issuer of a token', () => {
  test.each([
    ['another tenant', `/${FABRIKAM_TENANT}/v2.0`],
    ['all tenants', '/common/v2.0'],
    ['a slash more', `/${CONTOSO_TENANT}/v2.0/`],
    ['no version', `/${CONTOSO_TENANT}`],
    ['a longer path', `/${CONTOSO_TENANT}/v2.0/${CONTOSO_TENANT}/v2.0`],
  ])('on the right authority with %s is refused without a request to Entra', async (_, path) => {
    const token = await world.landing('buyer', { claims: { iss: `${world.entra.authority}${path}` } });

    expect(await refusal(world.people.visitor(token))).toBe('unauthenticated (issuer)');
    expect(world.entra.requests).toEqual([]);
  });

  test.each([
    `https://login.microsoftonline.com/${CONTOSO_TENANT}/v2.0`,
    `https://sts.windows.net/${CONTOSO_TENANT}/`,
    undefined,
  ])('%p is refused', async (iss) => {
    expect(await refusal(world.people.visitor(await world.landing('buyer', { claims: { iss } })))).toBe(
      'unauthenticated (issuer)',
    );
  });

  test.each(['1.0', 2, undefined])('with version %p is refused', async (ver) => {
    expect(await refusal(world.people.visitor(await world.landing('buyer', { claims: { ver } })))).toBe(
      'unauthenticated (version)',
    );
  });
});
