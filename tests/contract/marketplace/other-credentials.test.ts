// Design 7, infra 2.3 B: the identity as the application itself; a secret on a developer's machine.
import { expect, test } from '@jest/globals';
import { APPLICATION, authority, IDENTITY, MARKETPLACE_SCOPE, tokens } from './credential-process.ts';

test('managed-identity takes the token straight from the identity, once', async () => {
  const entra = await authority();

  const config = { kind: 'managed-identity', ...IDENTITY } as const;
  expect(await tokens(entra, config, ['ask', 'ask'])).toEqual(['identity-1', 'identity-1']);

  expect(entra.calls.map(({ host }) => host)).toEqual(['identity']);
  expect(Object.fromEntries(entra.calls[0]?.query ?? [])).toMatchObject({
    resource: MARKETPLACE_SCOPE.replace('/.default', ''),
    client_id: IDENTITY.managedIdentityClientId,
  });
});

test('managed-identity gives a rejected token again, as MSAL has it for the whole process', async () => {
  const entra = await authority();
  const config = { kind: 'managed-identity', ...IDENTITY } as const;

  expect(await tokens(entra, config, ['ask', { rejected: 'identity-1' }])).toEqual(['identity-1', 'identity-1']);
});

test('managed-identity without a client id asks for the own identity of the app', async () => {
  const entra = await authority();

  expect(await tokens(entra, { kind: 'managed-identity' }, ['ask'])).toEqual(['identity-1']);

  expect(entra.calls[0]?.query.has('client_id')).toBe(false);
});

test('client-secret posts the secret to the authority, once', async () => {
  const entra = await authority();
  const config = { kind: 'client-secret', authority: entra.url, ...APPLICATION, clientSecret: 'developer' } as const;

  expect(await tokens(entra, config, ['ask', 'ask'])).toEqual(['bearer-1', 'bearer-1']);

  const posts = entra.calls.filter(({ path }) => path.endsWith('/oauth2/v2.0/token'));
  expect(posts).toHaveLength(1);
  expect(Object.fromEntries(posts[0]?.form ?? [])).toMatchObject({
    client_id: APPLICATION.publisherClientId,
    client_secret: 'developer',
    scope: MARKETPLACE_SCOPE,
  });
});

test('a secret that Entra refuses is marketplace-forbidden and is quoted nowhere', async () => {
  const entra = await authority({ refuses: true });
  const config = { kind: 'client-secret', authority: entra.url, ...APPLICATION, clientSecret: 'developer' } as const;

  const [failure] = await tokens(entra, config, ['ask']);

  expect(failure).toMatchObject({ code: 'marketplace-forbidden' });
  expect(JSON.stringify(failure)).not.toContain('developer');
});
