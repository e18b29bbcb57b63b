import { type Context, Hono } from 'hono';
import type { Call } from '../calls.ts';
import { emptyAnswer, fulfilmentCall, jsonOf, linkTo, type MarketplaceEnv, notFound } from '../fulfilment-call.ts';
import type { Purchase } from '../purchases.ts';
import type { World } from '../world.ts';
import { type Change, type ChangeRefusal, changeRefusal } from './change-rules.ts';
import type { Wanted } from './operation.ts';
import { beginForPublisher } from './partner.ts';

const bad = (message: string, target = 'update'): ChangeRefusal => ({ code: 'BadRequest', message, target });

const refuse = (why: ChangeRefusal): Response => Response.json(why, { status: 400 });

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Exactly one of plan and quantity (contract 2.8). */
const readChange = (body: unknown): { change: Change } | { why: ChangeRefusal } => {
  if (typeof body !== 'object' || body === null) return { why: bad('The request content is null') };
  const { planId, quantity } = body as Record<string, unknown>;
  if (!isMissing(planId) && !isMissing(quantity))
    return { why: { message: 'Cannot patch more than one field in the same request' } };
  if (typeof planId === 'string' && planId !== '') return { change: { planId } };
  if (isMissing(quantity)) return { why: bad('Quantity is missing') };
  return typeof quantity === 'number' ? { change: { quantity } } : { why: bad('Quantity must be a number') };
};

/**
 * The id of a new operation. Recorded: it is that of the request, where the caller sent none (contract 2.8). One that the
 * caller made up is not taken, or a repeated call would begin the same operation twice.
 */
const idOf = (call: Call, requestId: string): string | undefined =>
  call.requestId === undefined && call.correlationId === undefined ? requestId : undefined;

/** 202 and where to look (contract 2.8). */
const accept = (world: World, context: Context, purchase: Purchase, wanted: Wanted): Response => {
  const { id } = beginForPublisher(world, purchase, wanted).wire;
  return emptyAnswer({
    status: 202,
    headers: {
      'operation-location': linkTo(
        world,
        context,
        `/${purchase.subscription.id}/operations/${id}?api-version=2018-08-31`,
      ),
      'operation-id': id,
      'retry-after': String(world.switches.operationRetryAfterSeconds),
    },
  });
};

/** What the publisher asks for: PATCH and DELETE of a subscription (contract 2.8, 2.9). */
export const changeRoutes = (world: World) => {
  const routes = new Hono<MarketplaceEnv>({ strict: false });

  routes.patch(
    '/:id',
    fulfilmentCall(world, 'change', async (context, call, { requestId }) => {
      const { subscriptionId = '' } = call;
      const purchase = world.purchases.find(subscriptionId);
      if (!purchase) return notFound(subscriptionId);
      const read = readChange(await jsonOf(context));
      if ('why' in read) return refuse(read.why);
      const { change } = read;
      if (!purchase.subscription.allowedCustomerOperations.includes('Update'))
        return refuse(bad('The customer is not allowed to update the subscription'));
      const why = changeRefusal(purchase, change);
      if (why) return refuse(why);
      const action = 'planId' in change ? 'ChangePlan' : 'ChangeQuantity';
      return accept(world, context, purchase, { action, ...change, id: idOf(call, requestId) });
    }),
  );

  routes.delete(
    '/:id',
    fulfilmentCall(world, 'cancel', (context, call, { requestId }) => {
      const { subscriptionId = '' } = call;
      const purchase = world.purchases.find(subscriptionId);
      if (!purchase) return notFound(subscriptionId);
      const { allowedCustomerOperations: allowed, saasSubscriptionStatus: status } = purchase.subscription;
      if (!allowed.includes('Delete'))
        return refuse(bad('The customer is not allowed to delete the subscription', 'delete'));
      if (status === 'Unsubscribed') return refuse(bad('Subscription is not active', 'delete'));
      return accept(world, context, purchase, { action: 'Unsubscribe', id: idOf(call, requestId) });
    }),
  );

  return routes;
};
