import { createHash, randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { CONSOLE_CLIENT_ID, PERSONAL_TENANT, type Person } from '../people.ts';
import type { KeyRing } from './keys.ts';

type Issue = {
  entraUrl: string;
  person: Person;
  /** Application id of the API, or of the client for an id token. */
  audience: string;
  /** The application that asked. */
  clientId: string;
  lifetimeSeconds: number;
};

/** Who or what signs a token: Entra, somebody else under Entra's key id, nobody, or Entra's public key as an HMAC secret. */
export type Signer = 'current' | 'foreign' | 'none' | 'hs256-public';

const subject = (person: Person, application: string): string =>
  createHash('sha256').update(`${application} ${person.tenantId} ${person.objectId}`).digest('base64url');

/** Issued now, or long enough ago that a lifetime below zero makes a token that was valid once. */
const times = (lifetimeSeconds: number) => {
  const now = Math.floor(Date.now() / 1000);
  const iat = lifetimeSeconds > 0 ? now : now + lifetimeSeconds - 3600;
  return { iat, nbf: iat, exp: now + lifetimeSeconds };
};

const emailClaim = (person: Person) => (person.emailClaim === undefined ? {} : { email: person.emailClaim });

/** Seconds between 60 and 90 minutes, as Entra draws them (contract 8). */
export const accessTokenLifetime = (): number => 3600 + Math.floor(Math.random() * 1800);

/** Claims of an ID token. Like Entra's it names the person only for the scope `profile`. */
export const idTokenClaims = (issue: Issue, scopes: string[], nonce: string | undefined): JWTPayload => ({
  aud: issue.audience,
  iss: `${issue.entraUrl}/${issue.person.tenantId}/v2.0`,
  ...times(issue.lifetimeSeconds),
  ...(nonce === undefined ? {} : { nonce }),
  ...(scopes.includes('profile')
    ? { name: issue.person.name, oid: issue.person.objectId, preferred_username: issue.person.username }
    : {}),
  ...emailClaim(issue.person),
  sub: subject(issue.person, issue.clientId),
  tid: issue.person.tenantId,
  uti: randomUUID(),
  ver: '2.0',
});

/** Claims of an access token, in the form that the API's manifest asks for: 2, or 1 (contract 8). */
export const accessTokenClaims = (issue: Issue, scope: string, version: 1 | 2): JWTPayload => {
  const { person, audience } = issue;
  const roles = audience === CONSOLE_CLIENT_ID && person.roles ? { roles: person.roles } : {};
  const common = {
    ...times(issue.lifetimeSeconds),
    name: person.name,
    oid: person.objectId,
    tid: person.tenantId,
    sub: subject(person, audience),
    scp: scope,
    ...emailClaim(person),
    ...roles,
    uti: randomUUID(),
  };
  if (version === 1) {
    return {
      ...common,
      aud: `api://${audience}`,
      iss: `https://sts.windows.net/${person.tenantId}/`,
      appid: issue.clientId,
      appidacr: '0',
      unique_name: person.username,
      ...(person.tenantId === PERSONAL_TENANT ? { idp: 'live.com' } : { upn: person.username }),
      ver: '1.0',
    };
  }
  return {
    ...common,
    aud: audience,
    iss: `${issue.entraUrl}/${person.tenantId}/v2.0`,
    azp: issue.clientId,
    azpacr: '0',
    preferred_username: person.username,
    ver: '2.0',
  };
};

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** Signs claims with the key of a tenant, or forges that signature. The given header members win over the usual ones. */
export const signToken = async (
  keys: KeyRing,
  tenantId: string,
  claims: JWTPayload,
  forgery: { signWith?: Signer | undefined; header?: Record<string, unknown> | undefined } = {},
): Promise<string> => {
  const { kid, privateKey, publicKey } = keys.current(tenantId);
  const v1 = claims['ver'] === '1.0' ? { x5t: kid } : {};
  const header = (alg: string) => ({ typ: 'JWT', alg, kid, ...v1, ...forgery.header });
  const signer = new SignJWT(claims);
  switch (forgery.signWith) {
    case 'foreign':
      return signer.setProtectedHeader(header('RS256')).sign(keys.foreign.privateKey);
    case 'hs256-public':
      return signer
        .setProtectedHeader(header('HS256'))
        .sign(Buffer.from(publicKey.export({ type: 'spki', format: 'pem' })));
    case 'none':
      return `${encode(header('none'))}.${encode(claims)}.`;
    default:
      return signer.setProtectedHeader(header('RS256')).sign(privateKey);
  }
};
