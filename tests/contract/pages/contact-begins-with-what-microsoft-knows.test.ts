import { afterEach, expect, test } from '@jest/globals';
import { PERSONAL_TENANT } from '../../../static-landing/auth/entra.ts';
import { profileOf } from '../../../static-landing/auth/profile.ts';
import { CONTOSO, idToken, memoryOf, type Scripted, type ScriptedEntra, startScriptedEntra } from './scripted-entra.ts';

let entra: ScriptedEntra;
afterEach(() => entra.close());

type Me = Record<string, string | null>;

const profile = async (account: { tenantId: string; email?: string }, me: Me | Scripted) => {
  entra = await startScriptedEntra(({ path }, authority) => {
    if (path === '/graph/me') return 'body' in me ? (me as Scripted) : { body: me };
    const changes = { tid: account.tenantId, iss: `${authority}/${account.tenantId}/v2.0` };
    return {
      body: {
        token_type: 'Bearer',
        access_token: 'for-graph',
        refresh_token: 'the-next',
        expires_in: 3600,
        id_token: idToken(authority, changes),
      },
    };
  });
  const memory = memoryOf({
    tokens: {
      accessToken: 'for-our-api',
      expiresAtMs: Date.now() + 3_600_000,
      refreshToken: 'the-first',
      tenant: 'common',
      account: { name: 'Bea Buyer', username: 'bea@contoso.example', ...account },
    },
  });
  const found = await profileOf(entra.app, memory, `${entra.authority}/graph`);
  return { found, memory };
};

test('of a work account the mailbox counts, not the sign-in name', async () => {
  const me = { mail: 'bea.buyer@contoso.example', userPrincipalName: 'bea@contoso.example' };

  const { found, memory } = await profile({ tenantId: CONTOSO, email: 'old@contoso.example' }, me);

  expect(found).toEqual({ name: 'Bea Buyer', email: 'bea.buyer@contoso.example' });
  expect(entra.asked.map(({ path }) => path)).toEqual(['/common/oauth2/v2.0/token', '/graph/me']);
  expect(entra.asked[0]?.form).toMatchObject({
    grant_type: 'refresh_token',
    refresh_token: 'the-first',
    scope: 'https://graph.microsoft.com/User.Read',
  });
  expect(entra.asked[1]?.authorization).toBe('Bearer for-graph');
  expect(memory.kept['tokens']).toMatchObject({ accessToken: 'for-our-api', refreshToken: 'the-next' });
});

test('a work account without a mailbox is asked', async () => {
  const { found } = await profile(
    { tenantId: CONTOSO, email: 'bea@contoso.example' },
    { mail: null, userPrincipalName: 'x' },
  );

  expect(found).toEqual({ name: 'Bea Buyer', email: '' });
});

test('of a personal account the sign-in name counts', async () => {
  const { found } = await profile(
    { tenantId: PERSONAL_TENANT },
    { mail: null, userPrincipalName: 'pia@outlook.example' },
  );

  expect(found.email).toBe('pia@outlook.example');
});

test('of a personal account that Graph does not know, the ID token counts', async () => {
  const { found } = await profile(
    { tenantId: PERSONAL_TENANT, email: 'pia@outlook.example' },
    { status: 403, body: {} },
  );

  expect(found.email).toBe('pia@outlook.example');
});

test('a refusal by Graph is no failure', async () => {
  const { found } = await profile({ tenantId: CONTOSO }, { status: 500, body: {} });

  expect(found).toEqual({ name: 'Bea Buyer', email: '' });
});

test('Graph is waited for 2 seconds', async () => {
  const startedAt = performance.now();

  const { found } = await profile({ tenantId: CONTOSO }, { body: { mail: 'late@contoso.example' }, delayMs: 6000 });

  expect(found.email).toBe('');
  expect(performance.now() - startedAt).toBeGreaterThan(1500);
  expect(performance.now() - startedAt).toBeLessThan(4000);
});
