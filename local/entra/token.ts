import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { APPLICATIONS, type Authority, authorityOf, GRAPH_ID } from './directory.ts';
import type { Grant } from './grants.ts';
import { EntraRefusal } from './refusal.ts';
import { oneResource, parseScopes } from './scopes.ts';
import { accessTokenClaims, accessTokenLifetime, idTokenClaims, signToken } from './tokens.ts';
import type { World } from './world.ts';

const PATH = '/:tenant/oauth2/v2.0/token';

type Form = Record<string, string>;

const required = (form: Form, name: string): string => {
  const value = form[name];
  if (!value)
    throw new EntraRefusal('invalid_request', 900144, `The request body must contain the parameter '${name}'.`);
  return value;
};

const grantOfCode = (world: World, form: Form): Grant => {
  const redirectUri = required(form, 'redirect_uri');
  const verifier = required(form, 'code_verifier');
  const grant = world.grants.useCode(required(form, 'code'));
  if (redirectUri !== grant.redirectUri) {
    const sentence = `The reply address '${redirectUri}' does not match the reply address provided when requesting the authorization code.`;
    throw new EntraRefusal('invalid_client', 500112, sentence);
  }
  if (createHash('sha256').update(verifier).digest('base64url') !== grant.challenge) {
    const sentence = 'The Code_Verifier does not match the code_challenge supplied in the authorization request.';
    throw new EntraRefusal('invalid_grant', 501481, sentence);
  }
  return grant;
};

const redeem = (world: World, form: Form): { grant: Grant; refreshExpiresAt?: number } => {
  const kind = required(form, 'grant_type');
  if (kind === 'authorization_code') return { grant: grantOfCode(world, form) };
  if (kind === 'refresh_token') {
    const { grant, expiresAt } = world.grants.useRefreshToken(required(form, 'refresh_token'));
    return { grant, refreshExpiresAt: expiresAt };
  }
  throw new EntraRefusal('unsupported_grant_type', 70003, `The app requested an unsupported grant type '${kind}'.`);
};

const checkOwner = (grant: Grant, clientId: string, authority: Authority): void => {
  if (grant.clientId !== clientId) {
    throw new EntraRefusal('invalid_grant', 70000, 'The provided grant was issued to another client.');
  }
  if (!authority.people.includes(grant.person)) {
    throw new EntraRefusal('invalid_grant', 700005, 'The provided grant is intended to use against other tenant.');
  }
};

/** The API and scopes that this request gets a token for; each must have been agreed to at sign-in. */
const grantedScopes = (grant: Grant, asked: string | undefined) => {
  const agreed = parseScopes(grant.scope);
  const scopes = parseScopes(asked ?? grant.scope);
  const resource = oneResource(scopes);
  for (const scope of scopes.apis) {
    if (!agreed.apis.some((one) => one.resource === scope.resource && one.name === scope.name)) {
      const sentence = `The user or administrator has not consented to use the application for ${scope.asked}.`;
      throw new EntraRefusal('invalid_grant', 65001, sentence);
    }
  }
  const names = scopes.apis.map((scope) => scope.name);
  const openid = agreed.openid.filter((name) => name !== 'offline_access');
  return {
    resource,
    openid: agreed.openid,
    scp: (resource === GRAPH_ID ? [...openid, ...names] : names).join(' '),
    scope: [...(resource === GRAPH_ID ? openid : []), ...scopes.apis.map((scope) => scope.asked)].join(' '),
  };
};

const respond = async (world: World, grant: Grant, asked: string | undefined, refreshExpiresAt: number | undefined) => {
  const { resource, openid, scp, scope } = grantedScopes(grant, asked);
  const { person, clientId, nonce } = grant;
  const lifetimeSeconds = accessTokenLifetime();
  const issue = { entraUrl: world.entraUrl, person, clientId, lifetimeSeconds };
  const sign = async (claims: object) => signToken(world.keys, person.tenantId, { ...claims });
  return {
    token_type: 'Bearer',
    scope,
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: await sign(accessTokenClaims({ ...issue, audience: resource }, scp, 2)),
    ...(openid.includes('offline_access')
      ? { refresh_token: world.grants.addRefreshToken(grant, refreshExpiresAt) }
      : {}),
    ...(openid.includes('openid')
      ? { id_token: await sign(idTokenClaims({ ...issue, audience: clientId }, openid, nonce)) }
      : {}),
  };
};

/** The token endpoint for public single-page clients: code with PKCE, and refresh. One API per request. */
export const tokenRoutes = (world: World): Hono => {
  const app = new Hono();
  app.use(PATH, cors());
  app.post(PATH, world.watch.on('token'), async (c) => {
    const authority = authorityOf(c.req.param('tenant'));
    const form = Object.fromEntries(new URLSearchParams(await c.req.text()));
    const clientId = required(form, 'client_id');
    if (!Object.hasOwn(APPLICATIONS, clientId)) {
      throw new EntraRefusal('unauthorized_client', 700016, `Application with identifier '${clientId}' was not found.`);
    }
    if (c.req.header('origin') === undefined) {
      const sentence =
        "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.";
      throw new EntraRefusal('invalid_request', 9002327, sentence);
    }
    const { grant, refreshExpiresAt } = redeem(world, form);
    checkOwner(grant, clientId, authority);
    c.header('Cache-Control', 'no-store');
    return c.json(await respond(world, grant, form['scope'], refreshExpiresAt));
  });
  return app;
};
