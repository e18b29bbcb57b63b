import { knownAction } from './notice.ts';
import type { Snapshot } from './subscription.ts';

const STATUSES = ['PendingFulfillmentStart', 'Subscribed', 'Suspended', 'Unsubscribed', 'NotStarted'];
const TERM = /^P(\d+[YMWD])+$/;

/** A foreign word as it may stand in a history and a mail: short, letters and digits only. */
const word = (text: string): string => text.replaceAll(/[^\w .-]/g, '?').slice(0, 60);

/** What Microsoft says that this version does not know: it is taken as it is, and told once (P8). */
export const unknownValues = ({ status, term }: Snapshot, action?: string): string[] => [
  ...(action === undefined || action === '' || knownAction(action) ? [] : [`action ${word(action)}`]),
  ...(STATUSES.includes(status) ? [] : [`status ${word(status)}`]),
  ...(term?.termUnit === undefined || TERM.test(term.termUnit) ? [] : [`term ${word(term.termUnit)}`]),
];
