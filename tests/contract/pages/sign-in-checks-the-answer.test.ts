import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { finishSignIn } from '../../../static-landing/auth/finish.ts';
import { CONTOSO, FABRIKAM, idToken, memoryOf, type ScriptedEntra, startScriptedEntra } from './scripted-entra.ts';

let entra: ScriptedEntra;
let changes: Record<string, unknown> = {};
beforeAll(async () => {
  entra = await startScriptedEntra((_asked, authority) => ({
    body: {
      token_type: 'Bearer',
      access_token: 'the-access-token',
      refresh_token: 'the-refresh-token',
      expires_in: 3600,
      id_token: idToken(authority, changes),
    },
  }));
});
beforeEach(() => {
  changes = {};
  entra.asked.length = 0;
});
afterAll(() => entra.close());

const pending = (tenant = 'common') => ({
  'state.the-state': {
    verifier: 'the-verifier-the-verifier-the-verifier-the-verifier',
    nonce: 'the-nonce',
    tenant,
    carried: { purchaseToken: 'the+purchase/token==' },
  },
});

const answer = (changed: Record<string, string> = {}): URLSearchParams =>
  new URLSearchParams({ code: 'the-code', state: 'the-state', session_state: 'whatever', ...changed });

const finish = (memory = memoryOf(pending()), given = answer()) => finishSignIn(entra.app, memory, given);

test('a valid answer signs in and brings back what was carried', async () => {
  const memory = memoryOf(pending());

  const result = await finish(memory);

  expect(result).toMatchObject({
    kind: 'signed-in',
    carried: { purchaseToken: 'the+purchase/token==' },
    tokens: {
      accessToken: 'the-access-token',
      account: { name: 'Bea Buyer', username: 'bea@contoso.example', tenantId: CONTOSO },
    },
  });
  expect(Object.keys(memory.kept)).toEqual(['tokens']);
});

test('the token request names one resource, the verifier and the same redirect address', async () => {
  await finish();

  expect(entra.asked).toHaveLength(1);
  expect(entra.asked[0]?.path).toBe('/common/oauth2/v2.0/token');
  expect(entra.asked[0]?.form).toMatchObject({
    grant_type: 'authorization_code',
    client_id: entra.app.clientId,
    code: 'the-code',
    code_verifier: 'the-verifier-the-verifier-the-verifier-the-verifier',
    redirect_uri: entra.app.redirectUri,
    scope: `openid profile email offline_access ${entra.app.apiScope}`,
  });
});

test('an answer that this tab did not ask for is not used', async () => {
  expect(await finish(memoryOf(), answer())).toEqual({ kind: 'unknown' });
  expect(await finish(memoryOf(pending()), answer({ state: 'another-state' }))).toEqual({ kind: 'unknown' });
  expect(entra.asked).toEqual([]);
});

test('an answer is used once', async () => {
  const memory = memoryOf(pending());
  await finish(memory);

  expect(await finish(memory)).toEqual({ kind: 'unknown' });
  expect(entra.asked).toHaveLength(1);
});

test.each([
  ['the nonce of another sign-in', { nonce: 'another-nonce' }],
  ['no nonce', { nonce: undefined }],
  ['another application as audience', { aud: 'aaaaaaaa-0000-4000-8000-000000000009' }],
  ['an issuer of another authority', { iss: `https://login.other.example/${CONTOSO}/v2.0` }],
  ['an issuer of another tenant than its own', { tid: FABRIKAM }],
  ['the template as issuer', { iss: 'http://127.0.0.1/{tenantid}/v2.0' }],
  ['no tenant', { tid: undefined }],
  ['an end in the past', { exp: 1_700_000_000 }],
])('an ID token with %s is refused, and the purchase token comes back', async (_name, changed) => {
  changes = changed;
  const memory = memoryOf(pending());

  const result = await finish(memory);

  expect(result).toEqual({
    kind: 'failed',
    why: 'other',
    tenant: 'common',
    carried: { purchaseToken: 'the+purchase/token==' },
  });
  expect(memory.kept['tokens']).toBeUndefined();
});

test('a sign-in to one organization takes nobody of another', async () => {
  changes = { tid: FABRIKAM, iss: `${entra.authority}/${FABRIKAM}/v2.0` };

  expect((await finish(memoryOf(pending(CONTOSO)))).kind).toBe('failed');
  expect((await finish(memoryOf(pending(FABRIKAM)))).kind).toBe('signed-in');
});

test('the issuer of the answer itself is checked where it is named', async () => {
  const foreign = await finish(memoryOf(pending()), answer({ iss: `https://login.other.example/${CONTOSO}/v2.0` }));
  const own = await finish(memoryOf(pending()), answer({ iss: `${entra.authority}/${CONTOSO}/v2.0` }));

  expect([foreign.kind, own.kind]).toEqual(['failed', 'signed-in']);
  expect(entra.asked).toHaveLength(1);
});

test('a refusal by Entra keeps its code and nothing else of its text', async () => {
  const refusal = new URLSearchParams({
    error: 'access_denied',
    error_description: 'AADSTS65004: User declined to consent. Trace ID: 1',
    state: 'the-state',
  });

  const result = await finish(memoryOf(pending()), refusal);

  expect(result).toEqual({
    kind: 'failed',
    why: 'cancelled',
    code: 'AADSTS65004',
    tenant: 'common',
    carried: { purchaseToken: 'the+purchase/token==' },
  });
});

test.each([
  ['consent_required', 'AADSTS65001: Nobody consented.', 'approval', 'AADSTS65001'],
  ['interaction_required', 'Something', 'approval', 'interaction_required'],
  ['access_denied', 'AADSTS90094: An administrator is needed.', 'approval', 'AADSTS90094'],
  ['invalid_request', 'AADSTS900941: An administrator is needed.', 'approval', 'AADSTS900941'],
  ['access_denied', 'The user has denied access.', 'cancelled', 'access_denied'],
  ['server_error', 'AADSTS90033: A transient error.', 'other', 'AADSTS90033'],
  ['invalid_request', 'AADSTS9002325: No challenge.', 'other', 'AADSTS9002325'],
])('%s with “%s” means: %s', async (error, description, why, code) => {
  const refusal = new URLSearchParams({ error, error_description: description, state: 'the-state' });

  expect(await finish(memoryOf(pending(CONTOSO)), refusal)).toMatchObject({ why, code, tenant: CONTOSO });
});

test('a refusal of the code itself means the same', async () => {
  const refusing = await startScriptedEntra(() => ({
    status: 400,
    body: { error: 'invalid_grant', error_description: 'AADSTS65001: Nobody consented. Trace ID: 1' },
  }));

  const result = await finishSignIn(refusing.app, memoryOf(pending()), answer());
  await refusing.close();

  expect(result).toMatchObject({ kind: 'failed', why: 'approval', code: 'AADSTS65001' });
});
