import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { entraControl } from '../../../local/entra/control.ts';
import { type Entra, startEntra } from '../../../local/entra/server.ts';
import { CONTOSO_TENANT, PERSONAL_TENANT } from '../../../local/people.ts';

let entra: Entra;
beforeAll(async () => {
  entra = await startEntra();
});
afterAll(() => entra.close());

type Metadata = { issuer: string; jwks_uri: string; authorization_endpoint: string; token_endpoint: string };
type Keys = { keys: { kid: string; issuer: string; alg?: string }[] };

const get = async <T>(url: string): Promise<T> => {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  return (await response.json()) as T;
};
const metadata = (path: string) => get<Metadata>(`${entra.authority}/${path}/.well-known/openid-configuration`);

describe('metadata of the simulated Entra (contract 8)', () => {
  test('common and organizations state an issuer with the literal {tenantid}', async () => {
    expect((await metadata('common/v2.0')).issuer).toBe(`${entra.authority}/{tenantid}/v2.0`);
    expect((await metadata('organizations/v2.0')).issuer).toBe(`${entra.authority}/{tenantid}/v2.0`);
  });

  test('a tenant and consumers state their own issuer', async () => {
    expect((await metadata(`${CONTOSO_TENANT}/v2.0`)).issuer).toBe(`${entra.authority}/${CONTOSO_TENANT}/v2.0`);
    expect((await metadata('consumers/v2.0')).issuer).toBe(`${entra.authority}/${PERSONAL_TENANT}/v2.0`);
  });

  test('v1 metadata states the issuer of sts.windows.net and its own keys address', async () => {
    const v1 = await metadata(CONTOSO_TENANT);

    expect(v1.issuer).toBe(`https://sts.windows.net/${CONTOSO_TENANT}/`);
    expect(v1.jwks_uri).toBe(`${entra.authority}/${CONTOSO_TENANT}/discovery/keys`);
    expect((await get<Keys>(v1.jwks_uri)).keys).toHaveLength(1);
  });

  test('each key names the issuer it may speak for and no algorithm', async () => {
    const { keys } = await get<Keys>((await metadata('common/v2.0')).jwks_uri);

    expect(keys.map((key) => key.issuer)).toEqual([
      `${entra.authority}/{tenantid}/v2.0`,
      `${entra.authority}/${PERSONAL_TENANT}/v2.0`,
    ]);
    expect(keys.every((key) => key.alg === undefined)).toBe(true);
  });

  test('an unknown tenant is refused as invalid_tenant everywhere', async () => {
    const tenant = '99999999-9999-4999-8999-999999999999';
    for (const path of ['v2.0/.well-known/openid-configuration', 'discovery/v2.0/keys', 'discovery/keys']) {
      const response = await fetch(`${entra.authority}/${tenant}/${path}`);

      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: 'invalid_tenant',
        error_description: expect.stringMatching(/^AADSTS90002: Tenant '99999999/),
        error_codes: [90002],
      });
    }
  });

  test('rotation publishes new keys and none of the old', async () => {
    const { jwks_uri } = await metadata('common/v2.0');
    const before = (await get<Keys>(jwks_uri)).keys.map((key) => key.kid);

    await entraControl(entra.authority).rotateKeys();

    const after = (await get<Keys>(jwks_uri)).keys.map((key) => key.kid);
    expect(after).toHaveLength(2);
    expect(after.filter((kid) => before.includes(kid))).toEqual([]);
  });

  test('calls are counted by kind and tenant, and fail as often as asked', async () => {
    const control = entraControl(entra.authority);
    const url = `${entra.authority}/${CONTOSO_TENANT}/discovery/v2.0/keys`;
    const known = (await control.calls()).length;
    await control.faults({ path: 'keys', status: 503, times: 2 });

    const statuses = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await fetch(url)).status);
    await metadata(`${CONTOSO_TENANT}/v2.0`);

    expect(statuses).toEqual([503, 503, 200]);
    expect((await control.calls()).slice(known).map(({ path, tenant }) => [path, tenant])).toEqual([
      ['keys', CONTOSO_TENANT],
      ['keys', CONTOSO_TENANT],
      ['keys', CONTOSO_TENANT],
      ['metadata', CONTOSO_TENANT],
    ]);
  });

  test('a slow call answers after the delay', async () => {
    await entraControl(entra.authority).faults({ path: 'metadata', delayMs: 200, times: 1 });
    const start = performance.now();

    await metadata('common/v2.0');

    expect(performance.now() - start).toBeGreaterThanOrEqual(190);
  });

  test('a control request with an unknown member is refused, not ignored', async () => {
    const body = JSON.stringify({ path: 'keys', stauts: 503, times: 1 });
    expect((await fetch(`${entra.authority}/control/faults`, { method: 'POST', body })).status).toBe(400);
  });

  test('the front page says who exists', async () => {
    const response = await fetch(`${entra.authority}/`);

    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Bea Buyer');
  });
});
