import { randomBytes } from 'node:crypto';
import type { Person } from '../people.ts';
import { EntraRefusal } from './refusal.ts';

/** What a person agreed to by signing in. */
export type Grant = {
  clientId: string;
  redirectUri: string;
  person: Person;
  /** The `scope` parameter of the authorize request. */
  scope: string;
  nonce: string | undefined;
  /** PKCE S256 challenge. */
  challenge: string;
};

/** Authorization codes and refresh tokens that were handed out. */
export type Grants = {
  addCode(grant: Grant): string;
  /** @throws EntraRefusal `invalid_grant` when the code is unknown, older than 10 minutes or was presented before */
  useCode(code: string): Grant;
  addRefreshToken(grant: Grant, expiresAt?: number): string;
  /**
   * A refresh token of a page lives 24 hours from the sign-in, and its successors end with it. Entra gives a successor with
   * each answer but does not revoke the one used.
   *
   * @throws EntraRefusal `invalid_grant` when it is unknown or expired
   */
  useRefreshToken(token: string): { grant: Grant; expiresAt: number };
};

const CODE_LIFETIME_MS = 10 * 60_000;
const REFRESH_LIFETIME_MS = 24 * 3_600_000;

/** Keeps grants in memory. `now` in epoch milliseconds. */
export const createGrants = (now: () => number): Grants => {
  const codes = new Map<string, { grant: Grant; expiresAt: number; used: boolean }>();
  const refreshTokens = new Map<string, { grant: Grant; expiresAt: number }>();
  const secret = (prefix: string) => `${prefix}${randomBytes(48).toString('base64url')}`;
  const refuse = (aadsts: number, sentence: string) => new EntraRefusal('invalid_grant', aadsts, sentence);

  return {
    addCode: (grant) => {
      const code = secret('1.');
      codes.set(code, { grant, expiresAt: now() + CODE_LIFETIME_MS, used: false });
      return code;
    },
    useCode: (code) => {
      const entry = codes.get(code);
      if (!entry) throw refuse(70000, 'The provided authorization code is invalid or malformed.');
      if (entry.used) {
        const advice = 'please retry with a new valid code or use an existing refresh token.';
        throw refuse(54005, `OAuth2 Authorization code was already redeemed, ${advice}`);
      }
      entry.used = true;
      if (now() >= entry.expiresAt) throw refuse(70008, 'The provided authorization code has expired.');
      return entry.grant;
    },
    addRefreshToken: (grant, expiresAt = now() + REFRESH_LIFETIME_MS) => {
      const token = secret('1.R');
      refreshTokens.set(token, { grant, expiresAt });
      return token;
    },
    useRefreshToken: (token) => {
      const entry = refreshTokens.get(token);
      if (!entry) throw refuse(70000, 'The provided refresh token is invalid or malformed.');
      if (now() >= entry.expiresAt) {
        throw refuse(700084, 'The refresh token was issued to a single page app (SPA), and has expired.');
      }
      return entry;
    },
  };
};
