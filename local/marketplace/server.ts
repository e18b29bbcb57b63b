import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { keep } from '../keep.ts';
import { controlRoutes } from './control-routes.ts';
import type { MarketplaceEnv } from './fulfilment-call.ts';
import { fulfilmentRoutes } from './fulfilment-routes.ts';
import { lifeRoutes } from './life-routes.ts';
import { changeRoutes } from './operations/change-routes.ts';
import { operationRoutes } from './operations/operation-routes.ts';
import { resume } from './operations/resume.ts';
import { pageRoutes } from './page-routes.ts';
import { simulationRoutes } from './simulation-routes.ts';
import type { WebhookConfig } from './webhook/config.ts';
import { webhookRoutes } from './webhook-routes.ts';
import { type KeptWorld, makeWorld, toKeep } from './world.ts';

/**
 * Starts Microsoft's side on 127.0.0.1: the fulfilment API below `apiUrl`, the shop below `url`, and `/control` for
 * tests (docs/simulator.md). Port 0 or absent: any free one. Without `folder` all state is in memory and gone with
 * `close`. Without `webhook` the publisher is told nothing.
 *
 * @param landingUrl where Configure account leads; like in Partner Center it may have a query but no `#`
 */
export const startMarketplace = async ({
  port = 0,
  landingUrl,
  webhook,
  folder,
}: {
  port?: number;
  landingUrl: string;
  webhook?: WebhookConfig;
  folder?: string;
}) => {
  if (landingUrl.includes('#')) throw new Error('The landing page URL must not contain #.');
  const kept = keep<KeptWorld>(folder, 'marketplace');
  const world = makeWorld(landingUrl, webhook, kept.last);
  const keeping = kept.from(() => toKeep(world));
  const app = new Hono<MarketplaceEnv>({ strict: false });
  for (const routes of [fulfilmentRoutes, changeRoutes, operationRoutes])
    app.route('/api/saas/subscriptions', routes(world));
  for (const routes of [controlRoutes, lifeRoutes, webhookRoutes]) app.route('/control', routes(world));
  app.route('/simulation', simulationRoutes(world));
  app.route('/', pageRoutes(world));

  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  resume(world);

  return {
    url,
    apiUrl: `${url}/api`,
    close: async (): Promise<void> => {
      world.clock.stop();
      world.closing.abort();
      keeping.stop();
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
};
