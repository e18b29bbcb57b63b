// Contract 1: the token's claims, and what Entra says when there is none.
import { afterEach, expect, test } from '@jest/globals';
import { PUBLISHER_CLIENT_ID, PUBLISHER_TENANT } from '../../../local/people.ts';
import { type Authority, startHttpsAuthority } from '../../support/https-authority.ts';
import { readText } from '../../support/source-files.ts';
import { checked, doctor } from './site.ts';

const { Values: example } = JSON.parse(readText('local.settings.example.json')) as { Values: Record<string, string> };
const MARKETPLACE = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7';
const GOOD = {
  aud: MARKETPLACE,
  appid: PUBLISHER_CLIENT_ID,
  tid: PUBLISHER_TENANT,
  oid: 'cccccccc-0000-4000-8000-000000000001',
};
const OTHER = 'dddddddd-0000-4000-8000-000000000001';

let entra: Authority | undefined;
afterEach(async () => {
  await entra?.close();
  entra = undefined;
});

const settings = (authority: Authority): Record<string, string> => {
  const { NODE_EXTRA_CA_CERTS } = authority.env;
  // A proxy where nobody listens: only the authority of this test is reached.
  return {
    ...example,
    NODE_EXTRA_CA_CERTS,
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1',
    ENTRA_AUTHORITY: authority.url,
    MARKETPLACE_CREDENTIAL: 'client-secret',
    MARKETPLACE_CLIENT_SECRET: 'the-secret',
  };
};

test('a token of the right application, tenant and service principal is well', async () => {
  entra = await startHttpsAuthority({ claims: GOOD });
  const result = await checked('fulfilment-token', settings(entra));
  expect(result).toMatchObject({ state: 'ok', code: 0, found: expect.stringContaining(PUBLISHER_CLIENT_ID) });
  expect(JSON.stringify(result)).not.toMatch(/the-secret|eyJ/);
});

test.each([
  ['another application', { ...GOOD, appid: OTHER }, /of application d{8}/, /another application/],
  ['another tenant', { ...GOOD, tid: OTHER }, /of tenant d{8}/, /PUBLISHER_TENANT_ID/],
  ['another service', { ...GOOD, aud: OTHER }, /another service/, /ENTRA_AUTHORITY/],
  ['no service principal', { ...GOOD, oid: undefined }, /no service principal|no oid/, /1000\.4/],
])('a token of %s is told', async (_, claims, found, cause) => {
  entra = await startHttpsAuthority({ claims });
  const result = await checked('fulfilment-token', settings(entra));
  expect(result).toMatchObject({
    state: 'failed',
    code: 1,
    found: expect.stringMatching(found),
    cause: expect.stringMatching(cause),
  });
});

test.each([
  ['AADSTS7000222: The provided client secret keys are expired.', /has expired/, /Certificates & secrets/],
  ['AADSTS7000215: Invalid client secret provided.', /secret is wrong/, /Certificates & secrets/],
  ['AADSTS700016: Application not found in the directory.', /no application of this id/, /Application \(client\) ID/],
  ['AADSTS7000229: missing service principal in the tenant.', /no service principal/, /az ad sp create/],
  ['AADSTS90002: Tenant not found.', /no tenant/, /PUBLISHER_TENANT_ID/],
])('%s', async (because, cause, fix) => {
  entra = await startHttpsAuthority({ refuses: true, because });
  const result = await checked('fulfilment-token', settings(entra));
  expect(result).toMatchObject({
    state: 'failed',
    code: 1,
    cause: expect.stringMatching(cause),
    fix: expect.stringMatching(fix),
  });
  expect(result.found).toContain(because.split(':')[0]);
});

test('something that is no token is told', async () => {
  entra = await startHttpsAuthority();
  expect(await checked('fulfilment-token', settings(entra))).toMatchObject({
    state: 'failed',
    found: expect.stringContaining('no token of Entra'),
  });
});

test('without the identity of the app its token is not looked at, nor is anything else that is for it alone', async () => {
  const { AzureWebJobsStorage: _storage, EMAIL_CONNECTION_STRING: _mail, ...rest } = example;
  const env = {
    ...rest,
    MARKETPLACE_CREDENTIAL: 'federated',
    AzureWebJobsStorage__accountName: 'account',
    EMAIL_ENDPOINT: 'https://mail.example',
  };
  const ids = [
    'fulfilment-token',
    'list-subscriptions',
    'storage-rows',
    'storage-messages',
    'queues',
    'mail',
    'self-activating-plans',
    'last-webhook',
    'last-reconcile',
  ];
  const { code, stdout } = await doctor(['--json', '--only', ids.join(',')], env);
  const { checks } = JSON.parse(stdout) as { checks: { state: string; cause: string; fix: string }[] };
  expect(code).toBe(0);
  expect(checks).toHaveLength(ids.length);
  for (const one of checks)
    expect(one).toMatchObject({
      state: 'not-checked',
      cause: expect.stringContaining('identity of the app'),
      fix: expect.stringContaining('Set-up'),
    });
});

test('with the identity, a federated credential that fits nobody is told by what Entra says', async () => {
  entra = await startHttpsAuthority({ refuses: true });
  const machine = { ...settings(entra), ...entra.env, MARKETPLACE_CREDENTIAL: 'federated' };
  // An identity alone may be that of a container or of a machine under Azure Arc.
  expect(await checked('fulfilment-token', machine)).toMatchObject({ state: 'not-checked' });
  expect(await checked('fulfilment-token', { ...machine, WEBSITE_SITE_NAME: 'func-pegasus' })).toMatchObject({
    state: 'failed',
    found: expect.stringContaining('AADSTS700213'),
    fix: expect.stringContaining('Federated credentials'),
  });
});

test('a token that cannot be had is what the calls of the Marketplace suffer from as well', async () => {
  entra = await startHttpsAuthority({ refuses: true, because: 'AADSTS7000222: expired.' });
  expect(await checked('list-subscriptions', settings(entra))).toMatchObject({
    state: 'failed',
    cause: expect.stringContaining('has expired'),
  });
});
