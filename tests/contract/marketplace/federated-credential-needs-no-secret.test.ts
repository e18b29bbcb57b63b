// Contract 1 and infra 2.3: the managed identity's assertion stands in for a secret of the app registration.
import { describe, expect, test } from '@jest/globals';
import { APPLICATION, authority, IDENTITY, MARKETPLACE_SCOPE, tokens } from './credential-process.ts';

describe('the federated credential', () => {
  test('exchanges the identity for a bearer token once, then answers from its cache', async () => {
    const entra = await authority();
    const config = { kind: 'federated', authority: entra.url, ...APPLICATION, ...IDENTITY } as const;

    expect(await tokens(entra, config, ['ask', 'ask', 'ask'])).toEqual(['bearer-1', 'bearer-1', 'bearer-1']);

    const identityCalls = entra.calls.filter(({ host }) => host === 'identity');
    expect(identityCalls).toHaveLength(1);
    expect(Object.fromEntries(identityCalls[0]?.query ?? [])).toMatchObject({
      resource: 'api://AzureADTokenExchange',
      client_id: IDENTITY.managedIdentityClientId,
    });

    const posts = entra.calls.filter(({ path }) => path.endsWith('/token') && !path.startsWith('/msi'));
    expect(posts.map(({ path }) => path)).toEqual([`/${APPLICATION.publisherTenantId}/oauth2/v2.0/token`]);
    expect(Object.fromEntries(posts[0]?.form ?? [])).toMatchObject({
      grant_type: 'client_credentials',
      client_id: APPLICATION.publisherClientId,
      client_assertion: 'identity-1',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      scope: MARKETPLACE_SCOPE,
    });
    for (const { form, query } of entra.calls) expect([...form.keys(), ...query.keys()]).not.toContain('client_secret');
  });

  test('gets a new bearer token when the old one was rejected, and keeps that', async () => {
    const entra = await authority();
    const config = { kind: 'federated', authority: `${entra.url}/`, ...APPLICATION, ...IDENTITY } as const;

    const rejected = { rejected: 'bearer-1' };
    const steps = ['ask' as const, rejected, rejected, 'ask' as const];
    expect(await tokens(entra, config, steps)).toEqual(['bearer-1', 'bearer-2', 'bearer-2', 'bearer-2']);
  });

  test('refused by Entra is marketplace-forbidden, with the reason for the log only', async () => {
    const entra = await authority({ refuses: true });
    const config = { kind: 'federated', authority: entra.url, ...APPLICATION, ...IDENTITY } as const;

    const [failure] = await tokens(entra, config, ['ask']);

    expect(failure).toMatchObject({ code: 'marketplace-forbidden', cause: expect.stringContaining('AADSTS700213') });
    expect((failure as { publicDetail: string }).publicDetail).not.toContain('AADSTS');
    expect(JSON.stringify(failure)).not.toContain('identity-1');
  });
});
