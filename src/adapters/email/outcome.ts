import type { TokenCredential } from '@azure/identity';
import type { Mailer } from '../../application/ports.ts';

type Outcome = Awaited<ReturnType<Mailer['send']>>;

/** We could not prove who we are; not an answer of the e-mail service, whatever status the cause may carry. */
class CredentialFault extends Error {}

const asCredentialFault = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (cause) {
    throw new CredentialFault('no access to the e-mail service', { cause });
  }
};

/** The credential, its failures told apart from the e-mail service's. */
export const withCredentialFaults = async (credential: () => Promise<TokenCredential>): Promise<TokenCredential> => {
  const inner = await asCredentialFault(credential);
  return { getToken: (scopes, options) => asCredentialFault(() => inner.getToken(scopes, options)) };
};

type Answered = { statusCode?: number; response?: { headers: { get(name: string): string | undefined } } };

/** Seconds to wait; a date, or nothing at all, leaves the wait to the caller. */
const waitAsked = (answer: Answered): { retryAfterSeconds?: number } => {
  const header = answer.response?.headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(header) ? { retryAfterSeconds: Number(header) } : {};
};

/**
 * What a failed send means for the mail. A 2xx whose body could not be read is still a 2xx; 408 and 409 (the same
 * `Operation-Id` is still being worked on) pass, as 5xx and a redirect do. No part of the error is passed on: it may
 * repeat the recipient's address.
 */
export const outcomeOfFailure = (error: unknown): Outcome => {
  if (error instanceof CredentialFault) return { kind: 'later', code: 'mail-unauthorized' };
  const answer = error instanceof Error ? (error as Answered) : {};
  const status = answer.statusCode;
  if (status === undefined) return { kind: 'later', code: 'mail-unreachable' };
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status === 429) return { kind: 'later', code: 'mail-throttled', ...waitAsked(answer) };
  if (status === 401 || status === 403) return { kind: 'later', code: 'mail-unauthorized' };
  if (status >= 400 && status < 500 && status !== 408 && status !== 409)
    return { kind: 'refused', code: 'mail-refused' };
  return { kind: 'later', code: 'mail-unavailable', ...waitAsked(answer) };
};
