import { randomUUID } from 'node:crypto';
import { codesIn } from '../../application/checks/aadsts.ts';
import type { ListLook, Probes, TokenClaims } from '../../application/checks/probes.ts';
import type { Marketplace } from '../../application/ports.ts';
import { PegasusError } from '../../domain/errors.ts';
import type { AccessToken } from './fulfilment-call.ts';

const CLAIMS = ['aud', 'appid', 'azp', 'tid', 'oid', 'idtyp'] as const;

/** Some claims of a token: its signature is Microsoft's business. `undefined`: it is no JSON web token. */
const claimsOf = (token: string): TokenClaims | undefined => {
  try {
    const all = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    const texts = CLAIMS.flatMap((name) => (typeof all[name] === 'string' ? [[name, all[name].toLowerCase()]] : []));
    return Object.fromEntries(texts) as TokenClaims;
  } catch {
    return undefined;
  }
};

const causeOf = (error: unknown): string =>
  error instanceof PegasusError && error.cause instanceof Error ? error.cause.message : '';

/** What Microsoft's 401 or 403 says, in whatever form (contract 1); its words stay here. */
const becauseOf = (body: string): Extract<ListLook, { kind: 'forbidden' }>['because'] => {
  if (/not registered/i.test(body)) return 'not-registered';
  // The usual one has the same words for an expired token, a missing one, and one of another application.
  if (/^\w+: 401\b|expired|invalid|missing|no token|bearer/i.test(body)) return 'bad-token';
  if (/different|another|(doesn.t|does not|not) match|mismatch/i.test(body)) return 'another-application';
  return 'unknown';
};

/** As retry.ts says it after its last try. */
const THROTTLED = /^answered 429\b/;

const WITHOUT_TOKEN = /^no token: /;

/** Looks at the fulfilment token and at one page of List Subscriptions, and tells neither. */
export const marketplaceProbe = (
  accessToken: AccessToken,
  marketplace: Pick<Marketplace, 'list'>,
): Pick<Probes, 'token' | 'list'> => ({
  token: async () => {
    try {
      const token = await accessToken();
      if (token === undefined) return { kind: 'none-needed' };
      const claims = claimsOf(token);
      return claims ? { kind: 'claims', claims } : { kind: 'unreadable' };
    } catch (error) {
      const isRefused = error instanceof PegasusError && error.code === 'marketplace-forbidden';
      return { kind: isRefused ? 'refused' : 'unavailable', codes: codesIn(causeOf(error)) };
    }
  },

  list: async () => {
    try {
      const page = await marketplace.list(undefined, { correlationId: randomUUID(), patience: 'background' });
      return { kind: 'page', rows: page.items.length, isLast: page.next === undefined };
    } catch (error) {
      const cause = causeOf(error);
      if (WITHOUT_TOKEN.test(cause)) return { kind: 'no-token', codes: codesIn(cause) };
      if (!(error instanceof PegasusError)) return { kind: 'unavailable', reason: 'unexpected' };
      if (THROTTLED.test(cause)) return { kind: 'throttled' };
      if (error.code === 'marketplace-forbidden') return { kind: 'forbidden', because: becauseOf(cause) };
      return { kind: 'unavailable', reason: error.reason ?? error.code };
    }
  },
});
