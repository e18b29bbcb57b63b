import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { type Authority, authorityOf } from './directory.ts';
import type { World } from './world.ts';

const METADATA_V2 = '/:tenant/v2.0/.well-known/openid-configuration';
const METADATA_V1 = '/:tenant/.well-known/openid-configuration';
const KEYS_V2 = '/:tenant/discovery/v2.0/keys';
const KEYS_V1 = '/:tenant/discovery/keys';

/** Like Entra's, this does not mention PKCE (`code_challenge_methods_supported`), although PKCE is required. */
const shared = (entraUrl: string, authority: Authority, oauth: 'oauth2/v2.0' | 'oauth2') => ({
  token_endpoint: `${entraUrl}/${authority.segment}/${oauth}/token`,
  token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
  response_modes_supported: ['query', 'fragment', 'form_post'],
  subject_types_supported: ['pairwise'],
  id_token_signing_alg_values_supported: ['RS256'],
  response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
  scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
  authorization_endpoint: `${entraUrl}/${authority.segment}/${oauth}/authorize`,
  end_session_endpoint: `${entraUrl}/${authority.segment}/${oauth}/logout`,
});

/** Discovery for v2 and v1 tokens and the keys that both name (contract 8). */
export const metadataRoutes = ({ entraUrl, keys, watch }: World): Hono => {
  const app = new Hono();
  for (const path of [METADATA_V2, METADATA_V1, KEYS_V2, KEYS_V1]) app.use(path, cors());
  app.get(METADATA_V2, watch.on('metadata'), (c) => {
    const authority = authorityOf(c.req.param('tenant'));
    return c.json({
      ...shared(entraUrl, authority, 'oauth2/v2.0'),
      issuer: `${entraUrl}/${authority.issuerTenant}/v2.0`,
      jwks_uri: `${entraUrl}/${authority.segment}/discovery/v2.0/keys`,
    });
  });
  app.get(METADATA_V1, watch.on('metadata'), (c) => {
    const authority = authorityOf(c.req.param('tenant'));
    return c.json({
      ...shared(entraUrl, authority, 'oauth2'),
      issuer: `https://sts.windows.net/${authority.issuerTenant}/`,
      jwks_uri: `${entraUrl}/${authority.segment}/discovery/keys`,
    });
  });
  app.get(KEYS_V2, watch.on('keys'), (c) =>
    c.json({ keys: keys.published(authorityOf(c.req.param('tenant')), entraUrl) }),
  );
  // Recorded: only the v2 document names each key's issuer.
  app.get(KEYS_V1, watch.on('keys'), (c) => {
    const published = keys.published(authorityOf(c.req.param('tenant')), entraUrl);
    return c.json({ keys: published.map(({ issuer: _issuer, ...key }) => key) });
  });
  return app;
};
