import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CONTOSO_TENANT, FABRIKAM_TENANT, PERSONAL_TENANT } from '../../../local/people.ts';
import { outcome, refusal, startWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** Contract 8: a key says for which issuer it signs, as a template or for one tenant. */
describe('the issuer that a key names', () => {
  test.each([
    ['the template', '{authority}/{tenantid}/v2.0'],
    ['the token’s own', `{authority}/${CONTOSO_TENANT}/v2.0`],
    ['nothing', undefined],
  ])('%s: the token is accepted', async (_, issuer) => {
    world.entra.publishIssuer(issuer);

    expect(await outcome(world.people.visitor(await world.landing('buyer')))).toBe('ok');
  });

  test.each([
    ['personal accounts only', `{authority}/${PERSONAL_TENANT}/v2.0`],
    ['another tenant', `{authority}/${FABRIKAM_TENANT}/v2.0`],
    ['another authority', 'https://login.microsoftonline.com/{tenantid}/v2.0'],
  ])('%s: the token is refused, and the keys are not fetched again', async (_, issuer) => {
    world.entra.publishIssuer(issuer);

    expect(await refusal(world.people.visitor(await world.landing('buyer')))).toBe(
      'unauthenticated (key of another issuer)',
    );
    expect(await refusal(world.people.visitor(await world.landing('buyer')))).toBe(
      'unauthenticated (key of another issuer)',
    );
    expect(world.entra.count('keys')).toBe(1);
  });

  test('personal accounts only: a personal account is accepted', async () => {
    world.entra.publishIssuer(`{authority}/${PERSONAL_TENANT}/v2.0`);

    expect(await outcome(world.people.visitor(await world.landing('personal')))).toBe('ok');
  });
});
