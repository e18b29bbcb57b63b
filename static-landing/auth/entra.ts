import type { AuthorizationServer } from 'oauth4webapi';

/** How a page signs people in. `tenant`: `common`, or the one organization whose people may come. */
export type SignInApp = {
  authority: string;
  tenant: string;
  clientId: string;
  /** Asked for at sign-in, of several resources. */
  scope: string;
  /** Asked for in the token request: Entra refuses scopes of two resources there. */
  apiScope: string;
  redirectUri: string;
};

/** Whoever signed in, from a validated ID token. */
export type Account = { name: string; username: string; email?: string; tenantId: string };

/** All personal Microsoft accounts share this tenant. */
export const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether this names one tenant, rather than `common` or something forged. */
export const isTenantId = (text: unknown): text is string => typeof text === 'string' && GUID.test(text);

/** Plain http is for one machine only. */
export const isLoopback = (address: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);

/**
 * Entra's endpoints for a tenant, without asking for its metadata: they are fixed, and on `common` the metadata names a
 * template as issuer, which no token carries. Every token's issuer is that of the tenant it was issued for.
 */
export const endpoints = (
  authority: string,
  tenant: string,
  issuer = `${authority}/${tenant}/v2.0`,
): AuthorizationServer => ({
  issuer,
  authorization_endpoint: `${authority}/${tenant}/oauth2/v2.0/authorize`,
  token_endpoint: `${authority}/${tenant}/oauth2/v2.0/token`,
});

const tenantOf = (issuer: string, authority: string): string | undefined => {
  const tenant =
    issuer.startsWith(`${authority}/`) && issuer.endsWith('/v2.0') ? issuer.slice(authority.length + 1, -5) : '';
  return isTenantId(tenant) ? tenant : undefined;
};

/** The endpoints with the issuer that `stated` claims to be, if this sign-in may be answered by it; else with our own. */
export const issuedBy = (authority: string, tenant: string, stated: string | undefined): AuthorizationServer => {
  const from = stated === undefined ? undefined : tenantOf(stated, authority);
  const isOpen = !isTenantId(tenant) || tenant === from;
  return from !== undefined && isOpen ? endpoints(authority, tenant, stated) : endpoints(authority, tenant);
};
