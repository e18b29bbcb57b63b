import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { page } from '../page.ts';
import { APPLICATIONS, authorityOf } from './directory.ts';
import { accountPicker } from './picker.ts';
import { EntraRefusal } from './refusal.ts';
import { parseScopes } from './scopes.ts';
import type { World } from './world.ts';

const WHERE = 'Entra sign-in';

/**
 * Where to send the answer, once it is certain that the application registered it.
 *
 * @throws EntraRefusal otherwise: the person sees a page and is sent nowhere
 */
const registered = (c: Context, world: World) => {
  const clientId = c.req.query('client_id') ?? '';
  const redirectUri = c.req.query('redirect_uri') ?? '';
  const application = APPLICATIONS[clientId];
  if (application === undefined) {
    throw new EntraRefusal('unauthorized_client', 700016, `Application with identifier '${clientId}' was not found.`);
  }
  if (!world.redirectUris[clientId]?.includes(redirectUri)) {
    const sentence = `The redirect URI '${redirectUri}' does not match the redirect URIs configured for the application '${clientId}'.`;
    throw new EntraRefusal('invalid_request', 50011, sentence);
  }
  return { clientId, redirectUri, application };
};

/** @throws EntraRefusal that goes back to the application as `error` and `error_description` */
const checkRequest = (c: Context) => {
  const mode = c.req.query('response_mode') ?? 'query';
  if (c.req.query('response_type') !== 'code') {
    throw new EntraRefusal(
      'unsupported_response_type',
      700054,
      'Only the response_type code is enabled for the application.',
    );
  }
  if (mode !== 'query' && mode !== 'fragment') {
    throw new EntraRefusal(
      'unsupported_response_mode',
      70007,
      `The response_mode ${mode} is not supported for this application.`,
    );
  }
  const challenge = c.req.query('code_challenge');
  if (!challenge || c.req.query('code_challenge_method') !== 'S256') {
    const sentence = 'Proof Key for Code Exchange is required for cross-origin authorization code redemption.';
    throw new EntraRefusal('invalid_request', 9002325, `${sentence} Use code_challenge_method S256.`);
  }
  const scope = c.req.query('scope') ?? '';
  parseScopes(scope);
  if (scope.trim() === '') throw new EntraRefusal('invalid_request', 900144, "The request must contain 'scope'.");
  if (c.req.query('prompt') === 'none') {
    throw new EntraRefusal('login_required', 50058, 'A silent sign-in request was sent but no user is signed in.');
  }
  return { challenge, scope, nonce: c.req.query('nonce') };
};

const sendBack = (c: Context, redirectUri: string, answer: Record<string, string>): Response => {
  const state = c.req.query('state');
  const parameters = new URLSearchParams({ ...answer, ...(state === undefined ? {} : { state }) });
  const target = new URL(redirectUri);
  if (c.req.query('response_mode') === 'fragment') target.hash = parameters.toString();
  else for (const [name, value] of parameters) target.searchParams.append(name, value);
  return c.redirect(target.href, 303);
};

/** The sign-in page, and the answer to it: a code, or `access_denied`. */
export const authorizeRoutes = (world: World): Hono => {
  const app = new Hono();

  app.onError((error, c) => {
    if (!(error instanceof EntraRefusal)) throw error;
    const body = html`<section><p>${error.message}</p>
<p class="soft">You were not sent back, because the application that asked cannot be trusted with an answer. Close this page.</p></section>`;
    return c.html(page('Sorry, this sign-in cannot start', WHERE, body), 400);
  });

  app.on(['GET', 'POST'], '/:tenant/oauth2/v2.0/authorize', async (c) => {
    c.header('X-Frame-Options', 'DENY');
    c.header('Cache-Control', 'no-store');
    const authority = authorityOf(c.req.param('tenant'));
    const { clientId, redirectUri, application } = registered(c, world);
    try {
      const request = checkRequest(c);
      if (c.req.method === 'GET') {
        return c.html(page('Pick an account', WHERE, accountPicker(authority.people, application)));
      }
      const form = await c.req.parseBody();
      const person = authority.people.find((one) => one.key === form['person']);
      if (!person) throw new EntraRefusal('access_denied', 65004, 'User declined to consent to access the app.');
      if (world.approvalNeeded.has(person.tenantId)) {
        const sentence = `An administrator of ${person.tenantId} has set a policy that prevents you from granting ${application} the permissions it is requesting.`;
        throw new EntraRefusal('consent_required', 90094, sentence);
      }
      const code = world.grants.addCode({ clientId, redirectUri, person, ...request });
      return sendBack(c, redirectUri, { code });
    } catch (error) {
      if (!(error instanceof EntraRefusal)) throw error;
      return sendBack(c, redirectUri, { error: error.error, error_description: error.message });
    }
  });

  app.get('/:tenant/oauth2/v2.0/logout', (c) => {
    authorityOf(c.req.param('tenant'));
    const target = c.req.query('post_logout_redirect_uri');
    if (target !== undefined && Object.values(world.redirectUris).some((uris) => uris.includes(target))) {
      return sendBack(c, target, {});
    }
    return c.html(
      page('You signed out of your account', WHERE, html`<section><p>You may close this page.</p></section>`),
    );
  });
  return app;
};
