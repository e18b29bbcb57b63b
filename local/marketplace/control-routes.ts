import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import {
  clockSchema,
  faultSchema,
  orderSchema,
  switchesSchema,
  type TruthPatch,
  truthPatchSchema,
} from './control-schema.ts';
import { OrderRefused, type Purchase } from './purchases.ts';
import type { WireSubscription } from './subscription.ts';
import { toLandingPage, type World } from './world.ts';

const done = (): Response => new Response(null, { status: 204 });

const problem = (status: number, title: string, detail: string): Response =>
  Response.json({ title, status, detail }, { status, headers: { 'content-type': 'application/problem+json' } });

class BadInput extends Error {}

const bodyOf = async <Schema extends z.ZodMiniType>(context: Context, schema: Schema): Promise<z.infer<Schema>> => {
  const text = await context.req.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadInput('The body is not JSON.');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new BadInput(z.prettifyError(parsed.error));
  return parsed.data;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7396: `null` takes a member away. */
const merged = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = merged(result[name], value);
  }
  return result;
};

const changed = (subscription: WireSubscription, { status, ...patch }: TruthPatch): WireSubscription =>
  merged(subscription, status === undefined ? patch : { ...patch, saasSubscriptionStatus: status }) as WireSubscription;

const truth = ({ subscription, activations, activateCalls }: Purchase) => ({
  subscription,
  activations,
  activateCalls,
});

/** How tests and people behind the curtain move Microsoft's side; nothing of this exists in reality. */
export const controlRoutes = (world: World) => {
  const routes = new Hono();

  const withPurchase =
    (act: (purchase: Purchase, context: Context) => Response | Promise<Response>) =>
    (context: Context): Response | Promise<Response> => {
      const purchase = world.purchases.find(context.req.param('id') ?? '');
      return purchase ? act(purchase, context) : problem(404, 'Not found', 'There is no such subscription.');
    };

  routes.onError((error) => {
    if (error instanceof BadInput || error instanceof OrderRefused) return problem(400, 'Bad input', error.message);
    throw error;
  });

  routes.post('/purchases', async (context) => {
    const purchase = world.purchases.buy(await bodyOf(context, orderSchema));
    return Response.json(toLandingPage(world, purchase), { status: 201 });
  });

  routes.get(
    '/subscriptions/:id',
    withPurchase((purchase) => Response.json(truth(purchase))),
  );

  routes.patch(
    '/subscriptions/:id',
    withPurchase(async (purchase, context) => {
      purchase.subscription = changed(purchase.subscription, await bodyOf(context, truthPatchSchema));
      world.purchases.note(purchase, 'Changed by the control API');
      return Response.json(truth(purchase));
    }),
  );

  routes.post(
    '/subscriptions/:id/purchase-token',
    withPurchase((purchase) => Response.json(toLandingPage(world, purchase), { status: 201 })),
  );

  routes.post('/clock', async (context) => {
    world.clock.advance((await bodyOf(context, clockSchema)).advanceSeconds);
    return Response.json({ now: world.clock.now().toISOString() });
  });

  routes.post('/switches', async (context) => {
    Object.assign(world.switches, await bodyOf(context, switchesSchema));
    return Response.json(world.switches);
  });

  routes.post('/faults', async (context) => {
    world.faults.add(await bodyOf(context, faultSchema));
    return done();
  });

  routes.delete('/faults', () => {
    world.faults.clear();
    return done();
  });

  routes.get('/calls', () => Response.json(world.calls.all()));

  routes.delete('/calls', () => {
    world.calls.clear();
    return done();
  });

  return routes;
};
