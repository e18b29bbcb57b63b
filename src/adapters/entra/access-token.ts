import type { CompactJWSHeaderParameters, JWTPayload } from 'jose';
import type { Clock } from '../../application/ports.ts';
import { PegasusError } from '../../domain/errors.ts';
import type { TokenVersion } from './key-document.ts';
import type { SigningKeys } from './signing-keys.ts';

/** A bearer token taken apart. Nothing in it has been checked. */
export type BearerToken = { compact: string; header: CompactJWSHeaderParameters; claims: JWTPayload };

/** A token whose statements are all as they must be; who made it is not known before `verifySignature`. */
export type PlausibleToken = BearerToken & { tenantId: string; issuer: string; kid: string; version: TokenVersion };

/** What a token says, after its signature was verified. Ids are in lower case. */
export type VerifiedToken = { tenantId: string; claims: JWTPayload };

/** Entra's tokens are about 2 kB; a person in very many groups reaches some 8. */
const MAX_LENGTH = 16 * 1024;
const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i;
const GUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
const SKEW_SECONDS = 300;

export const isGuid = (value: unknown): value is string => typeof value === 'string' && GUID.test(value);

/** `reason` goes to the log: it names the rule, never what the token says. */
export const unauthenticated = (reason: string): PegasusError =>
  new PegasusError('unauthenticated', 'You are not signed in, or your sign-in is no longer valid. Sign in again.', {
    cause: new Error(reason),
    reason,
  });

const keysUnavailable = (reason: string, retryAfterSeconds: number): PegasusError =>
  new PegasusError('signing-keys-unavailable', 'Your sign-in cannot be checked at the moment. Try again shortly.', {
    extras: { retryAfterSeconds },
    cause: new Error(reason),
    reason,
  });

/**
 * Takes the one token out of an `Authorization` header of at most 16 kB.
 * @throws `unauthenticated`
 */
export const readBearerToken = async (authorization: string | undefined): Promise<BearerToken> => {
  if (authorization === undefined || authorization === '') throw unauthenticated('no token');
  if (authorization.length > MAX_LENGTH) throw unauthenticated('token too long');
  const compact = BEARER.exec(authorization)?.[1];
  if (compact === undefined) throw unauthenticated('not one bearer token');
  const { decodeJwt, decodeProtectedHeader } = await import('jose');
  try {
    const header = decodeProtectedHeader(compact) as CompactJWSHeaderParameters;
    return { compact, header, claims: decodeJwt(compact) };
  } catch {
    throw unauthenticated('not a JSON web token');
  }
};

/** The issuer of a tenant's tokens: what Entra states in its metadata is not asked (design 7, contract 8). */
const issuerOf = (version: TokenVersion, authority: string, tenantId: string): string =>
  version === '1.0' ? `https://sts.windows.net/${tenantId}/` : `${authority}/${tenantId}/v2.0`;

const checkTimes = ({ exp, nbf }: JWTPayload, now: Date): void => {
  const seconds = now.getTime() / 1000;
  if (typeof exp !== 'number') throw unauthenticated('no expiry');
  if (exp + SKEW_SECONDS <= seconds) throw unauthenticated('expired');
  if (nbf === undefined) return;
  if (typeof nbf !== 'number' || nbf - SKEW_SECONDS > seconds) throw unauthenticated('not yet valid');
};

/**
 * Checks all that can be checked without a key, so that a token which would be refused anyway costs no request to
 * Entra: algorithm, version, tenant, issuer, audience, times with 300 s of skew (contract 8).
 * @throws `unauthenticated`
 */
export const checkStatements = (
  token: BearerToken,
  expected: { authority: string; audience: string; versions: readonly TokenVersion[]; clock: Clock },
): PlausibleToken => {
  const { alg, kid, crit } = token.header;
  const { tid, iss, aud, ver } = token.claims as Record<string, unknown>;
  if (alg !== 'RS256') throw unauthenticated('algorithm');
  // No extension is understood: one of them (`b64`) would have other bytes signed than the ones read here.
  if (crit !== undefined) throw unauthenticated('critical header');
  if (typeof kid !== 'string') throw unauthenticated('no kid');
  const version = expected.versions.find((one) => one === ver);
  if (version === undefined) throw unauthenticated('version');
  if (!isGuid(tid)) throw unauthenticated('tenant is no GUID');
  const issuer = issuerOf(version, expected.authority, tid);
  if (iss !== issuer) throw unauthenticated('issuer');
  if (aud !== expected.audience) throw unauthenticated('audience');
  checkTimes(token.claims, expected.clock());
  return { ...token, tenantId: tid, issuer, kid, version };
};

/**
 * Verifies that Entra signed the token with a key of the token's own tenant.
 * @throws `unauthenticated` when it did not; `signing-keys-unavailable` when nobody can tell now (P5)
 */
export const verifySignature = async (token: PlausibleToken, keys: SigningKeys): Promise<VerifiedToken> => {
  const search = await keys.find(token);
  if (search.kind === 'unknown-key') throw unauthenticated(search.reason);
  if (search.kind === 'unavailable') throw keysUnavailable(search.reason, search.retryAfterSeconds);
  const { compactVerify, errors } = await import('jose');
  try {
    await compactVerify(token.compact, search.jwk, { algorithms: ['RS256'] });
  } catch (error) {
    // Anything but jose's own verdict is a key that cannot be used, which says nothing about the token.
    throw error instanceof errors.JOSEError ? unauthenticated('signature') : keysUnavailable('unusable key', 30);
  }
  return { tenantId: token.tenantId.toLowerCase(), claims: token.claims };
};
