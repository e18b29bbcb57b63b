import { randomUUID } from 'node:crypto';
import type { EmailMessage } from '@azure/communication-email';
import type { MailLook, MailProbe } from '../../application/checks/probes.ts';
import { connection, type MailerOptions, within } from './mailer.ts';
import { outcomeOfFailure } from './outcome.ts';

/** Knocks at the mail service, and sends a test mail when it is asked for. */
export const mailProbe = (options: MailerOptions): MailProbe => {
  const connected = connection(options);
  const send = async (to: string[]): Promise<MailLook> => {
    const message: EmailMessage = {
      senderAddress: options.sender,
      recipients: { to: to.map((address) => ({ address })) },
      content: {
        subject: 'Test mail of Pegasus',
        plainText: 'Somebody at the publisher asked for this mail to see that mails are sent. Nothing is to be done.',
      },
      disableUserEngagementTracking: true,
    };
    try {
      await within(options.limitMs ?? 10_000, async (abortSignal) =>
        (await connected()).beginSend(message, { operationId: randomUUID(), abortSignal }),
      );
      return { kind: 'sent' };
    } catch (error) {
      return outcomeOfFailure(error);
    }
  };
  return { knock: () => send([]), sendTest: (to) => send([to]) };
};
