import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { controlRoutes } from './control-routes.ts';
import type { MarketplaceEnv } from './fulfilment-call.ts';
import { fulfilmentRoutes } from './fulfilment-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { makeWorld } from './world.ts';

/**
 * Starts Microsoft's side on 127.0.0.1: the fulfilment API below `apiUrl`, the shop below `url`, and `/control` for
 * tests. Port 0 or absent: any free one. All state is in memory and gone with `close`.
 *
 * @param landingUrl where Configure account leads; like in Partner Center it may have a query but no `#`
 */
export const startMarketplace = async ({ port = 0, landingUrl }: { port?: number; landingUrl: string }) => {
  if (landingUrl.includes('#')) throw new Error('The landing page URL must not contain #.');
  const world = makeWorld(landingUrl);
  const app = new Hono<MarketplaceEnv>({ strict: false });
  app.route('/api/saas/subscriptions', fulfilmentRoutes(world));
  app.route('/control', controlRoutes(world));
  app.route('/', pageRoutes(world));

  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    apiUrl: `${url}/api`,
    close: async (): Promise<void> => {
      world.clock.stop();
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
};
