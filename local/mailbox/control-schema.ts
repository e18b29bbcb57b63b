import * as z from 'zod/mini';

/** Body of `POST /control/faults`: what happens to the next `times` requests. */
export const fault = z.strictObject({
  /** Which requests: sends (the default), or polls of an operation. */
  on: z.optional(z.enum(['send', 'poll'])),
  /** Answer this instead of acting. */
  status: z.optional(z.number()),
  /** `retry-after` of that answer. */
  retryAfterSeconds: z.optional(z.number()),
  /** Wait before answering. A mail that is accepted is in the inbox already. */
  delayMs: z.optional(z.number()),
  /** Cut the connection: before acting, or after, when only the answer is lost. */
  reset: z.optional(z.enum(['before', 'after'])),
  /** Accept the send, deliver nothing, and let its operation poll as Failed. */
  poll: z.optional(z.literal('failed')),
  times: z.number(),
});

export type Fault = z.infer<typeof fault>;
