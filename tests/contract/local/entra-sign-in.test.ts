import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { createGrants } from '../../../local/entra/grants.ts';
import { type Entra, startEntra } from '../../../local/entra/server.ts';
import { authorize, requestToken, signIn } from '../../../local/entra/sign-in.ts';
import {
  CONSOLE_CLIENT_ID,
  CONTOSO_TENANT,
  LANDING_CLIENT_ID,
  PERSONAL_TENANT,
  PUBLISHER_TENANT,
  person,
} from '../../../local/people.ts';

const REDIRECT = 'http://127.0.0.1:9/';
const CONSOLE_REDIRECT = 'http://127.0.0.1:9/console/';
const API = `api://${LANDING_CLIENT_ID}/access_as_user`;
const CONSOLE_API = `api://${CONSOLE_CLIENT_ID}/access_as_user`;
const VERIFIER = 'a-verifier-of-more-than-forty-three-characters';

let entra: Entra;
beforeAll(async () => {
  entra = await startEntra({
    redirectUris: { [LANDING_CLIENT_ID]: [REDIRECT], [CONSOLE_CLIENT_ID]: [CONSOLE_REDIRECT] },
  });
});
afterAll(() => entra.close());

const query = (change: Record<string, string> = {}): Record<string, string> => ({
  client_id: LANDING_CLIENT_ID,
  redirect_uri: REDIRECT,
  response_type: 'code',
  scope: `openid profile offline_access ${API} User.Read`,
  state: 'my state',
  nonce: 'my nonce',
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256',
  ...change,
});

const newCode = async (): Promise<string> =>
  (await authorize(entra.authority, 'common', query(), 'buyer')).searchParams.get('code') ?? '';

const redeem = async (code: string, change: Record<string, string> = {}, tenant = 'common') =>
  requestToken(entra.authority, tenant, {
    client_id: LANDING_CLIENT_ID,
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT,
    code_verifier: VERIFIER,
    scope: API,
    ...change,
  });

const refusal = async (response: Promise<Response>) => {
  const answer = await response;
  const body = (await answer.json()) as { error: string; error_codes: number[] };
  return [answer.status, body.error, body.error_codes[0]];
};

describe('authorize', () => {
  test('sends the code and the state back in the query, or in the fragment when asked', async () => {
    const inQuery = await authorize(entra.authority, 'common', query(), 'buyer');
    const inFragment = await authorize(entra.authority, 'common', query({ response_mode: 'fragment' }), 'buyer');

    expect(inQuery.origin + inQuery.pathname).toBe(REDIRECT);
    expect(inQuery.searchParams.get('state')).toBe('my state');
    expect(inQuery.searchParams.get('code')).toBeTruthy();
    expect(inFragment.search).toBe('');
    expect(new URLSearchParams(inFragment.hash.slice(1)).get('code')).toBeTruthy();
  });

  test('Cancel sends access_denied back', async () => {
    const answer = await authorize(entra.authority, 'common', query());
    expect(answer.searchParams.get('error')).toBe('access_denied');
    expect(answer.searchParams.get('state')).toBe('my state');
    expect(answer.searchParams.get('code')).toBeNull();
  });

  test.each([
    ['an unregistered redirect', { redirect_uri: 'http://127.0.0.1:9/other' }, 'AADSTS50011'],
    ['a redirect that only begins like a registered one', { redirect_uri: `${REDIRECT}?x=1` }, 'AADSTS50011'],
    ["another application's redirect", { redirect_uri: CONSOLE_REDIRECT }, 'AADSTS50011'],
    ['an unknown application', { client_id: PUBLISHER_TENANT }, 'AADSTS700016'],
  ])('%s shows an error page and sends nobody anywhere', async (_, change, code) => {
    const parameters = new URLSearchParams(query(change)).toString();
    for (const method of ['GET', 'POST']) {
      const response = await fetch(`${entra.authority}/common/oauth2/v2.0/authorize?${parameters}`, {
        method,
        redirect: 'manual',
      });

      expect(response.status).toBe(400);
      expect(response.headers.get('location')).toBeNull();
      expect(await response.text()).toContain(code);
    }
  });

  test.each([
    ['no PKCE challenge', { code_challenge: '' }, 'invalid_request'],
    ['a plain PKCE challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['the implicit flow', { response_type: 'id_token' }, 'unsupported_response_type'],
    ['a scope that no API has', { scope: `api://${LANDING_CLIENT_ID}/everything` }, 'invalid_scope'],
    ['an API that nobody registered', { scope: 'api://nobody/access_as_user' }, 'invalid_resource'],
    ['a silent sign-in', { prompt: 'none' }, 'login_required'],
  ])('%s is refused at the redirect', async (_, change, error) => {
    const answer = await authorize(entra.authority, 'common', query(change), 'buyer');
    expect(answer.searchParams.get('error')).toBe(error);
  });

  test('a tenant offers and accepts only its own people', async () => {
    const parameters = new URLSearchParams(query()).toString();
    const response = await fetch(`${entra.authority}/${PUBLISHER_TENANT}/oauth2/v2.0/authorize?${parameters}`);
    const picker = await response.text();
    const outsider = await authorize(entra.authority, PUBLISHER_TENANT, query(), 'buyer');

    expect([...picker.matchAll(/name="person" value="([^"]+)"/g)].map((match) => match[1])).toEqual([
      'operator',
      'reader',
    ]);
    expect(outsider.searchParams.get('error')).toBe('access_denied');
  });

  test('sign-out goes to a registered address and to no other', async () => {
    const signOut = (target: string) =>
      fetch(`${entra.authority}/common/oauth2/v2.0/logout?post_logout_redirect_uri=${encodeURIComponent(target)}`, {
        redirect: 'manual',
      });
    expect((await signOut(REDIRECT)).headers.get('location')).toBe(REDIRECT);
    expect((await signOut('http://127.0.0.1:9/evil')).status).toBe(200);
  });
});

describe('token', () => {
  test('gives an API token and an ID token that verify against the published keys', async () => {
    const response = await redeem(await newCode());
    const tokens = (await response.json()) as Record<string, string>;
    const keys = createRemoteJWKSet(new URL(`${entra.authority}/${CONTOSO_TENANT}/discovery/v2.0/keys`));
    const issuer = `${entra.authority}/${CONTOSO_TENANT}/v2.0`;
    const access = await jwtVerify(tokens['access_token'] ?? '', keys, { issuer, audience: LANDING_CLIENT_ID });
    const id = await jwtVerify(tokens['id_token'] ?? '', keys, { issuer, audience: LANDING_CLIENT_ID });

    const buyer = person('buyer');
    const who = { tid: CONTOSO_TENANT, oid: buyer.objectId, name: buyer.name, email: buyer.emailClaim };
    expect(access.payload).toMatchObject({ ...who, ver: '2.0', scp: 'access_as_user', azp: LANDING_CLIENT_ID });
    expect(id.payload).toMatchObject({ ...who, nonce: 'my nonce', preferred_username: buyer.username });
    expect(tokens['scope']).toBe(API);
    const lifetime = (access.payload.exp ?? 0) - (access.payload.iat ?? 0);
    expect(lifetime).toBe(tokens['expires_in']);
    expect(lifetime).toBeGreaterThanOrEqual(3600);
    expect(lifetime).toBeLessThan(5400);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('a personal account is signed by the key of personal accounts and has no email claim unless it should', async () => {
    const signInTo = (who: string) =>
      signIn({
        authority: entra.authority,
        tenant: 'common',
        clientId: LANDING_CLIENT_ID,
        redirectUri: REDIRECT,
        scope: API,
        person: who,
      });
    const keys = createRemoteJWKSet(new URL(`${entra.authority}/consumers/discovery/v2.0/keys`));
    const personal = await signInTo('personal');
    const colleague = await signInTo('colleague');

    const { payload } = await jwtVerify(personal.access_token, keys);
    expect(payload).toMatchObject({ tid: PERSONAL_TENANT, email: 'pia@outlook.example' });
    expect(decodeJwt(colleague.access_token)['email']).toBeUndefined();
    await expect(jwtVerify(colleague.access_token, keys)).rejects.toThrow();
    expect(personal.id_token).toBeUndefined();
    expect(personal.refresh_token).toBeUndefined();
  });

  test("roles stand in the console's tokens of those who have them only", async () => {
    const rolesOf = async (who: string, scope: string) => {
      const isConsole = scope === CONSOLE_API;
      const tokens = await signIn({
        authority: entra.authority,
        tenant: 'common',
        clientId: isConsole ? CONSOLE_CLIENT_ID : LANDING_CLIENT_ID,
        redirectUri: isConsole ? CONSOLE_REDIRECT : REDIRECT,
        scope,
        person: who,
      });
      return decodeJwt(tokens.access_token)['roles'];
    };
    expect(await rolesOf('operator', CONSOLE_API)).toEqual(['Operator']);
    expect(await rolesOf('buyer', CONSOLE_API)).toBeUndefined();
    expect(await rolesOf('operator', API)).toBeUndefined();
  });

  test('a wrong verifier is refused', async () => {
    const answer = await refusal(redeem(await newCode(), { code_verifier: `${VERIFIER}x` }));
    expect(answer).toEqual([400, 'invalid_grant', 501481]);
  });

  test('a code works once', async () => {
    const code = await newCode();
    expect((await redeem(code)).status).toBe(200);
    expect(await refusal(redeem(code))).toEqual([400, 'invalid_grant', 54005]);
  });

  test('a code of another redirect, client or tenant is refused', async () => {
    expect(await refusal(redeem(await newCode(), { redirect_uri: CONSOLE_REDIRECT }))).toEqual([
      400,
      'invalid_client',
      500112,
    ]);
    expect(await refusal(redeem(await newCode(), { client_id: CONSOLE_CLIENT_ID }))).toEqual([
      400,
      'invalid_grant',
      70000,
    ]);
    expect(await refusal(redeem(await newCode(), {}, PUBLISHER_TENANT))).toEqual([400, 'invalid_grant', 700005]);
  });

  test('two resources in one request are refused', async () => {
    const both = `${API} https://graph.microsoft.com/User.Read`;
    expect(await refusal(redeem(await newCode(), { scope: both }))).toEqual([400, 'invalid_scope', 28000]);
  });

  test('a request without an origin is refused, since the client is a page', async () => {
    const body = new URLSearchParams({ client_id: LANDING_CLIENT_ID, grant_type: 'authorization_code', code: 'x' });
    const response = fetch(`${entra.authority}/common/oauth2/v2.0/token`, { method: 'POST', body });
    expect(await refusal(response)).toEqual([400, 'invalid_request', 9002327]);
  });

  test('a refresh gives a token for Graph and a new refresh token', async () => {
    const first = (await (await redeem(await newCode())).json()) as { refresh_token: string };
    const refresh = (scope: string) =>
      requestToken(entra.authority, 'common', {
        client_id: LANDING_CLIENT_ID,
        grant_type: 'refresh_token',
        refresh_token: first.refresh_token,
        scope,
      });

    const second = (await (await refresh('User.Read')).json()) as { access_token: string; refresh_token: string };

    expect(decodeJwt(second.access_token)).toMatchObject({ aud: '00000003-0000-0000-c000-000000000000' });
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await refusal(refresh(CONSOLE_API))).toEqual([400, 'invalid_grant', 65001]);
  });
});

describe('lifetimes', () => {
  const grant = {
    clientId: LANDING_CLIENT_ID,
    redirectUri: REDIRECT,
    person: person('buyer'),
    scope: API,
    nonce: undefined,
    challenge: '',
  };
  const minutes = (count: number) => count * 60_000;

  test('a code lives 10 minutes', () => {
    let now = 0;
    const grants = createGrants(() => now);
    const [early, late] = [grants.addCode(grant), grants.addCode(grant)];

    now = minutes(10) - 1;
    expect(grants.useCode(early)).toBe(grant);
    now = minutes(10);
    expect(() => grants.useCode(late)).toThrow('AADSTS70008');
  });

  test('a refresh token ends 24 hours after the sign-in, its successor too', () => {
    let now = 0;
    const grants = createGrants(() => now);
    const first = grants.addRefreshToken(grant);

    now = minutes(24 * 60) - 1;
    const second = grants.addRefreshToken(grant, grants.useRefreshToken(first).expiresAt);
    expect(grants.useRefreshToken(second).grant).toBe(grant);
    now = minutes(24 * 60);
    expect(() => grants.useRefreshToken(first)).toThrow('AADSTS700084');
    expect(() => grants.useRefreshToken(second)).toThrow('AADSTS700084');
  });
});
