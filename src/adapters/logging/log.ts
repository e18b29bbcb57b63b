import { AsyncLocalStorage } from 'node:async_hooks';
import type { InvocationContext } from '@azure/functions';
import { LOG_EVENTS, type Log } from '../../application/log-events.ts';

type Invocation = { context: InvocationContext; correlationId: string };

const invocations = new AsyncLocalStorage<Invocation>();

/** Runs `work` so that all it logs goes to this invocation and carries its correlation id. */
export const withInvocation = <T>(invocation: Invocation, work: () => Promise<T>): Promise<T> =>
  invocations.run(invocation, work);

/** The correlation id of the running invocation. */
export const correlationId = (): string | undefined => invocations.getStore()?.correlationId;

/**
 * Writes a registered event as one line of JSON to the running invocation, which the host hands on to Application Insights.
 * Fields are ids, codes and numbers only (P7): their type has no member for anything else.
 */
export const log: Log = (event, fields = {}) => {
  const invocation = invocations.getStore();
  if (!invocation) return;
  const { context } = invocation;
  const { level, message } = LOG_EVENTS[event];
  const line = { event, message, correlationId: invocation.correlationId, function: context.functionName, ...fields };
  context[level](JSON.stringify(line));
};
