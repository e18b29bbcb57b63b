import {
  allowInsecureRequests,
  type Client,
  None,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  type TokenEndpointResponse,
} from 'oauth4webapi';
import { type Account, isLoopback, issuedBy, type SignInApp } from './entra.ts';
import type { Memory } from './session.ts';

/** The access token for our API, kept in the tab. `tenant` is the one the sign-in went to. */
export type Tokens = {
  accessToken: string;
  expiresAtMs: number;
  refreshToken?: string;
  tenant: string;
  account: Account;
};

const NAME = 'tokens';
/** An access token is not used in its last minute: it could expire under way. */
const EARLY_MS = 60_000;

export const keptTokens = (memory: Memory): Tokens | undefined => memory.read(NAME) as Tokens | undefined;

export const forgetTokens = (memory: Memory): void => memory.forget(NAME);

export const keepTokens = (
  memory: Memory,
  token: TokenEndpointResponse,
  who: { tenant: string; account: Account; refreshToken?: string },
): Tokens => {
  const refreshToken = token.refresh_token ?? who.refreshToken;
  const tokens: Tokens = {
    accessToken: token.access_token,
    expiresAtMs: Date.now() + (token.expires_in ?? 0) * 1000,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    tenant: who.tenant,
    account: who.account,
  };
  memory.write(NAME, tokens);
  return tokens;
};

/** Entra replaces the refresh token with every use. */
export const keepRefreshToken = (memory: Memory, refreshToken: string): void => {
  const tokens = keptTokens(memory);
  if (tokens) memory.write(NAME, { ...tokens, refreshToken });
};

/** A token for `scope` without asking the person. @throws when Entra wants them to sign in again */
export const refresh = async (
  app: SignInApp,
  tokens: Tokens,
  scope: string,
  signal?: AbortSignal,
): Promise<TokenEndpointResponse> => {
  // An ID token comes along, issued by the person's own tenant although `common` was asked.
  const server = issuedBy(app.authority, tokens.tenant, `${app.authority}/${tokens.account.tenantId}/v2.0`);
  const client: Client = { client_id: app.clientId };
  const response = await refreshTokenGrantRequest(server, client, None(), tokens.refreshToken ?? '', {
    additionalParameters: { scope },
    [allowInsecureRequests]: isLoopback(app.authority),
    ...(signal ? { signal } : {}),
  });
  return processRefreshTokenResponse(server, client, response);
};

/** Answers the access token to use now; `renew` after the API refused the last one. `undefined`: sign in again. */
export type AccessToken = (renew?: boolean) => Promise<string | undefined>;

export const accessTokens = (app: SignInApp, memory: Memory): AccessToken => {
  let underWay: Promise<string | undefined> | undefined;

  const renewed = async (tokens: Tokens): Promise<string | undefined> => {
    if (tokens.refreshToken === undefined) return undefined;
    try {
      return keepTokens(memory, await refresh(app, tokens, app.apiScope), tokens).accessToken;
    } catch {
      return undefined;
    }
  };

  return async (renew = false) => {
    const tokens = keptTokens(memory);
    if (!tokens) return undefined;
    if (!renew && tokens.expiresAtMs - EARLY_MS > Date.now()) return tokens.accessToken;
    underWay ??= renewed(tokens).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
};
