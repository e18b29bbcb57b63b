import {
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
} from 'oauth4webapi';
import { endpoints, type SignInApp } from './entra.ts';
import type { Pending } from './finish.ts';
import type { Memory } from './session.ts';

export type SignInOptions = { tenant?: string; chooseAccount?: boolean };

/** Leaves for Microsoft's sign-in. `carried` comes back with it, never in an address. */
export const beginSignIn = async (
  app: SignInApp,
  memory: Memory,
  carried: unknown,
  options: SignInOptions = {},
): Promise<void> => {
  const tenant = options.tenant ?? app.tenant;
  const state = generateRandomState();
  const pending: Pending<unknown> = {
    verifier: generateRandomCodeVerifier(),
    nonce: generateRandomNonce(),
    tenant,
    carried,
  };
  memory.write(`state.${state}`, pending);
  const address = new URL(endpoints(app.authority, tenant).authorization_endpoint ?? '');
  address.search = new URLSearchParams({
    client_id: app.clientId,
    response_type: 'code',
    // The answer stays in the browser: no server's log sees the code.
    response_mode: 'fragment',
    redirect_uri: app.redirectUri,
    scope: app.scope,
    state,
    nonce: pending.nonce,
    code_challenge: await calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
    ...(options.chooseAccount ? { prompt: 'select_account' } : {}),
  }).toString();
  location.assign(address);
};

/** The answer of a sign-in in the address, taken out of it at once. */
export const takeSignInAnswer = (): URLSearchParams | undefined => {
  const answer = new URLSearchParams(location.hash.slice(1));
  if (!answer.has('state') || !(answer.has('code') || answer.has('error'))) return undefined;
  history.replaceState(null, '', location.pathname + location.search);
  return answer;
};
