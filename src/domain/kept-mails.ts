import type { Mail, MailKind, Subscription } from './subscription.ts';

/** So many of them are kept, for people to see: a record must not grow with every change of its seats. */
const KEPT = 100;

/**
 * Messages that are told apart by the record's version, which only rises, or by an operation, which ends once: what is forgotten
 * of them is not asked for again. The occurrences of all other kinds come again, and only the record says that they were sent.
 */
const OF_ONE_MOMENT: MailKind[] = [
  'step-failed',
  'activation-failed',
  'change-done',
  'change-refused',
  'refusal-overruled',
  'suspended',
  'suspended-operators',
  'reinstated',
  'workspace-failed',
];

const mayBeForgotten = ({ refusals = [] }: Subscription, { state, kind, occurrence }: Mail): boolean =>
  state === 'sent' &&
  OF_ONE_MOMENT.includes(kind) &&
  // While a refusal is remembered its operation may be looked at once more.
  refusals.every(({ operationId }) => operationId !== occurrence);

/** Forgets the oldest of many messages that were sent, in place. */
export const forgetOldMails = (record: Subscription): void => {
  const old = new Set(record.mails.filter((mail) => mayBeForgotten(record, mail)).slice(0, -KEPT));
  if (old.size > 0) record.mails = record.mails.filter((mail) => !old.has(mail));
};
