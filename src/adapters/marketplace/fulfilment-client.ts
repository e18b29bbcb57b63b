import { randomUUID } from 'node:crypto';
import type { CallContext, Marketplace } from '../../application/ports.ts';
import { boundedText } from './bounded-text.ts';
import { forbidden, purchaseTokenInvalid, refused, unavailable } from './errors.ts';
import { type Answer, faultOf, LIMITS, type Limits, type Time, tryPatiently } from './retry.ts';
import { readPlans, readResolved, readSubscription } from './wire.ts';

export type Operation = 'resolve' | 'get' | 'activate' | 'plans';

/** One request as the log may show it: `fault` is why there was no answer, in a word. */
export type ObservedCall = {
  operation: Operation;
  attempt: number;
  requestId: string;
  correlationId: string;
  durationMs: number;
  status?: number;
  fault?: string;
};

/**
 * Gives the bearer token, `undefined` for none. `rejected` is the token that was just answered 401: it is not to be given
 * again if another can be had.
 */
export type AccessToken = (rejected?: string) => Promise<string | undefined>;

export type FulfilmentSettings = {
  /** `MARKETPLACE_API_URL`, with or without a slash at its end. */
  baseUrl: string;
  accessToken: AccessToken;
  time: Time;
  /** Called after each request. */
  observe?: (call: ObservedCall) => void;
};

type Request = {
  operation: Operation;
  method: 'GET' | 'POST';
  path: string;
  context: CallContext;
  headers?: Record<string, string>;
  body?: string;
  limits?: Limits;
};

/** What the log may keep of an error's body: its beginning, without the secrets that were sent (P7). */
const excerpt = (body: string, secrets: (string | undefined)[]): string =>
  secrets.reduce<string>((text, secret) => (secret ? text.replaceAll(secret, '***') : text), body).slice(0, 500);

/** `promise`, but not beyond the end of `signal`. */
const within = <Value>(signal: AbortSignal, promise: Promise<Value>): Promise<Value> =>
  Promise.race([
    promise,
    new Promise<never>((_, reject) => {
      if (signal.aborted) reject(signal.reason as Error);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }),
  ]);

/**
 * Microsoft's SaaS fulfilment API v2 over HTTP (contract 2). Retries as retry.ts says; a 401 drops the bearer token and is
 * tried once more at once. Redirects are not followed: the bearer token goes nowhere else.
 */
export const fulfilmentClient = ({ baseUrl, accessToken, time, observe }: FulfilmentSettings): Marketplace => {
  const root = `${baseUrl.replace(/\/+$/, '')}/saas/subscriptions`;

  const send = async (request: Request, token: string | undefined, signal: AbortSignal, attempt: number) => {
    const requestId = randomUUID();
    const start = time.now().getTime();
    const outcome: { status?: number; fault?: string } = {};
    try {
      const response = await fetch(`${root}${request.path}?api-version=2018-08-31`, {
        method: request.method,
        headers: {
          ...request.headers,
          accept: 'application/json',
          'content-type': 'application/json',
          'x-ms-requestid': requestId,
          'x-ms-correlationid': request.context.correlationId,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(request.body === undefined ? {} : { body: request.body }),
        redirect: 'manual',
        signal,
      });
      outcome.status = response.status;
      const body = await boundedText(response);
      if (body === undefined) throw unavailable(`${request.operation}: the answer is larger than 1 MB`);
      return { status: response.status, retryAfter: response.headers.get('retry-after') ?? undefined, body };
    } catch (error) {
      outcome.fault = faultOf(error);
      throw error;
    } finally {
      observe?.({
        operation: request.operation,
        attempt,
        requestId,
        correlationId: request.context.correlationId,
        durationMs: time.now().getTime() - start,
        ...outcome,
      });
    }
  };

  /** Answers any status but those that mean the same for every operation: 401, 403 and redirects. */
  const call = async (request: Request): Promise<Answer> => {
    let token: string | undefined;
    let renewed = false;
    const answer = await tryPatiently(
      async (signal, attempt) => {
        token = await within(signal, accessToken());
        const first = await send(request, token, signal, attempt);
        if (first.status !== 401 || token === undefined || renewed) return first;
        renewed = true;
        token = await within(signal, accessToken(token));
        return send(request, token, signal, attempt);
      },
      request.limits ?? LIMITS[request.context.patience],
      time,
    );
    const { status, body } = answer;
    const secrets = [token, request.headers?.['x-ms-marketplace-token']];
    if (status === 401 || status === 403) throw forbidden(`${request.operation}: ${status} ${excerpt(body, secrets)}`);
    if (status >= 300 && status < 400) throw unavailable(`${request.operation}: redirected with ${status}`);
    return { ...answer, body: status < 300 ? body : excerpt(body, secrets) };
  };

  const unexpected = (operation: Operation, { status, body }: Answer) => refused(`${operation}: ${status} ${body}`);

  return {
    async resolve(purchaseToken, context) {
      // Such a value cannot stand in a header, and the complaint of fetch would quote it.
      if (!/^[\x20-\x7e]+$/.test(purchaseToken)) throw purchaseTokenInvalid('resolve: not sent, no printable ASCII');
      const headers = { 'x-ms-marketplace-token': purchaseToken };
      const answer = await call({ operation: 'resolve', method: 'POST', path: '/resolve', context, headers });
      if (answer.status === 400 || answer.status === 404)
        throw purchaseTokenInvalid(`resolve: ${answer.status} ${answer.body}`);
      if (answer.status >= 400) throw unexpected('resolve', answer);
      return readResolved(answer.body);
    },

    async get(id, context) {
      const answer = await call({ operation: 'get', method: 'GET', path: `/${encodeURIComponent(id)}`, context });
      if (answer.status === 404) return undefined;
      if (answer.status >= 400) throw unexpected('get', answer);
      const snapshot = readSubscription(answer.body);
      if (snapshot.id !== id.toLowerCase()) throw unavailable('get: the answer is of another subscription');
      return snapshot;
    },

    async activate(id, { planId, quantity }, context) {
      const answer = await call({
        operation: 'activate',
        method: 'POST',
        path: `/${encodeURIComponent(id)}/activate`,
        context,
        body: JSON.stringify({ planId, quantity }),
        // A call whose answer is lost is not made again before Microsoft was asked what came of it (contract 2.4).
        limits: { ...LIMITS[context.patience], tries: 1 },
      });
      if (answer.status < 300) return 'accepted';
      if ([400, 404, 409].includes(answer.status)) return 'look';
      throw unexpected('activate', answer);
    },

    async listAvailablePlans(id, context, timeoutMs) {
      const answer = await call({
        operation: 'plans',
        method: 'GET',
        path: `/${encodeURIComponent(id)}/listAvailablePlans`,
        context,
        limits: { ...LIMITS[context.patience], totalMs: timeoutMs },
      });
      if (answer.status === 404) return [];
      if (answer.status >= 400) throw unexpected('plans', answer);
      return readPlans(answer.body);
    },
  };
};
