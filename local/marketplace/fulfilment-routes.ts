import { Hono } from 'hono';
import { activate } from './activation.ts';
import { isOfferedTo, PLANS, wirePlan } from './catalogue.ts';
import { emptyAnswer, fulfilmentCall, linkTo, type MarketplaceEnv, notFound, refusal } from './fulfilment-call.ts';
import { nextPage } from './list-page.ts';
import { letGoAfterLanding } from './operations/run.ts';
import type { Purchase } from './purchases.ts';
import { shown } from './quantity.ts';
import type { World } from './world.ts';

const TOKEN_HEADER = 'x-ms-marketplace-token';

/** Contract 2.3. The body for an expired purchase token was never recorded: code and target are those of a bad one. */
const REFUSED_TOKENS = {
  unreadable: 'Failed to decrypt token with either primary or secondary secret',
  expired: 'The token has expired',
};

const resolved = (world: World, purchase: Purchase): Response => {
  const subscription = shown(world, purchase.subscription);
  return Response.json({
    id: subscription.id,
    subscriptionName: subscription.name,
    offerId: subscription.offerId,
    planId: subscription.planId,
    ...('quantity' in subscription ? { quantity: subscription.quantity } : {}),
    subscription,
  });
};

/** Contract 2.7: what the beneficiary's organization may buy, and always the plan it has. */
const plansFor = ({ subscription }: Purchase, planId: string | undefined) =>
  PLANS.filter((plan) => plan.planId === subscription.planId || isOfferedTo(plan, subscription.beneficiary.tenantId))
    .filter((plan) => planId === undefined || plan.planId === planId)
    .map(wirePlan);

/** Bodies of Activate's 400 were never recorded; these follow Microsoft's ordinary error object (contract 2.1, 2.4). */
const ACTIVATE_REFUSALS = {
  'already-active': 'The subscription is already active',
  'not-what-was-bought': 'Plan or quantity differ from what was purchased',
};

const answerActivate = (world: World, purchase: Purchase, body: string): Response => {
  const answer = activate(world, purchase, body);
  if (answer === 'accepted') return emptyAnswer();
  if (answer === 'not-found') return notFound(purchase.subscription.id);
  return refusal(400, 'BadRequest', ACTIVATE_REFUSALS[answer], 'activate');
};

/** Microsoft's SaaS fulfilment API v2: what does not begin or answer an operation (contract 2.3 to 2.7). */
export const fulfilmentRoutes = (world: World) => {
  const routes = new Hono<MarketplaceEnv>({ strict: false });

  routes.post(
    '/resolve',
    fulfilmentCall(world, 'resolve', (context, call) => {
      const purchaseToken = context.req.header(TOKEN_HEADER);
      if (purchaseToken === undefined)
        return refusal(400, 'HeaderNotPresent', 'Mandatory header missing', TOKEN_HEADER);
      const opened = world.purchaseTokens.open(purchaseToken);
      if (opened.kind !== 'open') return refusal(400, 'InvalidValue', REFUSED_TOKENS[opened.kind], 'token');
      call.subscriptionId = opened.subscriptionId;
      const purchase = world.purchases.find(opened.subscriptionId);
      if (!purchase) return notFound(opened.subscriptionId);
      letGoAfterLanding(world, purchase);
      return resolved(world, purchase);
    }),
  );

  routes.get(
    '/',
    fulfilmentCall(world, 'list', (context) => {
      const page = nextPage(world, context.req.query('continuationToken'));
      if (page === 'bad-token') return refusal(400, 'InvalidValue', 'Invalid continuation token', 'continuationToken');
      if (page.subscriptions.length === 0) return emptyAnswer();
      const subscriptions = page.subscriptions.map((subscription) => shown(world, subscription));
      if (page.position === undefined) return Response.json({ subscriptions });
      const search = `?continuationToken=${encodeURIComponent(page.position)}&api-version=${context.req.query('api-version')}`;
      return Response.json({ subscriptions, '@nextLink': linkTo(world, context, search) });
    }),
  );

  routes.get(
    '/:id',
    fulfilmentCall(world, 'get', (_context, { subscriptionId = '' }) => {
      const purchase = world.purchases.find(subscriptionId);
      return purchase ? Response.json(shown(world, purchase.subscription)) : notFound(subscriptionId);
    }),
  );

  routes.get(
    '/:id/listAvailablePlans',
    fulfilmentCall(world, 'plans', (context, { subscriptionId = '' }) => {
      const purchase = world.purchases.find(subscriptionId);
      if (!purchase) return emptyAnswer();
      return Response.json({ plans: plansFor(purchase, context.req.query('planId')) });
    }),
  );

  routes.post(
    '/:id/activate',
    fulfilmentCall(world, 'activate', async (context, { subscriptionId = '' }) => {
      const purchase = world.purchases.find(subscriptionId);
      return purchase ? answerActivate(world, purchase, await context.req.text()) : notFound(subscriptionId);
    }),
  );

  return routes;
};
