import * as z from 'zod/mini';
import { PEOPLE } from '../people.ts';

/** The bodies that the control API takes: how tests and the start script move Microsoft's side. */

const personKeys = PEOPLE.map((one) => one.key);
const personKey = z.enum(personKeys, { error: `Known people: ${personKeys.join(', ')}` });
const text = z.string().check(z.minLength(1));
const seconds = z.number().check(z.nonnegative());

export const OPERATIONS = ['resolve', 'get', 'list', 'plans', 'activate'] as const;

export const orderSchema = z.strictObject({
  planId: text,
  offerId: z.optional(text),
  quantity: z.optional(z.int()),
  termUnit: z.optional(text),
  purchaser: personKey,
  beneficiary: z.optional(personKey),
  name: z.optional(text),
});

/**
 * A merge patch (RFC 7396) over the subscription as Get answers it: any value, so that tomorrow's values can be tried.
 * Nothing follows from it: a status set here brings no term dates and counts no activation.
 */
export const truthPatchSchema = z.strictObject({
  /** Short for `saasSubscriptionStatus`. */
  status: z.optional(text),
  saasSubscriptionStatus: z.optional(text),
  name: z.optional(text),
  offerId: z.optional(text),
  planId: z.optional(text),
  quantity: z.optional(z.unknown()),
  purchaser: z.optional(z.record(z.string(), z.unknown())),
  beneficiary: z.optional(z.record(z.string(), z.unknown())),
  term: z.optional(z.record(z.string(), z.unknown())),
  autoRenew: z.optional(z.unknown()),
  isTest: z.optional(z.unknown()),
  isFreeTrial: z.optional(z.unknown()),
  allowedCustomerOperations: z.optional(z.array(z.string())),
  lastModified: z.optional(z.unknown()),
  sandboxType: z.optional(z.unknown()),
  sessionMode: z.optional(z.unknown()),
});

export const clockSchema = z.strictObject({ advanceSeconds: seconds });

export const switchesSchema = z.strictObject({
  /** `sync`: at once. `delayed`: Subscribed after the delay. `fails`: Unsubscribed after the delay (contract 2.4). */
  activate: z.optional(z.enum(['sync', 'delayed', 'fails'])),
  activateDelaySeconds: z.optional(seconds),
  /** `strict`: a plan or quantity that was not bought is a 400. */
  activateBody: z.optional(z.enum(['ignored', 'strict'])),
  /** What activating a Subscribed or Suspended subscription answers. */
  repeatActivate: z.optional(z.literal([200, 400])),
  /** Sizes of the pages of List, one after the other, then again from the first (contract 2.6: they vary). */
  listPageSizes: z.optional(z.array(z.int().check(z.positive())).check(z.minLength(1))),
});

/**
 * What goes wrong with the next `times` (absent: 1) calls of an operation. `status` answers instead of acting, with
 * `body` or Microsoft's usual one; `reset` closes the connection before or after acting; `delayMs` holds the answer back.
 */
export const faultSchema = z
  .strictObject({
    operation: z.enum(OPERATIONS),
    status: z.optional(z.int().check(z.gte(400), z.lte(599))),
    retryAfterSeconds: z.optional(seconds),
    body: z.optional(z.unknown()),
    delayMs: z.optional(seconds),
    reset: z.optional(z.enum(['before', 'after'])),
    times: z.optional(z.int().check(z.positive())),
  })
  .check(
    z.refine((fault) => fault.status !== undefined || fault.reset !== undefined || fault.delayMs !== undefined, {
      error: 'One of status, reset and delayMs is needed.',
    }),
    z.refine((fault) => fault.status === undefined || fault.reset === undefined, {
      error: 'status and reset exclude each other: a closed connection has no status.',
    }),
    z.refine(
      (fault) => fault.status !== undefined || (fault.body === undefined && fault.retryAfterSeconds === undefined),
      { error: 'body and retryAfterSeconds belong to a status.' },
    ),
  );

export type Operation = (typeof OPERATIONS)[number];
export type TruthPatch = z.infer<typeof truthPatchSchema>;
export type SwitchesPatch = z.infer<typeof switchesSchema>;
export type Fault = z.infer<typeof faultSchema>;
