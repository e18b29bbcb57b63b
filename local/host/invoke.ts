import { randomUUID } from 'node:crypto';
import type { CoreInvocation, ProgrammingModel, RpcData } from './core-module.ts';
import { log, logFailure } from './log.ts';
import type { RegisteredFunction } from './registry.ts';

/** Runs a function once. @throws what its handler throws, after printing it */
export type Invoke = (
  fn: RegisteredFunction,
  input: RpcData,
  triggerMetadata?: Record<string, RpcData>,
) => Promise<{ returnValue?: RpcData | null }>;

/** The way to run functions, and a promise for the moment when none of them runs any more. */
export const makeInvoke = (model: ProgrammingModel): { invoke: Invoke; idle: () => Promise<void> } => {
  const running = new Set<Promise<unknown>>();

  const run: Invoke = async ({ metadata, handler, triggerName }, input, triggerMetadata = {}) => {
    const invocationId = randomUUID();
    const invocation: CoreInvocation = {
      invocationId,
      metadata,
      request: { invocationId, inputData: [{ name: triggerName, data: input }], triggerMetadata },
      log: (level, _category, message) => log(level, metadata.name, message),
    };
    try {
      const steps = model.getInvocationModel(invocation);
      const { context, inputs } = await steps.getArguments();
      return await steps.getResponse(context, await steps.invokeFunction(context, inputs, handler));
    } catch (error) {
      logFailure(`${metadata.name} failed (invocation ${invocationId})`, error);
      throw error;
    }
  };

  return {
    invoke: async (...parameters) => {
      const invocation = run(...parameters);
      running.add(invocation);
      try {
        return await invocation;
      } finally {
        running.delete(invocation);
      }
    },
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
};
