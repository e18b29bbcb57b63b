import { Hono } from 'hono';
import { bodyOf, refuseBadInput, withPurchase } from './control-call.ts';
import { actSchema } from './control-schema.ts';
import { act } from './operations/act.ts';
import type { World } from './world.ts';

/** The control API's part for what happens to a subscription after the purchase. */
export const lifeRoutes = (world: World) => {
  const routes = new Hono();
  routes.onError(refuseBadInput);

  routes.post(
    '/subscriptions/:id/actions',
    withPurchase(world, async (purchase, context) => {
      const { wire } = act(world, purchase, await bodyOf(context, actSchema));
      return Response.json(wire, { status: 201 });
    }),
  );

  routes.get(
    '/subscriptions/:id/operations',
    withPurchase(world, ({ operations }) => Response.json(operations.map(({ wire }) => wire))),
  );

  return routes;
};
