import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  getValidatedIdTokenClaims,
  None,
  processAuthorizationCodeResponse,
  ResponseBodyError,
  validateAuthResponse,
} from 'oauth4webapi';
import { type Account, endpoints, isLoopback, issuedBy, isTenantId, type SignInApp } from './entra.ts';
import type { Memory } from './session.ts';
import { keepTokens, type Tokens } from './tokens.ts';

/** What a sign-in must find again when it comes back, bound to its `state`. */
export type Pending<Carried> = { verifier: string; nonce: string; tenant: string; carried: Carried };

/** `approval`: an administrator of the person's organization has to approve the application first. */
export type SignInFailure = 'cancelled' | 'approval' | 'other';

/** How a sign-in ended. `code` is Entra's own (`access_denied`, `AADSTS65004`), fit to be quoted to the support. */
export type SignInResult<Carried> =
  | { kind: 'signed-in'; tokens: Tokens; carried: Carried }
  | { kind: 'failed'; why: SignInFailure; code?: string; tenant: string; carried: Carried }
  | { kind: 'unknown' };

const read = (text: string | undefined): Record<string, unknown> => {
  const bytes = Uint8Array.from(atob((text ?? '').replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
};

/** The issuer that the ID token in this answer states: where to expect it from on `common`, where every tenant may answer. */
const statedIssuer = async (response: Response): Promise<string | undefined> => {
  try {
    const { id_token: idToken } = (await response.json()) as { id_token?: string };
    const { iss, tid } = read(idToken?.split('.')[1]);
    return typeof iss === 'string' && isTenantId(tid) && iss.includes(`/${tid}/`) ? iss : undefined;
  } catch {
    return undefined;
  }
};

const APPROVAL = /^(consent_required|interaction_required|AADSTS65001|AADSTS9009[34]\d?)$/;

/** What Entra's refusal means, at sign-in or when the code is redeemed; anything else is a failure without a code. */
const failureOf = (error: unknown): { why: SignInFailure; code?: string } => {
  if (!(error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)) return { why: 'other' };
  const code = /AADSTS\d+/.exec(error.error_description ?? '')?.[0] ?? error.error;
  if (APPROVAL.test(error.error) || APPROVAL.test(code)) return { why: 'approval', code };
  return { why: error.error === 'access_denied' ? 'cancelled' : 'other', code };
};

const exchange = async (app: SignInApp, pending: Pending<unknown>, state: string, answer: URLSearchParams) => {
  const { authority } = app;
  const { tenant } = pending;
  const client: Client = { client_id: app.clientId };
  const own = endpoints(authority, tenant);
  const answered = issuedBy(authority, tenant, answer.get('iss') ?? undefined);
  const valid = validateAuthResponse(answered, client, answer, state);
  const response = await authorizationCodeGrantRequest(own, client, None(), valid, app.redirectUri, pending.verifier, {
    additionalParameters: { scope: `openid profile email offline_access ${app.apiScope}` },
    [allowInsecureRequests]: isLoopback(authority),
  });
  const issuer = issuedBy(authority, tenant, await statedIssuer(response.clone()));
  const token = await processAuthorizationCodeResponse(issuer, client, response, {
    expectedNonce: pending.nonce,
    requireIdToken: true,
  });
  const claims = getValidatedIdTokenClaims(token);
  if (!claims || !isTenantId(claims['tid'])) throw new Error('The ID token names no tenant.');
  const text = (name: string): string | undefined => (typeof claims[name] === 'string' ? claims[name] : undefined);
  const email = text('email');
  const account: Account = {
    name: text('name') ?? '',
    username: text('preferred_username') ?? email ?? '',
    ...(email === undefined ? {} : { email }),
    tenantId: claims['tid'],
  };
  return { token, account };
};

/**
 * Turns the answer into tokens: state, issuer, nonce and ID token are checked, the code is good for one use.
 * `unknown`: this tab did not ask for it, or has used it already.
 */
export const finishSignIn = async <Carried>(
  app: SignInApp,
  memory: Memory,
  answer: URLSearchParams,
): Promise<SignInResult<Carried>> => {
  const state = answer.get('state') ?? '';
  const pending = memory.read(`state.${state}`) as Pending<Carried> | undefined;
  if (!pending) return { kind: 'unknown' };
  memory.forget(`state.${state}`);
  const { carried } = pending;
  try {
    const { token, account } = await exchange(app, pending, state, answer);
    return { kind: 'signed-in', tokens: keepTokens(memory, token, { tenant: pending.tenant, account }), carried };
  } catch (error) {
    return { kind: 'failed', ...failureOf(error), tenant: pending.tenant, carried };
  }
};
