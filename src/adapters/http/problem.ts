import type { HttpResponseInit } from '@azure/functions';
import type { ErrorCode, PegasusError } from '../../domain/errors.ts';

/** The one place that knows which status stands for which code (design 7, P10). */
export const PROBLEMS: Record<ErrorCode, { status: number; title: string }> = {
  'purchase-token-missing': { status: 400, title: 'The purchase token is missing' },
  'purchase-token-invalid': { status: 400, title: 'The purchase token is invalid or has expired' },
  'invalid-request': { status: 400, title: 'The request is not as expected' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  'not-a-party': { status: 403, title: 'This account has no part in the purchase' },
  'not-an-operator': { status: 403, title: 'This account is not an operator' },
  'not-allowed': { status: 403, title: 'This account may not do this' },
  'subscription-not-found': { status: 404, title: 'No such subscription' },
  'subscription-cancelled': { status: 409, title: 'The subscription has ended' },
  'not-confirmed': { status: 409, title: 'The set-up is not confirmed yet' },
  'not-ready': { status: 409, title: 'The set-up is still running' },
  'reason-required': { status: 409, title: 'A reason is needed' },
  'no-erasure': { status: 409, title: 'There is no erasure' },
  'already-started': { status: 409, title: 'The set-up has been started before' },
  'reconciliation-stopped': { status: 409, title: 'The comparison with Azure Marketplace was stopped' },
  'nothing-to-retry': { status: 409, title: 'There is nothing to retry' },
  'not-active': { status: 409, title: 'The subscription is not active' },
  'not-per-seat': { status: 409, title: 'The plan is not per user' },
  'nothing-to-change': { status: 409, title: 'There is nothing to change' },
  'change-not-allowed': { status: 409, title: 'Azure Marketplace does not allow this change' },
  'change-not-sold': { status: 409, title: 'The publisher does not sell this change' },
  'change-in-progress': { status: 409, title: 'A change is under way' },
  'change-refused': { status: 409, title: 'Azure Marketplace refused the change' },
  'body-too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The request is not JSON' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong' },
  'marketplace-unavailable': { status: 503, title: 'Azure Marketplace cannot be reached' },
  // Our credentials are refused: the publisher's trouble, which the caller can only wait out.
  'marketplace-forbidden': { status: 503, title: 'Azure Marketplace cannot be reached' },
  'marketplace-refused': { status: 503, title: 'Azure Marketplace refused the request' },
  'signing-keys-unavailable': { status: 503, title: 'The sign-in cannot be checked' },
  'record-contended': { status: 503, title: 'Many changes came at once' },
  'workspace-unavailable': { status: 503, title: 'The workspace cannot be reached' },
  'storage-unavailable': { status: 503, title: 'The service cannot reach its storage' },
};

const headersOf = (code: ErrorCode, retryAfterSeconds: number | undefined): Record<string, string> => ({
  'content-type': 'application/problem+json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  ...(code === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {}),
  ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterSeconds)) }),
});

/** RFC 9457. `instance` is the reference that finds the log. */
export const toProblem = ({ code, publicDetail, extras }: PegasusError, reference: string): HttpResponseInit => {
  const { status, title } = PROBLEMS[code];
  const shown: ErrorCode = code === 'marketplace-forbidden' ? 'marketplace-unavailable' : code;
  return {
    status,
    headers: headersOf(code, extras.retryAfterSeconds),
    body: JSON.stringify({
      type: `urn:pegasus:problem:${shown}`,
      title,
      status,
      detail: publicDetail,
      instance: `urn:uuid:${reference}`,
      code: shown,
      // Once more beside the header: the platform shows pages of another origin no headers.
      ...extras,
    }),
  };
};
