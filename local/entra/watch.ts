import { setTimeout as sleep } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Fault, WatchedPath } from './control-schema.ts';
import { EntraRefusal, refusalBody } from './refusal.ts';

/** One request that the simulated Entra saw. */
export type Call = {
  path: WatchedPath;
  /** First segment of the address: a tenant id or `common`; absent for Graph. */
  tenant?: string;
  url: string;
  at: string;
};

/** Records calls and makes them fail on demand. */
export type Watch = { calls: Call[]; faults: Fault[]; on(path: WatchedPath): MiddlewareHandler };

export const createWatch = (): Watch => {
  const calls: Call[] = [];
  const faults: Fault[] = [];
  return {
    calls,
    faults,
    on: (path) => async (c, next) => {
      const tenant = c.req.param('tenant');
      calls.push({ path, ...(tenant ? { tenant } : {}), url: c.req.path, at: new Date().toISOString() });
      const fault = faults.find((one) => one.path === path && one.times > 0);
      if (fault) fault.times -= 1;
      if (fault?.delayMs) await sleep(fault.delayMs);
      if (!fault?.status) return next();
      const refusal = new EntraRefusal('temporarily_unavailable', 90033, 'A transient error has occurred.');
      return c.json(refusalBody(refusal), fault.status as ContentfulStatusCode);
    },
  };
};
