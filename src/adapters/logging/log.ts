import { AsyncLocalStorage } from 'node:async_hooks';
import type { InvocationContext } from '@azure/functions';
import { LOG_EVENTS, type Log } from '../../application/log-events.ts';
import { whereFrom } from './where-from.ts';

type Invocation = { context: InvocationContext; correlationId: string; subscriptionId?: string };

const invocations = new AsyncLocalStorage<Invocation>();

/** Runs `work` so that all it logs goes to this invocation and carries its correlation id. */
export const withInvocation = <T>(invocation: Invocation, work: () => Promise<T>): Promise<T> =>
  invocations.run(invocation, work);

/**
 * Writes a registered event as one line of JSON to the running invocation, which the host hands on to Application Insights.
 * Fields are ids, codes and numbers only (P7): their type has no member for anything else.
 */
export const log: Log = (event, fields = {}) => {
  const invocation = invocations.getStore();
  if (!invocation) return;
  const { context } = invocation;
  const { level, message } = LOG_EVENTS[event];
  const { correlationId, subscriptionId } = invocation;
  const { cause, ...plain } = fields;
  const line = {
    event,
    message,
    correlationId,
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
    function: context.functionName,
    ...plain,
    ...(cause === undefined ? {} : { cause: whereFrom(cause) }),
  };
  context[level](JSON.stringify(line));
};
