import { PegasusError } from '../../domain/errors.ts';
import type { Clock } from '../ports.ts';
import type { CheckResult } from './check.ts';

/** An operator who presses twice, or a script that goes round, does not use up the hour's mails. */
const EVERY_MS = 60_000;

const notOurs = (operators: string[]): PegasusError => {
  const detail = operators.length === 0 ? 'OPERATOR_EMAILS is empty.' : 'This must be one of OPERATOR_EMAILS.';
  return new PegasusError('invalid-request', `A test mail goes to an operator. ${detail}`, {
    extras: { errors: [{ pointer: '/to', detail }] },
  });
};

/**
 * Sends a test mail to one of the operators, the first of them unless `to` names another, and tells what came of it. Nobody
 * else is written to: who may ask for it could write to anybody otherwise.
 * @throws `invalid-request` for another address; `too-many-requests` within a minute of the one before, on this instance
 */
export const testMailSender = (
  { clock, operators }: { clock: Clock; operators: string[] },
  send: (to: string) => Promise<CheckResult>,
): ((to: string | undefined) => Promise<CheckResult>) => {
  let last = Number.NEGATIVE_INFINITY;
  return async (wanted) => {
    const to = operators.find((one) => wanted === undefined || one.toLowerCase() === wanted.toLowerCase());
    if (to === undefined) throw notOurs(operators);
    const now = clock().getTime();
    if (now < last + EVERY_MS)
      throw new PegasusError('too-many-requests', 'A test mail was sent within the last minute. Wait for it.', {
        extras: { retryAfterSeconds: (last + EVERY_MS - now) / 1000 },
      });
    last = now;
    return send(to);
  };
};
