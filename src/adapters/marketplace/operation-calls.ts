import type { CallContext, ChangeAnswer, Marketplace } from '../../application/ports.ts';
import { type Call, type Request, unexpected } from './fulfilment-call.ts';
import { type Answer, LIMITS } from './retry.ts';
import { readOperation, readOperations } from './wire.ts';

/** The window in which our word counts is 10 s (contract 4.2): a later one is of no use. */
const ACKNOWLEDGE = { totalMs: 5000, tries: 1 };

const subscriptionPath = (id: string): string => `/${encodeURIComponent(id)}`;
const pathOf = (id: string, operationId: string): string =>
  `${subscriptionPath(id)}/operations/${encodeURIComponent(operationId)}`;

const lastSegment = (location: string): string =>
  location.split(/[?#]/)[0]?.replace(/\/+$/, '').split('/').at(-1) ?? '';

/**
 * The id of the operation that a 202 began: `Operation-Id`, else the end of `Operation-Location`, which may be on another
 * host and is only read, never called (contract 2.8). The request's id, which is the same in recordings, is not trusted:
 * where we sent one it may be ours.
 */
const operationIdOf = ({ headers }: Answer): string | undefined =>
  [headers.get('operation-id') ?? '', lastSegment(headers.get('operation-location') ?? '')]
    .map((id) => id.trim().toLowerCase())
    .find((id) => /^[\w-]{1,100}$/.test(id));

/**
 * Microsoft's own code of a refusal; its sentences may quote people (P7). One says more than its code: something that was begun
 * elsewhere is under way (contract 2.8).
 */
const reasonOf = ({ status, body }: Answer): string =>
  /pending operation/i.test(body) ? 'PendingOperation' : (/"code":\s?"(\w{1,40})"/i.exec(body)?.[1] ?? String(status));

const REFUSALS = [400, 404, 409];

/** One try: asked again, it might be done twice. 429 is an answer all the same: nothing was done. */
const once = ({ patience }: CallContext): NonNullable<Request['limits']> => ({
  ...LIMITS[patience],
  tries: 1,
  handedOn: [429],
});

const answerOf = (request: Request, answer: Answer): ChangeAnswer => {
  if (answer.status === 429) return { kind: 'busy' };
  if (REFUSALS.includes(answer.status)) return { kind: 'refused', reason: reasonOf(answer) };
  if (answer.status >= 400) throw unexpected(request.operation, answer);
  const operationId = operationIdOf(answer);
  return { kind: 'taken', ...(operationId === undefined ? {} : { operationId }) };
};

/** Changes of a subscription (contract 2.8, 2.9) and the operations API (contract 3). */
export const operationCalls = (
  call: Call,
): Pick<Marketplace, 'getOperation' | 'listOperations' | 'acknowledge' | 'change' | 'cancel'> => ({
  async getOperation(id, operationId, context, timeoutMs) {
    const answer = await call({
      operation: 'get-operation',
      method: 'GET',
      path: pathOf(id, operationId),
      context,
      limits: timeoutMs === undefined ? LIMITS[context.patience] : { totalMs: timeoutMs, tries: 1 },
    });
    if (answer.status === 400 || answer.status === 404) return undefined;
    if (answer.status >= 400) throw unexpected('get-operation', answer);
    const operation = readOperation(answer.body);
    // One of another subscription says nothing about this one.
    return operation.subscriptionId === id.toLowerCase() && operation.id === operationId.toLowerCase()
      ? operation
      : undefined;
  },

  async listOperations(id, context) {
    const path = `${subscriptionPath(id)}/operations`;
    const answer = await call({ operation: 'list-operations', method: 'GET', path, context });
    if (answer.status === 400 || answer.status === 404) return [];
    if (answer.status >= 400) throw unexpected('list-operations', answer);
    return readOperations(answer.body).filter((operation) => operation.subscriptionId === id.toLowerCase());
  },

  async acknowledge(id, operationId, context) {
    const answer = await call({
      operation: 'acknowledge',
      method: 'PATCH',
      path: pathOf(id, operationId),
      context,
      body: JSON.stringify({ status: 'Success' }),
      limits: ACKNOWLEDGE,
    });
    // 409: no longer open, which is as good.
    if (answer.status >= 400 && answer.status !== 409) throw unexpected('acknowledge', answer);
  },

  async change(id, wanted, context) {
    const request: Request = {
      operation: 'change',
      method: 'PATCH',
      path: subscriptionPath(id),
      context,
      body: JSON.stringify(wanted),
      limits: once(context),
    };
    return answerOf(request, await call(request));
  },

  async cancel(id, context) {
    const request: Request = {
      operation: 'cancel',
      method: 'DELETE',
      path: subscriptionPath(id),
      context,
      limits: once(context),
    };
    return answerOf(request, await call(request));
  },
});
