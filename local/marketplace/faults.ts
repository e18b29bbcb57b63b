import type { Fault, Operation } from './control-schema.ts';

export type Faults = {
  add(fault: Fault): void;
  /** The fault that hits this call, if any: the oldest one of its operation, used up by one. */
  take(operation: Operation): Fault | undefined;
  clear(): void;
};

export const makeFaults = (): Faults => {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    take: (operation) => {
      const hit = waiting.find((one) => one.fault.operation === operation);
      if (!hit) return undefined;
      hit.left -= 1;
      waiting = waiting.filter((one) => one.left > 0);
      return hit.fault;
    },
    clear: () => {
      waiting = [];
    },
  };
};

/** Microsoft's usual body for a status; a 403 is a bare JSON string (contract 1, 2.1). */
const usualBody = (status: number): unknown => {
  if (status === 401 || status === 403)
    return 'The token is missing, invalid, expired, or was made with another application id than the one of the offer.';
  if (status === 429) return { message: 'Too many requests.', code: 'TooManyRequests' };
  if (status >= 500) return { error: { code: 'InternalServerError', message: 'An unexpected error occurred.' } };
  return { message: 'One or more errors have occurred.', code: 'BadRequest' };
};

/** How Microsoft says that something went wrong, with the body and the wait that the fault asks for. */
export const faultAnswer = (status: number, fault: Pick<Fault, 'body' | 'retryAfterSeconds'> = {}): Response =>
  Response.json(fault.body === undefined ? usualBody(status) : fault.body, {
    status,
    ...(fault.retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(fault.retryAfterSeconds) } }),
  });
