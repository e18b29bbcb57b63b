import { Hono } from 'hono';
import { faultAnswer } from '../faults.ts';
import { emptyAnswer, fulfilmentCall, jsonOf, type MarketplaceEnv, notFound, refusal } from '../fulfilment-call.ts';
import type { Purchase } from '../purchases.ts';
import { shown } from '../quantity.ts';
import type { World } from '../world.ts';
import { answerOperation, type PatchAnswer } from './answer.ts';
import type { Operation } from './operation.ts';

const noOperation = (status: 404 | 400, id: string): Response =>
  status === 404
    ? refusal(404, 'EntityNotFound', `Operation ${id} not found`, 'operationId')
    : refusal(400, 'BadRequest', 'Operation not found', 'operationId');

const answerList = (world: World, { operations }: Purchase): Response => {
  const { listOperationAfterSeconds, emptyOperations } = world.switches;
  const listedBefore = world.clock.now().getTime() - listOperationAfterSeconds * 1000;
  const listed = operations.filter(
    ({ wire, beganAt }) => wire.status === 'InProgress' && Date.parse(beganAt) <= listedBefore,
  );
  if (listed.length === 0 && emptyOperations === 'object') return Response.json({});
  return Response.json({ operations: listed.map(({ wire }) => shown(world, wire)) });
};

const answerGet = (world: World, { wire, isNotifyOnly }: Operation): Response => {
  const { notifyOnlyOperation } = world.switches;
  const isTheirs = isNotifyOnly && wire.operationRequestSource === 'Azure';
  return isTheirs && notifyOnlyOperation !== 200
    ? noOperation(notifyOnlyOperation, wire.id)
    : Response.json(shown(world, wire));
};

const statusIn = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'status' in body ? body.status : undefined;

const PATCH_ANSWERS: Record<PatchAnswer, (requestId: string) => Response> = {
  done: () => emptyAnswer(),
  closed: (requestId) => Response.json({ message: requestId }, { status: 409 }),
  'no-such-status': () => refusal(400, 'BadRequest', 'Status must be Success or Failure', 'status'),
  'not-yours': () => faultAnswer(500),
};

/** List, Get and PATCH of operations (contract 3). */
export const operationRoutes = (world: World) => {
  const routes = new Hono<MarketplaceEnv>({ strict: false });

  const find = (subscriptionId = '', operationId = '') => {
    const purchase = world.purchases.find(subscriptionId);
    const operation = purchase?.operations.find(({ wire }) => wire.id === operationId.toLowerCase());
    return { purchase, operation };
  };

  routes.get(
    '/:id/operations',
    fulfilmentCall(world, 'list-operations', (_context, { subscriptionId = '' }) => {
      const purchase = world.purchases.find(subscriptionId);
      if (purchase) return answerList(world, purchase);
      return world.switches.operationsOfUnknown === 404
        ? notFound(subscriptionId)
        : Response.json(world.switches.emptyOperations === 'object' ? {} : { operations: [] });
    }),
  );

  routes.get(
    '/:id/operations/:operationId',
    fulfilmentCall(world, 'get-operation', (_context, { subscriptionId, operationId }) => {
      const { operation } = find(subscriptionId, operationId);
      return operation ? answerGet(world, operation) : noOperation(world.switches.unknownOperation, operationId ?? '');
    }),
  );

  routes.patch(
    '/:id/operations/:operationId',
    fulfilmentCall(world, 'patch-operation', async (context, { subscriptionId, operationId }, { requestId }) => {
      const { purchase, operation } = find(subscriptionId, operationId);
      if (!purchase || !operation) return noOperation(world.switches.unknownOperation, operationId ?? '');
      const status = statusIn(await jsonOf(context));
      return PATCH_ANSWERS[answerOperation(world, purchase, operation, status)](requestId);
    }),
  );

  return routes;
};
