import { Hono } from 'hono';
import { bodyOf, done, problem, refuseBadInput } from './control-call.ts';
import { deliverySchema, webhookSchema } from './control-schema.ts';
import { post } from './webhook/post.ts';
import type { World } from './world.ts';

/** The control API's part for the webhook: where it is, what was sent, and sending anything. */
export const webhookRoutes = (world: World) => {
  const routes = new Hono();
  routes.onError(refuseBadInput);

  routes.get('/webhook', () => Response.json(world.webhook ?? null));

  routes.post('/webhook', async (context) => {
    world.webhook = (await bodyOf(context, webhookSchema)) ?? undefined;
    return done();
  });

  routes.get('/deliveries', (context) => {
    const subscriptionId = context.req.query('subscriptionId');
    const all = world.deliveries.all();
    return Response.json(
      subscriptionId === undefined ? all : all.filter((one) => one.subscriptionId === subscriptionId),
    );
  });

  routes.delete('/deliveries', () => {
    world.deliveries.clear();
    return done();
  });

  routes.post('/deliveries', async (context) => {
    const { body, contentType } = await bodyOf(context, deliverySchema);
    if (!world.webhook) return problem(409, 'Not possible now', 'No webhook is configured.');
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return Response.json(await post(world, world.webhook, { body: text, contentType, attempt: 1, isCopy: false }));
  });

  return routes;
};
