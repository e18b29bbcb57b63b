import { Hono } from 'hono';
import { page } from '../page.ts';
import { APPLICATIONS, authorityOf } from './directory.ts';
import { accountPicker } from './picker.ts';
import { EntraRefusal } from './refusal.ts';
import type { World } from './world.ts';

const PATH = '/:tenant/adminconsent';

/**
 * Where an administrator approves an application for the whole tenant: whoever is chosen is one. The answer goes to the
 * application's page as `admin_consent=True`.
 */
export const approvalRoutes = (world: World): Hono => {
  const app = new Hono();
  app.on(['GET', 'POST'], PATH, async (c) => {
    c.header('Cache-Control', 'no-store');
    const { people } = authorityOf(c.req.param('tenant'));
    const clientId = c.req.query('client_id') ?? '';
    const redirectUri = c.req.query('redirect_uri') ?? '';
    const application = APPLICATIONS[clientId];
    if (application === undefined || !world.redirectUris[clientId]?.includes(redirectUri)) {
      throw new EntraRefusal('invalid_request', 50011, 'The application or its redirect URI is not registered.');
    }
    if (c.req.method === 'GET') {
      return c.html(page('Approve for your organization', 'Entra', accountPicker(people, application)));
    }
    const chosen = (await c.req.parseBody())['person'];
    const administrator = people.find((one) => one.key === chosen);
    const target = new URL(redirectUri);
    if (administrator) {
      world.approvalNeeded.delete(administrator.tenantId);
      target.search = new URLSearchParams({ admin_consent: 'True', tenant: administrator.tenantId }).toString();
    } else {
      const refusal = { error: 'access_denied', error_description: 'AADSTS65004: The administrator declined.' };
      target.search = new URLSearchParams({ ...refusal, admin_consent: 'True' }).toString();
    }
    return c.redirect(target.href, 303);
  });
  return app;
};
