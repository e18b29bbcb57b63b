/** One call of the publisher's webhook. */
export type Delivery = {
  subscriptionId?: string;
  operationId?: string;
  action?: string;
  /** On the stand-in's clock, ISO 8601. */
  at: string;
  /** 1 is the first. */
  attempt: number;
  /** A copy by switch: sent once, and its answer counts for nothing. */
  isCopy: boolean;
  /** 0: not answered yet, not in time, or not at all. */
  status: number;
  /** Until the answer, on the machine's clock. */
  ms: number;
  isUnderWay: boolean;
  body: string;
  /** The start of what was answered, or why nothing was. */
  answer: string;
};

export type Deliveries = { add(delivery: Delivery): void; all(): Delivery[]; clear(): void };

export const makeDeliveries = (): Deliveries => {
  let deliveries: Delivery[] = [];
  return {
    add: (delivery) => {
      deliveries.push(delivery);
    },
    all: () => deliveries,
    clear: () => {
      deliveries = [];
    },
  };
};
