import { randomUUID } from 'node:crypto';
import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions';
import { PegasusError } from '../../domain/errors.ts';
import { log, withInvocation } from '../logging/log.ts';
import { PROBLEMS, toProblem } from './problem.ts';
import { toSubscriptionId } from './schemas.ts';

/** A route's own part: answers status and JSON, throws PegasusError for the rest. */
export type Route = (
  request: HttpRequest,
  call: { correlationId: string },
) => Promise<{ status: number; body: unknown }>;

const answer = ({ status, body }: { status: number; body: unknown }): HttpResponseInit => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  body: JSON.stringify(body),
});

const toError = (error: unknown): PegasusError =>
  error instanceof PegasusError
    ? error
    : new PegasusError('internal-error', 'Something went wrong on our side. Try again, or tell us the reference.', {
        cause: error,
      });

/** What all routes share: correlation, STARTED and COMPLETED, and errors as problem+json with nothing else in them (P10). */
export const endpoint =
  (route: Route): HttpHandler =>
  (request, context) => {
    const correlationId = randomUUID();
    const subscriptionId = toSubscriptionId(request.params['id']);
    const subject = subscriptionId === undefined ? {} : { subscriptionId };
    return withInvocation({ context, correlationId, ...subject }, async () => {
      const startedAt = performance.now();
      const duration = () => Math.round(performance.now() - startedAt);
      log('PEG_STARTED');
      try {
        const response = answer(await route(request, { correlationId }));
        log('PEG_COMPLETED', { status: response.status ?? 200, durationMs: duration() });
        return response;
      } catch (error) {
        const fault = toError(error);
        const { status } = PROBLEMS[fault.code];
        const fields = { status, code: fault.code, durationMs: duration() };
        if (status < 500) log('PEG_REFUSED', fault.reason === undefined ? fields : { ...fields, reason: fault.reason });
        else log('PEG_FAILED', { ...fields, cause: fault });
        return toProblem(fault, correlationId);
      }
    });
  };
