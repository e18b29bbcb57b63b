/** One webhook of Microsoft's until it has been dealt with. Kept as JSON: instants are ISO 8601. */
export type Notification = {
  subscriptionId: string;
  operationId: string;
  action: string;
  /** The same in every attempt. */
  body: string;
  attempts: number;
  /** When it is sent next. */
  nextAt: string;
  /** When it was first sent. */
  firstAt?: string;
  /** Waits for the buyer to land, not for a time (contract 0.1). */
  isHeld: boolean;
};

/**
 * What became of a webhook: taken with 200, refused with a 4xx that counts as a no, dropped after a 4xx that does not, or
 * given up after the last attempt (contract 4.1). `unsent`: no webhook is configured.
 */
export type Outcome = 'accepted' | 'refused' | 'dropped' | 'given-up' | 'unsent';
