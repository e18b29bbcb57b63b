import * as z from 'zod/mini';
import { PEOPLE } from '../people.ts';
import { SWITCHES, type SwitchesPatch, type SwitchKind } from './switches.ts';

/** The bodies that the control API takes: how tests and the start script move Microsoft's side. */

const personKeys = PEOPLE.map((one) => one.key);
const personKey = z.enum(personKeys, { error: `Known people: ${personKeys.join(', ')}` });
const text = z.string().check(z.minLength(1));
const seconds = z.number().check(z.nonnegative());

/** The calls of the fulfilment API, as they are named in the log and in faults. */
export const OPERATIONS = [
  'resolve',
  'get',
  'list',
  'plans',
  'activate',
  'change',
  'cancel',
  'list-operations',
  'get-operation',
  'patch-operation',
] as const;

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
 * Nothing follows from it: a status set here brings no term dates, counts no activation and tells the publisher nothing.
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

const switchSchema = (kind: SwitchKind) => {
  if ('of' in kind) return z.literal([...kind.of]);
  if ('several' in kind) return z.array(z.enum([...kind.several]));
  const amount = (kind.isWhole ? z.int() : z.number()).check(z.gte(kind.least));
  return 'series' in kind ? z.array(amount).check(z.minLength(1)) : amount;
};

const switchEntries = Object.entries<SwitchKind>(SWITCHES);

export const switchesSchema = z.strictObject(
  Object.fromEntries(switchEntries.map(([name, kind]) => [name, z.optional(switchSchema(kind))])),
) as unknown as z.ZodMiniType<SwitchesPatch>;

/** What the customer or Microsoft does to a subscription. */
export const actSchema = z
  .strictObject({
    action: text,
    planId: z.optional(text),
    quantity: z.optional(z.number()),
    status: z.optional(text),
    untrue: z.optional(z.boolean()),
  })
  .check(
    z.refine(({ action, planId }) => action !== 'ChangePlan' || planId !== undefined, {
      error: 'ChangePlan needs a planId.',
    }),
    z.refine(({ action, quantity }) => action !== 'ChangeQuantity' || quantity !== undefined, {
      error: 'ChangeQuantity needs a quantity.',
    }),
  );

/** The publisher's webhook as entered in Partner Center; `null` takes it away. */
export const webhookSchema = z.nullable(
  z.strictObject({
    url: z.url(),
    entra: z.url(),
    publisherTenantId: text,
    publisherClientId: text,
  }),
);

/** Any call of the webhook: text is sent as it is, everything else as JSON. */
export const deliverySchema = z.strictObject({ body: z.unknown(), contentType: z.optional(text) });

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
export type Fault = z.infer<typeof faultSchema>;
