import { PegasusError } from '../../domain/errors.ts';

/**
 * What the log may say of a cause: which operation, which status, the codes of Microsoft and Entra. An answer's own
 * sentences stay out of it: they may quote people (P7).
 */
const reasonOf = (cause: string): string => {
  // A sentence of our own has no more than one colon.
  const [own = ''] = /^[\w -]+: (\d{3}|\w*Error)(?=[: ])/.exec(cause) ?? /^[^:]*(:[^:]*)?/.exec(cause) ?? [];
  const codes = cause.match(/AADSTS\d+|(?<="code":\s?")\w{1,40}(?=")|is not registered/gi) ?? [];
  return [own, ...new Set(codes)].join(' ');
};

/** No answer, or none that can be used: Microsoft's fault, worth another try later. `cause` goes to the log only. */
export const unavailable = (cause: string, retryAfterSeconds?: number): PegasusError =>
  new PegasusError('marketplace-unavailable', 'Azure Marketplace does not answer just now. Please try again soon.', {
    cause: new Error(cause),
    reason: reasonOf(cause),
    ...(retryAfterSeconds === undefined ? {} : { extras: { retryAfterSeconds } }),
  });

/** Microsoft does not accept the publisher's own credentials (contract 1): nothing that a buyer could mend. */
export const forbidden = (cause: string): PegasusError =>
  new PegasusError(
    'marketplace-forbidden',
    'Azure Marketplace does not accept the credentials of this service. Its publisher has to put that right.',
    { cause: new Error(cause), reason: reasonOf(cause) },
  );

/** Microsoft refuses the purchase token: malformed, foreign or older than 24 hours (contract 2.3). */
export const purchaseTokenInvalid = (cause: string): PegasusError =>
  new PegasusError(
    'purchase-token-invalid',
    'Azure Marketplace could not identify this purchase. Please open the subscription in the Azure portal again and choose Configure account now or Manage account.',
    { cause: new Error(cause), reason: reasonOf(cause) },
  );

/** A 4xx that the contract does not name for this call. */
export const refused = (cause: string): PegasusError =>
  new PegasusError('marketplace-refused', 'Azure Marketplace refused the request.', {
    cause: new Error(cause),
    reason: reasonOf(cause),
  });
