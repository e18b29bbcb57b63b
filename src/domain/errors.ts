/** Every stable error code, with what it means to the caller. `docs/errors.md` lists them for people. */
export type ErrorCode =
  | 'purchase-token-missing'
  | 'purchase-token-invalid'
  | 'unauthenticated'
  | 'not-a-party'
  | 'not-an-operator'
  | 'not-allowed'
  | 'not-confirmed'
  | 'not-ready'
  | 'reason-required'
  | 'nothing-to-retry'
  | 'already-started'
  | 'reconciliation-stopped'
  | 'no-erasure'
  | 'not-active'
  | 'not-per-seat'
  | 'nothing-to-change'
  | 'change-not-allowed'
  | 'change-not-sold'
  | 'change-in-progress'
  | 'change-refused'
  | 'subscription-not-found'
  | 'subscription-cancelled'
  | 'invalid-request'
  | 'body-too-large'
  | 'unsupported-media-type'
  | 'too-many-requests'
  | 'signing-keys-unavailable'
  | 'marketplace-unavailable'
  | 'marketplace-forbidden'
  | 'marketplace-refused'
  | 'workspace-unavailable'
  | 'record-contended'
  | 'storage-unavailable'
  | 'internal-error';

export type FieldFault = { pointer: string; detail: string };

/** What else a caller may be told; nothing here is personal. */
export type ErrorExtras = {
  /** Where a guest should sign in instead (tenant ids). */
  signInTenants?: string[];
  errors?: FieldFault[];
  retryAfterSeconds?: number;
  /** Why, more exactly than the code says: a stable code, or a word of Microsoft's. */
  reason?: string;
};

/**
 * A failure with a stable code. `publicDetail` may be shown to the caller; `message` and `cause` go to the log only.
 */
export class PegasusError extends Error {
  readonly code: ErrorCode;
  readonly publicDetail: string;
  readonly extras: ErrorExtras;
  /** Why, for the log, in words of our own: no address, no token, nothing that somebody typed (P7). */
  readonly reason: string | undefined;

  constructor(
    code: ErrorCode,
    publicDetail: string,
    options: { extras?: ErrorExtras; reason?: string; cause?: unknown } = {},
  ) {
    super(code, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'PegasusError';
    this.code = code;
    this.publicDetail = publicDetail;
    this.extras = options.extras ?? {};
    this.reason = options.reason;
  }
}
