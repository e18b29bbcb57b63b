import { randomUUID } from 'node:crypto';
import type { CallContext } from '../../application/ports.ts';
import type { PegasusError } from '../../domain/errors.ts';
import { boundedText } from './bounded-text.ts';
import { forbidden, refused, unavailable } from './errors.ts';
import { type Answer, faultOf, LIMITS, type Limits, type Time, tryPatiently } from './retry.ts';

/** The calls by the names that the log has for them. */
export type CallName =
  | 'resolve'
  | 'get'
  | 'list'
  | 'activate'
  | 'plans'
  | 'change'
  | 'cancel'
  | 'get-operation'
  | 'list-operations'
  | 'acknowledge';

/** One request as the log may show it: `fault` is why there was no answer, in a word. */
export type ObservedCall = {
  operation: CallName;
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

export type Request = {
  operation: CallName;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  /** Further parameters, percent-encoded as they are to be sent. */
  query?: string;
  context: CallContext;
  headers?: Record<string, string>;
  body?: string;
  limits?: Limits;
};

/** Answers any status but those that mean the same for every call: 401, 403 and redirects. */
export type Call = (request: Request) => Promise<Answer>;

/** A 4xx that the contract does not name for this call. */
export const unexpected = (operation: CallName, { status, body }: Answer): PegasusError =>
  refused(`${operation}: ${status} ${body}`);

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

const limitsOf = ({ limits, context }: Request): Limits => {
  const usual = limits ?? LIMITS[context.patience];
  return { ...usual, totalMs: Math.min(usual.totalMs, context.withinMs ?? usual.totalMs) };
};

/**
 * One request of the fulfilment API (contract 2.1). Retries as retry.ts says; a 401 drops the bearer token and is tried once
 * more at once. Redirects are not followed: the bearer token goes nowhere else.
 */
export const fulfilmentCall = ({ baseUrl, accessToken, time, observe }: FulfilmentSettings): Call => {
  const root = `${baseUrl.replace(/\/+$/, '')}/saas/subscriptions`;

  const send = async (request: Request, token: string | undefined, signal: AbortSignal, attempt: number) => {
    const requestId = randomUUID();
    const start = time.now().getTime();
    const outcome: { status?: number; fault?: string } = {};
    try {
      const response = await fetch(
        `${root}${request.path}?api-version=2018-08-31${request.query === undefined ? '' : `&${request.query}`}`,
        {
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
        },
      );
      outcome.status = response.status;
      const body = await boundedText(response);
      if (body === undefined) throw unavailable(`${request.operation}: the answer is larger than 1 MB`);
      return { status: response.status, headers: response.headers, body };
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

  return async (request) => {
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
      limitsOf(request),
      time,
    );
    const { status, body } = answer;
    const secrets = [token, request.headers?.['x-ms-marketplace-token']];
    if (status === 401 || status === 403) throw forbidden(`${request.operation}: ${status} ${excerpt(body, secrets)}`);
    if (status >= 300 && status < 400) throw unavailable(`${request.operation}: redirected with ${status}`);
    return { ...answer, body: status < 300 ? body : excerpt(body, secrets) };
  };
};
