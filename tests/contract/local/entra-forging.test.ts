import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, exportSPKI, importJWK, type JWK, jwtVerify } from 'jose';
import { entraControl } from '../../../local/entra/control.ts';
import { type Entra, startEntra } from '../../../local/entra/server.ts';
import {
  CONSOLE_CLIENT_ID,
  CONTOSO_TENANT,
  LANDING_CLIENT_ID,
  PUBLISHER_TENANT,
  person,
} from '../../../local/people.ts';

let entra: Entra;
let control: ReturnType<typeof entraControl>;
beforeAll(async () => {
  entra = await startEntra();
  control = entraControl(entra.authority);
});
afterAll(() => entra.close());

const buyer = { person: 'buyer', clientId: LANDING_CLIENT_ID };
const keys = () => createRemoteJWKSet(new URL(`${entra.authority}/${CONTOSO_TENANT}/discovery/v2.0/keys`));

describe('tokens from the control API are what they say', () => {
  test('an honest one is an access token of version 2', async () => {
    const { payload } = await jwtVerify(await control.token(buyer), keys(), {
      issuer: `${entra.authority}/${CONTOSO_TENANT}/v2.0`,
      audience: LANDING_CLIENT_ID,
    });
    expect(payload).toMatchObject({ ver: '2.0', scp: 'access_as_user', azp: LANDING_CLIENT_ID });
  });

  test('a version 1 token has the issuer, audience and names of version 1, and x5t', async () => {
    const token = await control.token({ ...buyer, version: 1 });

    const { payload, protectedHeader } = await jwtVerify(token, keys(), {
      issuer: `https://sts.windows.net/${CONTOSO_TENANT}/`,
      audience: `api://${LANDING_CLIENT_ID}`,
    });
    expect(payload).toMatchObject({ ver: '1.0', appid: LANDING_CLIENT_ID, upn: 'bea@contoso.example' });
    expect(payload['azp']).toBeUndefined();
    expect(protectedHeader.x5t).toBe(protectedHeader.kid);
  });

  test('claims and header members are replaced, and removed by null', async () => {
    const token = await control.token({
      person: 'operator',
      clientId: CONSOLE_CLIENT_ID,
      scope: 'other',
      claims: { tid: 'not a tenant', roles: ['Usage.Report'], oid: null },
      header: { kid: 'unknown' },
    });

    const claims = decodeJwt(token);
    expect(claims).toMatchObject({ tid: 'not a tenant', roles: ['Usage.Report'], scp: 'other' });
    expect('oid' in claims).toBe(false);
    expect(decodeProtectedHeader(token).kid).toBe('unknown');
  });

  test("the console's tokens carry the person's roles", async () => {
    const token = await control.token({ person: 'reader', clientId: CONSOLE_CLIENT_ID });
    expect(decodeJwt(token)).toMatchObject({ tid: PUBLISHER_TENANT, roles: person('reader').roles });
  });

  test('an expired one verifies but for its time', async () => {
    const token = await control.token({ ...buyer, expiresInSeconds: -60 });
    await expect(jwtVerify(token, keys())).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
    await expect(jwtVerify(token, keys(), { clockTolerance: 90 })).resolves.toBeDefined();
  });

  test('a foreign signature stands under the current key id', async () => {
    const token = await control.token({ ...buyer, signWith: 'foreign' });
    expect(decodeProtectedHeader(token).kid).toBe(decodeProtectedHeader(await control.token(buyer)).kid);
    await expect(jwtVerify(token, keys())).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  });

  test('an unsigned one has algorithm none and no signature', async () => {
    const token = await control.token({ ...buyer, signWith: 'none' });
    expect(decodeProtectedHeader(token).alg).toBe('none');
    expect(token.endsWith('.')).toBe(true);
    expect(decodeJwt(token)).toMatchObject({ oid: person('buyer').objectId });
  });

  test('hs256-public is signed with the published public key as secret', async () => {
    const token = await control.token({ ...buyer, signWith: 'hs256-public' });
    const response = await fetch(`${entra.authority}/${CONTOSO_TENANT}/discovery/v2.0/keys`);
    const [jwk] = ((await response.json()) as { keys: JWK[] }).keys;
    const publicKey = await importJWK({ ...jwk, ext: true }, 'RS256');
    const pem = await exportSPKI(publicKey as Parameters<typeof exportSPKI>[0]);
    const [header, payload, signature] = token.split('.');

    const expected = [`${pem}\n`, pem].map((secret) =>
      createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url'),
    );

    expect(decodeProtectedHeader(token).alg).toBe('HS256');
    expect(expected).toContain(signature);
  });

  test('another algorithm in the header is signed with that algorithm', async () => {
    const token = await control.token({ ...buyer, header: { alg: 'PS256' } });
    await expect(jwtVerify(token, keys(), { algorithms: ['RS256'] })).rejects.toMatchObject({
      code: 'ERR_JOSE_ALG_NOT_ALLOWED',
    });
    await expect(jwtVerify(token, keys())).resolves.toBeDefined();
  });

  test('after a rotation new tokens verify against the new keys and old ones do not', async () => {
    const old = await control.token(buyer);

    await control.rotateKeys();

    await expect(jwtVerify(await control.token(buyer), keys())).resolves.toBeDefined();
    await expect(jwtVerify(old, keys())).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  test('an unknown person is refused by name', async () => {
    await expect(control.token({ ...buyer, person: 'nobody' })).rejects.toThrow('Nobody is called nobody');
  });
});
