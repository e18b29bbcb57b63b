import { type Api, createApi } from '../api/client.ts';
import { beginSignIn, takeSignInAnswer } from '../auth/begin.ts';
import type { Account, SignInApp } from '../auth/entra.ts';
import { finishSignIn } from '../auth/finish.ts';
import { tabMemory } from '../auth/session.ts';
import { accessTokens, forgetTokens, keptTokens } from '../auth/tokens.ts';
import type { PagesConfig } from '../config.ts';

/** A signed-in operator, or how the sign-in ended instead. */
export type SignedIn = { kind: 'in'; account: Account } | { kind: 'leaving' } | { kind: 'out'; code?: string };

export type Session = {
  api: Api;
  enter(): Promise<SignedIn>;
  /** Signs in (again), coming back to the address that is open now. */
  signIn(chooseAccount: boolean): Promise<void>;
};

/** The operator's sign-in, in the publisher's tenant only. The address one came for is open again afterwards. */
export const createSession = (config: PagesConfig): Session => {
  const memory = tabMemory('pegasus.console.');
  const apiScope = `api://${config.consoleClientId}/access_as_user`;
  const app: SignInApp = {
    authority: config.authority,
    tenant: config.publisherTenantId,
    clientId: config.consoleClientId,
    scope: `openid profile offline_access ${apiScope}`,
    apiScope,
    redirectUri: location.origin + location.pathname,
  };

  const signIn = async (chooseAccount: boolean): Promise<void> => {
    forgetTokens(memory);
    await beginSignIn(app, memory, { search: location.search }, { chooseAccount });
  };

  return {
    api: createApi(config.apiUrl, accessTokens(app, memory)),
    signIn,
    async enter() {
      const answer = takeSignInAnswer();
      if (!answer) {
        const kept = keptTokens(memory);
        if (kept) return { kind: 'in', account: kept.account };
        await signIn(false);
        return { kind: 'leaving' };
      }
      const result = await finishSignIn<{ search: string }>(app, memory, answer);
      if (result.kind === 'unknown') return { kind: 'out' };
      history.replaceState(null, '', location.pathname + result.carried.search);
      if (result.kind === 'signed-in') return { kind: 'in', account: result.tokens.account };
      return { kind: 'out', ...(result.code === undefined ? {} : { code: result.code }) };
    },
  };
};
