import { afterEach, expect, test } from '@jest/globals';
import { createApi } from '../../../static-landing/api/client.ts';
import { accessTokens } from '../../../static-landing/auth/tokens.ts';
import { CONTOSO, idToken, memoryOf, type Scripted, type ScriptedEntra, startScriptedEntra } from './scripted-entra.ts';

let entra: ScriptedEntra;
afterEach(() => entra.close());

/** The API answers 200 to the bearer of `good`, or what `answer` says. */
const start = async (options: { good: string; expiresAtMs?: number; token?: Scripted; answer?: Scripted }) => {
  const { good, expiresAtMs = Date.now() + 3_600_000, token, answer } = options;
  entra = await startScriptedEntra(({ path, authorization }, authority) => {
    if (!path.endsWith('/token')) {
      if (answer) return answer;
      return authorization === `Bearer ${good}`
        ? { body: { ok: true } }
        : { status: 401, body: { code: 'unauthenticated' } };
    }
    const body = { token_type: 'Bearer', access_token: 'second', expires_in: 3600, id_token: idToken(authority) };
    return token ?? { body };
  });
  const account = { name: 'Bea', username: 'bea@contoso.example', tenantId: CONTOSO };
  const tokens = { accessToken: 'first', expiresAtMs, refreshToken: 'refresh', tenant: 'common', account };
  const memory = memoryOf({ tokens });
  return { memory, api: createApi(`${entra.authority}/api`, accessTokens(entra.app, memory)) };
};

const paths = (): string[] => entra.asked.map(({ path }) => path.replace(/.*\//, ''));

test('a living access token is used as it is', async () => {
  const { api } = await start({ good: 'first' });

  expect(await api.get('/thing')).toEqual({ ok: true, value: { ok: true } });
  expect(paths()).toEqual(['thing']);
});

test('an access token in its last minute is renewed before it is used, the refresh token kept', async () => {
  const { api, memory } = await start({ good: 'second', expiresAtMs: Date.now() + 30_000 });

  expect((await api.get('/thing')).ok).toBe(true);
  expect(paths()).toEqual(['token', 'thing']);
  expect(entra.asked[0]?.form['scope']).toBe(entra.app.apiScope);
  expect(memory.kept['tokens']).toMatchObject({ accessToken: 'second', refreshToken: 'refresh' });
});

test('two calls at once renew once', async () => {
  const { api } = await start({ good: 'second', expiresAtMs: 0 });

  await Promise.all([api.get('/one'), api.get('/two')]);

  expect(paths().filter((path) => path === 'token')).toHaveLength(1);
});

test('an access token that the API refuses is renewed once', async () => {
  const { api } = await start({ good: 'second' });

  expect((await api.post('/thing', {})).ok).toBe(true);
  expect(paths()).toEqual(['thing', 'token', 'thing']);
});

test('a renewed one that is refused too ends in unauthenticated, without another round', async () => {
  const { api } = await start({ good: 'none' });

  expect(await api.get('/thing')).toMatchObject({ ok: false, problem: { code: 'unauthenticated' } });
  expect(paths()).toEqual(['thing', 'token', 'thing']);
});

test('when Entra wants the person back, the call is unauthenticated', async () => {
  const { api } = await start({
    good: 'second',
    expiresAtMs: 0,
    token: { status: 400, body: { error: 'invalid_grant' } },
  });

  expect(await api.get('/thing')).toMatchObject({ ok: false, problem: { code: 'unauthenticated' } });
  expect(paths()).toEqual(['token']);
});

test('a problem keeps code, fields and reference', async () => {
  const errors = [{ pointer: '/contact/email', detail: 'Enter it.' }];
  const body = { code: 'invalid-request', instance: 'urn:uuid:1234', errors };
  const { api } = await start({ good: 'first', answer: { status: 400, body } });

  expect(await api.post('/thing', {})).toEqual({
    ok: false,
    problem: { code: 'invalid-request', reference: '1234', errors, signInTenants: [] },
  });
});

test('an answer that is not ours counts as a failure of the service, none at all as the network', async () => {
  const { api } = await start({ good: 'first', answer: { status: 502, body: 'Bad gateway' } });
  const foreign = await api.get('/thing');
  await entra.close();

  const none = await api.get('/thing');

  expect(foreign).toMatchObject({ ok: false, problem: { code: 'internal-error' } });
  expect(none).toMatchObject({ ok: false, problem: { code: 'network' } });
});

test('how long to wait stands in the body, where a page of another origin may read it', async () => {
  const body = { code: 'marketplace-unavailable', retryAfterSeconds: 59.2 };
  const { api } = await start({ good: 'first', answer: { status: 503, body } });

  expect(await api.get('/thing')).toMatchObject({ ok: false, problem: { retryAfterSeconds: 60 } });
});
