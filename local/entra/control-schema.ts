import * as z from 'zod/mini';

/** Body of `POST /control/token`: a token for this person, honest unless told otherwise. */
export const tokenRequest = z.strictObject({
  /** Key of a person in local/people.ts. */
  person: z.string(),
  /** Application id of the API that the token is for; the asking client is the same application. */
  clientId: z.string(),
  /** Default `access_as_user`. */
  scope: z.optional(z.string()),
  version: z.optional(z.literal([1, 2])),
  /** Win over the usual claims; null removes one. */
  claims: z.optional(z.record(z.string(), z.unknown())),
  /** Win over the usual header members. */
  header: z.optional(z.record(z.string(), z.unknown())),
  /** Below zero: expired that many seconds ago. Default 60 to 90 minutes. */
  expiresInSeconds: z.optional(z.number()),
  signWith: z.optional(z.enum(['current', 'foreign', 'none', 'hs256-public'])),
});

/** Body of `POST /control/faults`: the next `times` calls of the path wait, or fail, or both. */
export const fault = z.strictObject({
  path: z.enum(['metadata', 'keys', 'token', 'graph']),
  status: z.optional(z.number()),
  delayMs: z.optional(z.number()),
  times: z.number(),
});

/** Body of `POST /control/approval`: from now on an administrator of the tenant has to approve before anybody signs in. */
export const approval = z.strictObject({ tenantId: z.string() });

export type TokenRequest = z.infer<typeof tokenRequest>;
export type Fault = z.infer<typeof fault>;
export type WatchedPath = Fault['path'];
