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

/** A 200 that says nothing else. */
export const emptyAnswer = (): Response => new Response(null, { headers: { 'content-length': '0' } });

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
const requestIds = (context: Context): { requestId: string; correlationId: string } => {
  const fresh = randomUUID();
  return {
    requestId: context.req.header('x-ms-requestid') ?? fresh,
    correlationId: context.req.header('x-ms-correlationid') ?? fresh,
  };
};

const newCall = (context: Context, operation: Operation, at: Date): Call => {
  const subscriptionId = context.req.param('id');
  const requestId = context.req.header('x-ms-requestid');
  const correlationId = context.req.header('x-ms-correlationid');
  return {
    operation,
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
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
    act: (context: Context<MarketplaceEnv>, call: Call) => Response | Promise<Response>,
  ) =>
  async (context: Context<MarketplaceEnv>): Promise<Response> => {
    const call = newCall(context, operation, world.clock.now());
    world.calls.add(call);
    const fault = world.faults.take(operation);
    const answer = await answerUnder(
      fault,
      () => checkApiVersion(context.req.query('api-version')) ?? act(context, call),
    );
    if (fault?.delayMs !== undefined) await wait(fault.delayMs, undefined, { ref: false });
    const isCut = answer === undefined || fault?.reset === 'after';
    if (!isCut) call.status = answer.status;
    writeHistory(world, call);
    if (isCut) return hangUp(context);
    const ids = requestIds(context);
    answer.headers.set('x-ms-requestid', ids.requestId);
    answer.headers.set('x-ms-correlationid', ids.correlationId);
    return answer;
  };
