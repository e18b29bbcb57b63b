import type { SignInApp } from '../auth/entra.ts';
import type { PagesConfig } from '../config.ts';

/** How buyers sign in: any organization or personal account, with Graph's `User.Read` and nothing more (contract 7). */
export const signInApp = (config: PagesConfig): SignInApp => {
  const apiScope = `api://${config.landingClientId}/access_as_user`;
  return {
    authority: config.authority,
    tenant: 'common',
    clientId: config.landingClientId,
    scope: `openid profile email offline_access ${apiScope} https://graph.microsoft.com/User.Read`,
    apiScope,
    redirectUri: location.origin + location.pathname,
  };
};
