import type { Message } from './message.ts';

/** A delivered mail. */
export type Mail = {
  operationId: string;
  sender: string;
  /** The recipients' addresses, joined by `, `. */
  to: string;
  subject: string;
  html: string;
  text: string;
  /** When the first send was accepted. */
  at: string;
  /** How many sends were accepted under this operation id. More than one is still one mail. */
  attempts: number;
};

/** A send that was accepted. */
export type Operation = { mail: Mail; outcome: 'Succeeded' | 'Failed'; polls: number };

/** Everything sent since the start, or since it was cleared. */
export type Mails = {
  /** Takes a send; the same operation id again changes nothing but the count. */
  accept(operationId: string, message: Message, outcome: Operation['outcome']): void;
  operation(operationId: string): Operation | undefined;
  /** What arrived, newest first, for one recipient or for all. */
  list(to?: string): Mail[];
  clear(): void;
  /** All of it, as it is kept. */
  all(): [string, Operation][];
};

const isFor = (mail: Mail, to: string): boolean =>
  mail.to.split(', ').some((one) => one.toLowerCase() === to.toLowerCase());

export const createMails = (kept: [string, Operation][] = []): Mails => {
  const operations = new Map(kept);
  return {
    accept: (operationId, message, outcome) => {
      const known = operations.get(operationId);
      if (known) {
        known.mail.attempts += 1;
        return;
      }
      const mail: Mail = {
        operationId,
        sender: message.senderAddress,
        to: message.recipients.to.map((one) => one.address).join(', '),
        subject: message.content.subject,
        html: message.content.html ?? '',
        text: message.content.plainText ?? '',
        at: new Date().toISOString(),
        attempts: 1,
      };
      operations.set(operationId, { mail, outcome, polls: 0 });
    },
    operation: (operationId) => operations.get(operationId),
    list: (to) =>
      [...operations.values()]
        .filter(({ outcome, mail }) => outcome === 'Succeeded' && (to === undefined || isFor(mail, to)))
        .map(({ mail }) => mail)
        .reverse(),
    clear: () => operations.clear(),
    all: () => [...operations],
  };
};
