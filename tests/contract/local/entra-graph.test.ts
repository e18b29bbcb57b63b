import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { entraControl } from '../../../local/entra/control.ts';
import { type Entra, startEntra } from '../../../local/entra/server.ts';
import { signIn } from '../../../local/entra/sign-in.ts';
import { LANDING_CLIENT_ID, person } from '../../../local/people.ts';

const REDIRECT = 'http://127.0.0.1:9/';

let entra: Entra;
beforeAll(async () => {
  entra = await startEntra({ redirectUris: { [LANDING_CLIENT_ID]: [REDIRECT] } });
});
afterAll(() => entra.close());

const tokenFor = async (who: string, scope = 'https://graph.microsoft.com/User.Read'): Promise<string> => {
  const request = { authority: entra.authority, tenant: 'common', clientId: LANDING_CLIENT_ID, redirectUri: REDIRECT };
  return (await signIn({ ...request, scope, person: who })).access_token;
};
const me = (token: string | undefined, query = ''): Promise<Response> =>
  fetch(`${entra.graphUrl}/me${query}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });

describe("Graph's /me", () => {
  test('answers the usual properties with mail', async () => {
    const response = await me(await tokenFor('buyer'));

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      id: person('buyer').objectId,
      displayName: 'Bea Buyer',
      givenName: 'Bea',
      surname: 'Buyer',
      userPrincipalName: 'bea@contoso.example',
      mail: 'bea.buyer@contoso.example',
      jobTitle: null,
      mobilePhone: null,
      preferredLanguage: null,
    });
  });

  test('answers mail as null for a person without one and for a personal account', async () => {
    expect(await (await me(await tokenFor('buyer-without-mail'))).json()).toMatchObject({ mail: null });
    expect(await (await me(await tokenFor('personal'))).json()).toMatchObject({
      mail: null,
      userPrincipalName: 'pia@outlook.example',
    });
  });

  test('answers only what $select names, and 400 for what it does not know', async () => {
    const token = await tokenFor('buyer');

    expect(await (await me(token, '?$select=mail,companyName')).json()).toEqual({
      mail: 'bea.buyer@contoso.example',
      companyName: 'Contoso',
    });
    expect((await me(token, '?$select=shoeSize')).status).toBe(400);
  });

  test('refuses no token, an API token and a forged one as 401, and a token without User.Read as 403', async () => {
    const { token } = entraControl(entra.authority);
    const graph = { person: 'buyer', clientId: '00000003-0000-0000-c000-000000000000', scope: 'User.Read' };
    const status = async (text: string | undefined) => (await me(text)).status;

    expect(await status(undefined)).toBe(401);
    expect(await status('nonsense')).toBe(401);
    expect(await status(await tokenFor('buyer', `api://${LANDING_CLIENT_ID}/access_as_user`))).toBe(401);
    expect(await status(await token({ ...graph, signWith: 'foreign' }))).toBe(401);
    expect(await status(await token({ ...graph, expiresInSeconds: -1 }))).toBe(401);
    expect(await status(await token(graph))).toBe(200);
    expect(await status(await tokenFor('buyer', 'openid profile'))).toBe(403);
  });

  test('fails on demand, readable for a page of any origin', async () => {
    const token = await tokenFor('buyer');
    await entraControl(entra.authority).faults({ path: 'graph', status: 503, times: 1 });

    const refused = await me(token);

    expect(refused.status).toBe(503);
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect((await me(token)).status).toBe(200);
  });

  test('a preflight is answered and not counted', async () => {
    const control = entraControl(entra.authority);
    const known = (await control.calls()).length;

    const response = await fetch(`${entra.graphUrl}/me`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://127.0.0.1:9',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });

    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization');
    expect(await control.calls()).toHaveLength(known);
  });
});
