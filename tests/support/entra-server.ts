import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactSign, type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';

type Key = { kid: string; privateKey: CryptoKey; jwk: JWK };

/** What the server does instead of answering as it should, until it is taken away. */
export type Fault = { status?: number; delayMs?: number; body?: string; dropped?: boolean; redirectTo?: string };

export type TokenRequest = {
  claims: Record<string, unknown>;
  header?: Record<string, unknown>;
  /** `previous`: a key that is published no more after a rotation. `foreign`: never published. */
  signWith?: 'current' | 'previous' | 'foreign' | 'hs256-public';
};

export type EntraServer = Awaited<ReturnType<typeof startEntraServer>>;

/** Tenants that begin so do not exist. */
export const NO_SUCH_TENANT = 'deadbeef';

const newKey = async (): Promise<Key> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = crypto.randomUUID();
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
};

const send = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

/** Made once per test file: a pair takes a tenth of a second and more. */
const firstKeys = Promise.all([newKey(), newKey()]);

/** Metadata and keys as Entra serves them, on a free loopback port: counts requests, rotates, fails when told to. */
export const startEntraServer = async () => {
  const [foreign, first] = await firstKeys;
  let current = first;
  let previous = first;
  let authority = '';
  const faults: { metadata?: Fault; keys?: Fault } = {};
  const requests: string[] = [];
  let underway = 0;
  let mostUnderway = 0;
  /** What the published key says of its issuer; `{authority}` is filled in. `undefined`: nothing. */
  let keyIssuer: string | undefined = '{authority}/{tenantid}/v2.0';
  let jwksUri: string | undefined;
  let keyOverride: Record<string, unknown> = {};

  const answer = async (url: string, response: ServerResponse): Promise<void> => {
    const tenant = url.split('/')[1] ?? '';
    const path = url.endsWith('/.well-known/openid-configuration') ? 'metadata' : 'keys';
    requests.push(`${path} ${tenant}`);
    const fault = faults[path];
    if (fault?.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    if (fault?.dropped) response.destroy();
    else if (fault?.redirectTo !== undefined) response.writeHead(302, { location: `${fault.redirectTo}${url}` }).end();
    else if (fault?.status !== undefined || fault?.body !== undefined) {
      send(response, fault.status ?? 200, fault.body ?? { error: 'temporarily_unavailable' });
    } else if (path === 'keys') {
      const issuer = keyIssuer?.replace('{authority}', authority);
      send(response, 200, { keys: [{ ...current.jwk, ...(issuer !== undefined && { issuer }), ...keyOverride }] });
    } else if (tenant.startsWith(NO_SUCH_TENANT)) {
      send(response, 400, { error: 'invalid_tenant', error_description: `AADSTS90002: Tenant '${tenant}' not found.` });
    } else {
      send(response, 200, { issuer: 'not read', jwks_uri: jwksUri ?? `${authority}/${tenant}/discovery/v2.0/keys` });
    }
  };

  const server = createServer((request, response) => {
    underway += 1;
    mostUnderway = Math.max(mostUnderway, underway);
    response.on('close', () => {
      underway -= 1;
    });
    void answer(request.url ?? '', response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  authority = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    authority,
    faults,
    requests,
    mostUnderway: () => mostUnderway,
    count: (path: 'metadata' | 'keys') => requests.filter((request) => request.startsWith(path)).length,
    kid: () => current.kid,
    rotate: async () => {
      previous = current;
      current = await newKey();
    },
    publishIssuer: (issuer: string | undefined) => {
      keyIssuer = issuer;
    },
    publishKeysAt: (uri: string) => {
      jwksUri = uri;
    },
    publishKeyWith: (members: Record<string, unknown>) => {
      keyOverride = members;
    },
    /** Signs whatever claims it is given, also those that Entra never would. */
    sign: async ({ claims, header = {}, signWith = 'current' }: TokenRequest): Promise<string> => {
      const payload = new TextEncoder().encode(JSON.stringify(claims));
      const key = signWith === 'previous' ? previous : signWith === 'foreign' ? foreign : current;
      const protectedHeader = { typ: 'JWT', alg: 'RS256', kid: key.kid, ...header };
      if (signWith === 'hs256-public') {
        const secret = new TextEncoder().encode(JSON.stringify(current.jwk));
        return new CompactSign(payload).setProtectedHeader({ ...protectedHeader, alg: 'HS256' }).sign(secret);
      }
      return new CompactSign(payload).setProtectedHeader(protectedHeader).sign(key.privateKey);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
