import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { Call } from './calls.ts';
import type { Fault, Operation } from './control-schema.ts';
import { faultAnswer } from './faults.ts';
import type { World } from './world.ts';

export type MarketplaceEnv = { Bindings: HttpBindings };

const API_VERSION = '2018-08-31';

/** Microsoft's ordinary error object (contract 2.1). */
export const refusal = (status: number, code: string, message: string, target: string): Response =>
  Response.json({ code, message, target }, { status });

/** What is answered for a subscription that Microsoft does not know (contract 2.5). */
export const notFound = (id: string): Response =>
  refusal(404, 'EntityNotFound', `Subscription ${id} not found`, 'subscriptionId');

/** A 200, or what `init` says, with nothing in it. */
export const emptyAnswer = (init: { status?: number; headers?: Record<string, string> } = {}): Response =>
  new Response(null, { ...init, headers: { 'content-length': '0', ...init.headers } });

/** Where recorded answers pointed (contract 2.1). */
const FOREIGN_ORIGIN = 'https://main.prod.marketplaceapi.azure.com';

/** An address below the one that was called, on our host or on Microsoft's other one, as the switch says. */
export const linkTo = (world: World, context: Context, path: string): string => {
  const origin = world.switches.linkHost === 'foreign' ? FOREIGN_ORIGIN : new URL(context.req.url).origin;
  return `${origin}/api/saas/subscriptions${path}`;
};

/** The body as JSON; `undefined` when it is none. */
export const jsonOf = async (context: Context): Promise<unknown> => {
  try {
    return (await context.req.json()) as unknown;
  } catch {
    return undefined;
  }
};

const refuseApiVersion = (code: string, message: string): Response =>
  Response.json({ Error: { Code: code, Message: message } }, { status: 400 });

/** Contract 2.1: these two bodies alone are in PascalCase. */
const checkApiVersion = (version: string | undefined): Response | undefined => {
  if (version === undefined)
    return refuseApiVersion('ApiVersionUnspecified', 'An API version is required, but was not specified.');
  if (version !== API_VERSION)
    return refuseApiVersion('UnsupportedApiVersion', `The API version '${version}' is not supported.`);
  return undefined;
};

/** The ids of a request: echoed, made up where missing; one and the same when both are (contract 2.1). */
type RequestIds = { requestId: string; correlationId: string };

const requestIds = (context: Context): RequestIds => {
  const fresh = randomUUID();
  return {
    requestId: context.req.header('x-ms-requestid') ?? fresh,
    correlationId: context.req.header('x-ms-correlationid') ?? fresh,
  };
};

const newCall = (context: Context, operation: Operation, at: Date): Call => {
  const subscriptionId = context.req.param('id');
  const operationId = context.req.param('operationId');
  const requestId = context.req.header('x-ms-requestid');
  const correlationId = context.req.header('x-ms-correlationid');
  return {
    operation,
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
    ...(operationId === undefined ? {} : { operationId }),
    at: at.toISOString(),
    status: 0,
    ...(requestId === undefined ? {} : { requestId }),
    ...(correlationId === undefined ? {} : { correlationId }),
    hasAuthorization: context.req.header('authorization') !== undefined,
  };
};

const hangUp = (context: Context<MarketplaceEnv>): Response => {
  context.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
};

/** What is answered while a fault is in force; `undefined` when the connection is cut before anything is done. */
const answerUnder = (fault: Fault | undefined, act: () => Response | Promise<Response>) => {
  if (fault?.reset === 'before') return undefined;
  return fault?.status === undefined ? act() : faultAnswer(fault.status, fault);
};

const writeHistory = (world: World, call: Call): void => {
  const purchase = call.subscriptionId === undefined ? undefined : world.purchases.find(call.subscriptionId);
  const answered = call.status === 0 ? 'connection cut' : `answered ${call.status}`;
  if (purchase) world.purchases.note(purchase, `The publisher called ${call.operation}: ${answered}`);
};

/**
 * What every call of the fulfilment API goes through: it is written down, hit by a fault if one waits for it, its
 * API version is checked, and its answer carries the request's ids.
 */
export const fulfilmentCall =
  (
    world: World,
    operation: Operation,
    act: (context: Context<MarketplaceEnv>, call: Call, ids: RequestIds) => Response | Promise<Response>,
  ) =>
  async (context: Context<MarketplaceEnv>): Promise<Response> => {
    const call = newCall(context, operation, world.clock.now());
    world.calls.add(call);
    const ids = requestIds(context);
    const fault = world.faults.take(operation);
    const answer = await answerUnder(
      fault,
      () => checkApiVersion(context.req.query('api-version')) ?? act(context, call, ids),
    );
    if (fault?.delayMs !== undefined) await wait(fault.delayMs, undefined, { ref: false });
    const isCut = answer === undefined || fault?.reset === 'after';
    if (!isCut) call.status = answer.status;
    writeHistory(world, call);
    if (isCut) return hangUp(context);
    answer.headers.set('x-ms-requestid', ids.requestId);
    answer.headers.set('x-ms-correlationid', ids.correlationId);
    return answer;
  };
