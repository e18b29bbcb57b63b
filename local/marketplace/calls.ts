import type { Operation } from './control-schema.ts';

/** One call that reached the fulfilment API. */
export type Call = {
  operation: Operation;
  /** Resolve: what the purchase token stood for. */
  subscriptionId?: string;
  /** Of the calls that name one in their address. */
  operationId?: string;
  /** On the stand-in's clock, ISO 8601. */
  at: string;
  /** 0 while unanswered; it stays 0 when a fault closed the connection. */
  status: number;
  /** The ids as the caller sent them. */
  requestId?: string;
  correlationId?: string;
  hasAuthorization: boolean;
};

export type Calls = { add(call: Call): void; all(): Call[]; clear(): void };

export const makeCalls = (): Calls => {
  let calls: Call[] = [];
  return {
    add: (call) => {
      calls.push(call);
    },
    all: () => calls,
    clear: () => {
      calls = [];
    },
  };
};
