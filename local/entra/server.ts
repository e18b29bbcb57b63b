import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { approvalRoutes } from './approval.ts';
import { authorizeRoutes } from './authorize.ts';
import { controlRoutes } from './control-api.ts';
import { createGrants } from './grants.ts';
import { graphRoutes } from './graph.ts';
import { home } from './home.ts';
import { createKeyRing } from './keys.ts';
import { metadataRoutes } from './metadata.ts';
import { EntraRefusal, refusalBody } from './refusal.ts';
import { tokenRoutes } from './token.ts';
import { createWatch } from './watch.ts';
import type { RedirectUris, World } from './world.ts';

/** A running simulated Entra. */
export type Entra = {
  /** Base address, as `ENTRA_AUTHORITY` wants it. */
  authority: string;
  /** Graph's base address; `/me` is below it. */
  graphUrl: string;
  close(): Promise<void>;
};

const routes = (world: World): Hono => {
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof EntraRefusal) return c.json(refusalBody(error), 400);
    console.error(error);
    return c.text('Internal Server Error', 500);
  });
  app.get('/', (c) => c.html(home(world.entraUrl)));
  app.route('/control', controlRoutes(world));
  app.route('/graph/v1.0', graphRoutes(world));
  app.route('/', approvalRoutes(world));
  app.route('/', authorizeRoutes(world));
  app.route('/', metadataRoutes(world));
  app.route('/', tokenRoutes(world));
  return app;
};

/**
 * Starts a stand-in for Microsoft Entra and for Graph's `/me` on 127.0.0.1. All state is in memory.
 *
 * It keeps no session: each authorize request asks who to be. It knows no consent page: signing in agrees to
 * the scopes asked, unless an administrator of the tenant has to approve first.
 */
export const startEntra = async (options: { port?: number; redirectUris?: RedirectUris } = {}): Promise<Entra> => {
  const keys = await createKeyRing();
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const entraUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world: World = {
    entraUrl,
    keys,
    grants: createGrants(() => Date.now()),
    watch: createWatch(),
    redirectUris: options.redirectUris ?? {},
    approvalNeeded: new Set(),
  };
  const listener = getRequestListener(routes(world).fetch);
  server.on('request', (request, response) => void listener(request, response));
  return {
    authority: entraUrl,
    graphUrl: `${entraUrl}/graph/v1.0`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
};
