// Entra's side of a token request over https (MSAL refuses http), and the identity endpoint that a function app has.
// The certificate is made here, byte by byte: Node reads certificates but makes none, and a committed key would expire.
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const der = (tag: number, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...content: Buffer[]): Buffer => der(0x30, ...content);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const utcTime = (at: Date): Buffer => der(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const COMMON_NAME = '550403';
const BASIC_CONSTRAINTS = '551d13';
const SUBJECT_ALT_NAME = '551d11';
const DAY_MS = 86_400_000;

/** A self-signed certificate for 127.0.0.1, valid for a day around now. */
export const selfSigned = (): { key: string; cert: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const name = sequence(der(0x31, sequence(oid(COMMON_NAME), der(0x0c, Buffer.from('local authority')))));
  const isAuthority = sequence(der(0x01, Buffer.from([0xff])));
  const address = sequence(der(0x87, Buffer.from([127, 0, 0, 1])));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(new Date(Date.now() - DAY_MS)), utcTime(new Date(Date.now() + DAY_MS))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        sequence(oid(BASIC_CONSTRAINTS), der(0x04, isAuthority)),
        sequence(oid(SUBJECT_ALT_NAME), der(0x04, address)),
      ),
    ),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, ECDSA_WITH_SHA256, der(0x03, Buffer.from([0]), signature));
  const lines = certificate
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
};

export type AuthorityCall = {
  host: 'authority' | 'identity';
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
};

export type Authority = {
  /** Base URL, for `ENTRA_AUTHORITY`. */
  url: string;
  /** What a process needs in its environment to trust the certificate and to have an identity. */
  env: { NODE_EXTRA_CA_CERTS: string; IDENTITY_ENDPOINT: string; IDENTITY_HEADER: string };
  calls: AuthorityCall[];
  close(): Promise<void>;
};

const IDENTITY_HEADER = 'the-secret-of-this-instance';

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

const answer = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

/**
 * Tokens are counted, so that a test sees which one is used: `identity-1`, `bearer-1`, `bearer-2`...
 * With `refuses`, the token endpoint answers every request as Entra does a foreign assertion; `because`: in these words.
 * `claims`: bearer tokens that say so, signed by nobody.
 */
export const startHttpsAuthority = async (
  options: { refuses?: boolean; because?: string; claims?: object } = {},
): Promise<Authority> => {
  const folder = await mkdtemp(join(tmpdir(), 'pegasus-authority-'));
  const { key, cert } = selfSigned();
  const certFile = join(folder, 'cert.pem');
  await writeFile(certFile, cert);

  const calls: AuthorityCall[] = [];
  const note = async (host: AuthorityCall['host'], request: IncomingMessage): Promise<AuthorityCall> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://any');
    const call = { host, path: pathname, query: searchParams, form: new URLSearchParams(await text(request)) };
    calls.push(call);
    return call;
  };

  let bearers = 0;
  const answerAsEntra = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { path } = await note('authority', request);
    const tenant = path.split('/')[1];
    if (path.endsWith('/.well-known/openid-configuration'))
      return answer(response, 200, {
        issuer: `${url}/${tenant}/v2.0`,
        authorization_endpoint: `${url}/${tenant}/oauth2/v2.0/authorize`,
        token_endpoint: `${url}/${tenant}/oauth2/v2.0/token`,
        jwks_uri: `${url}/${tenant}/discovery/v2.0/keys`,
      });
    if (options.refuses === true)
      return answer(response, 401, {
        error: 'invalid_client',
        error_description:
          options.because ?? 'AADSTS700213: No matching federated identity record found for presented assertion.',
      });
    bearers += 1;
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = options.claims ? `${part({ alg: 'RS256' })}.${part(options.claims)}.none` : `bearer-${bearers}`;
    return answer(response, 200, { token_type: 'Bearer', expires_in: 3599, access_token: token });
  };

  let identities = 0;
  const answerAsIdentity = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { query } = await note('identity', request);
    if (request.headers['x-identity-header'] !== IDENTITY_HEADER) return answer(response, 401, {});
    identities += 1;
    return answer(response, 200, {
      access_token: `identity-${identities}`,
      client_id: query.get('client_id'),
      expires_on: String(Math.floor(Date.now() / 1000) + 86_400),
      resource: query.get('resource'),
      token_type: 'Bearer',
    });
  };

  const authority = createHttpsServer({ key, cert }, (request, response) => void answerAsEntra(request, response));
  const identity = createHttpServer((request, response) => void answerAsIdentity(request, response));
  const url = `https://127.0.0.1:${await listen(authority)}`;
  const identityUrl = `http://127.0.0.1:${await listen(identity)}/msi/token`;
  return {
    url,
    env: { NODE_EXTRA_CA_CERTS: certFile, IDENTITY_ENDPOINT: identityUrl, IDENTITY_HEADER },
    calls,
    async close() {
      for (const server of [authority, identity]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await rm(folder, { recursive: true });
    },
  };
};
