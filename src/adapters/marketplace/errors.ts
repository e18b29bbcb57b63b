import { PegasusError } from '../../domain/errors.ts';

/** No answer, or none that can be used: Microsoft's fault, worth another try later. `cause` goes to the log only. */
export const unavailable = (cause: string, retryAfterSeconds?: number): PegasusError =>
  new PegasusError('marketplace-unavailable', 'Azure Marketplace does not answer just now. Please try again soon.', {
    cause: new Error(cause),
    ...(retryAfterSeconds === undefined ? {} : { extras: { retryAfterSeconds } }),
  });

/** Microsoft does not accept the publisher's own credentials (contract 1): nothing that a buyer could mend. */
export const forbidden = (cause: string): PegasusError =>
  new PegasusError(
    'marketplace-forbidden',
    'Azure Marketplace does not accept the credentials of this service. Its publisher has to put that right.',
    { cause: new Error(cause) },
  );

/** Microsoft refuses the purchase token: malformed, foreign or older than 24 hours (contract 2.3). */
export const purchaseTokenInvalid = (cause: string): PegasusError =>
  new PegasusError(
    'purchase-token-invalid',
    'Azure Marketplace could not identify this purchase. Please open the subscription in the Azure portal again and choose Configure account now or Manage account.',
    { cause: new Error(cause) },
  );

/** A 4xx that the contract does not name for this call. */
export const refused = (cause: string): PegasusError =>
  new PegasusError('marketplace-refused', 'Azure Marketplace refused the request.', { cause: new Error(cause) });
