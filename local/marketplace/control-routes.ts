import { Hono } from 'hono';
import { buy } from './buying.ts';
import { bodyOf, done, refuseBadInput, withPurchase } from './control-call.ts';
import {
  clockSchema,
  faultSchema,
  orderSchema,
  switchesSchema,
  type TruthPatch,
  truthPatchSchema,
} from './control-schema.ts';
import type { Purchase } from './purchases.ts';
import type { WireSubscription } from './subscription.ts';
import { toLandingPage, turnSwitches, type World } from './world.ts';

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

/**
 * How tests and people behind the curtain move Microsoft's side: purchases, the truth, the clock, switches, faults, calls.
 * Nothing of this exists in reality.
 */
export const controlRoutes = (world: World) => {
  const routes = new Hono();

  routes.onError(refuseBadInput);

  routes.post('/purchases', async (context) => {
    const purchase = buy(world, await bodyOf(context, orderSchema));
    return Response.json(toLandingPage(world, purchase), { status: 201 });
  });

  routes.get(
    '/subscriptions/:id',
    withPurchase(world, (purchase) => Response.json(truth(purchase))),
  );

  routes.patch(
    '/subscriptions/:id',
    withPurchase(world, async (purchase, context) => {
      purchase.subscription = changed(purchase.subscription, await bodyOf(context, truthPatchSchema));
      world.purchases.note(purchase, 'Changed by the control API');
      return Response.json(truth(purchase));
    }),
  );

  routes.post(
    '/subscriptions/:id/purchase-token',
    withPurchase(world, (purchase) => Response.json(toLandingPage(world, purchase), { status: 201 })),
  );

  routes.post('/clock', async (context) => {
    await world.clock.advance((await bodyOf(context, clockSchema)).advanceSeconds);
    return Response.json({ now: world.clock.now().toISOString() });
  });

  routes.post('/switches', async (context) => {
    turnSwitches(world, await bodyOf(context, switchesSchema));
    return Response.json(world.switches);
  });

  routes.get('/switches', () => Response.json(world.switches));

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
