import type { EmailClient, EmailClientOptions, EmailMessage } from '@azure/communication-email';
import type { TokenCredential } from '@azure/identity';
import type { Mailer, OutgoingMail } from '../../application/ports.ts';
import { outcomeOfFailure, withCredentialFaults } from './outcome.ts';

/**
 * Where mail goes: `connectionString` (with its access key) or else `endpoint` with `credential`, which is asked for once.
 * `sender` is an address of a domain that is linked to the resource. `limitMs` bounds one send (default 10 000 ms).
 */
export type MailerOptions = {
  connectionString?: string;
  endpoint?: string;
  credential?: () => Promise<TokenCredential>;
  sender: string;
  limitMs?: number;
};

type Policy = NonNullable<EmailClientOptions['additionalPolicies']>[number]['policy'];

/**
 * The SDK polls as soon as the POST is answered, and a poll that fails or is throttled makes its `beginSend` fail although
 * the mail is accepted (contract 9.3). Without the address of the operation there is nothing to poll: the POST decides.
 */
const withoutPolls: Policy = {
  name: 'without-polls',
  sendRequest: async (request, next) => {
    const response = await next(request);
    response.headers.delete('operation-location');
    response.headers.delete('location');
    return response;
  },
};

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

type Service =
  | { connectionString: string; allowInsecureConnection: boolean }
  | { endpoint: string; credential: () => Promise<TokenCredential> };

/** The service, once it is known that neither the mail nor what proves who we are can be read on its way. */
const checkedService = ({ connectionString, endpoint, credential }: MailerOptions): Service => {
  const named = connectionString === undefined ? endpoint : /(?:^|;)\s*endpoint=([^;]+)/i.exec(connectionString)?.[1];
  const url = URL.parse(named ?? '');
  if (!url) throw new Error('The address of the e-mail service is missing or no URL.');
  const isLoopback = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
  if (url.protocol !== 'https:' && !isLoopback) {
    throw new Error('The address of the e-mail service must be https; http is for loopback only.');
  }
  if (connectionString !== undefined) return { connectionString, allowInsecureConnection: isLoopback };
  if (isLoopback) throw new Error('An e-mail service on loopback needs a connection string.');
  if (!credential) throw new Error('An e-mail service without connection string needs a credential.');
  return { endpoint: url.href, credential };
};

const connect = async (service: Service): Promise<EmailClient> => {
  const { EmailClient } = await import('@azure/communication-email');
  const options: EmailClientOptions = {
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    additionalPolicies: [{ policy: withoutPolls, position: 'perCall' }],
  };
  if ('connectionString' in service) {
    const { connectionString, allowInsecureConnection } = service;
    return new EmailClient(connectionString, { ...options, allowInsecureConnection });
  }
  return new EmailClient(service.endpoint, await withCredentialFaults(service.credential), options);
};

const toMessage = async ({ kind, to, facts }: OutgoingMail, sender: string): Promise<EmailMessage> => {
  // Loaded with the first mail: what it prepares costs more than all else that loads with the app.
  const { renderMail } = await import('./templates/render.ts');
  const { subject, html, text } = renderMail(kind, facts);
  return {
    senderAddress: sender,
    recipients: { to: [{ address: to }] },
    content: { subject, html, plainText: text },
    disableUserEngagementTracking: true,
    ...(facts.supportEmail ? { replyTo: [{ address: facts.supportEmail }] } : {}),
  };
};

/** Gives up after `limitMs`, whatever the work hangs in: a connection, an answer, a credential. */
export const within = async (limitMs: number, work: (signal: AbortSignal) => Promise<unknown>): Promise<void> => {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('The e-mail service took too long.'));
      controller.abort();
    }, limitMs);
  });
  try {
    await Promise.race([work(controller.signal), limit]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * The SDK's client, made on first use, and again where that failed.
 * @throws Error as `mailer`
 */
export const connection = (options: MailerOptions): (() => Promise<EmailClient>) => {
  const service = checkedService(options);
  let client: Promise<EmailClient> | undefined;
  return async () => {
    client ??= connect(service);
    try {
      return await client;
    } catch (error) {
      client = undefined;
      throw error;
    }
  };
};

/**
 * Sends through Azure Communication Services (contract 9): one POST per `send`, under the mail's `Operation-Id`, and no
 * status poll. A 2xx counts as sent; anything that may pass is `later` (`mail-throttled`, `mail-unauthorized`,
 * `mail-unavailable`, `mail-unreachable`); any other 4xx is `refused` (`mail-refused`).
 * @throws Error when the address is no URL, or http to anything but loopback, or lacks what proves who we are
 */
export const mailer = (options: MailerOptions): Mailer => {
  const connected = connection(options);

  return {
    send: async (mail) => {
      try {
        const message = await toMessage(mail, options.sender);
        await within(options.limitMs ?? 10_000, async (abortSignal) =>
          (await connected()).beginSend(message, { operationId: mail.operationId, abortSignal }),
        );
        return { kind: 'sent' };
      } catch (error) {
        return outcomeOfFailure(error);
      }
    },
  };
};
