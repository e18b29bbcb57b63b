import { claim, delay, isDue, isExhausted, release } from '../attempts.ts';
import { isMailbox } from '../organization.ts';
import { changed, type Draft, draft, note, type Outcome, type Rules, SYSTEM, UNCHANGED } from '../outcome.ts';
import type { Mail, MailKind, Subscription } from '../subscription.ts';

/** What tells a message apart from all others of the subscription. */
export type MailKey = Pick<Mail, 'kind' | 'occurrence' | 'to'>;

const isSame = (left: MailKey, right: MailKey): boolean =>
  left.kind === right.kind && left.occurrence === right.occurrence && left.to.toLowerCase() === right.to.toLowerCase();

const find = (record: Subscription, key: MailKey): Mail | undefined => record.mails.find((mail) => isSame(mail, key));

/** Taken over as it was, and nobody has started anything since: nobody is told anything. */
export const isQuiet = ({ adoptedAt, requestedAt }: Subscription): boolean =>
  adoptedAt !== undefined && requestedAt === undefined;

/** Asks for one message per recipient, unless it was asked for before. */
export const ask = ({ next }: Draft, kind: MailKind, occurrence: string, recipients: string[]): void => {
  // What is new is about us, not about the customer.
  if (isQuiet(next) && kind !== 'new-value') return;
  for (const to of new Set(recipients)) {
    if (!find(next, { kind, occurrence, to })) next.mails.push({ kind, occurrence, to, state: 'pending', attempts: 0 });
  }
};

/** A visitor may name any address: so many different ones get a receipt, and no more. */
const RECEIPTS = 3;

/** A receipt for the onboarding request, at most one per address. */
export const askReceipt = (work: Draft): void => {
  const to = work.next.contact?.email;
  const sent = work.next.mails.filter((mail) => mail.kind === 'request-received').length;
  if (to !== undefined && sent < RECEIPTS) ask(work, 'request-received', '1', [to]);
};

const FOR_THE_LIVING: MailKind[] = [
  'request-received',
  'workspace-ready',
  'billing-started',
  'change-done',
  'change-refused',
  'suspended',
  'suspended-operators',
  'reinstated',
  'reminder',
  'reminder-operators',
];

/** Takes back what would tell a buyer to go on with a subscription that has ended. */
export const takeBack = ({ next }: Draft): void => {
  next.mails = next.mails.filter((mail) => mail.state !== 'pending' || !FOR_THE_LIVING.includes(mail.kind));
};

/** Takes back what would tell of a suspension, or remind of a purchase, where billing runs now. */
export const takeBackOvertaken = ({ next }: Draft): void => {
  const isOver = ({ kind, state }: Mail): boolean => state === 'pending' && /^(suspended|reminder)/.test(kind);
  next.mails = next.mails.filter((mail) => !isOver(mail));
};

/** Where the buyer is reached: the contact; without one, the purchaser. */
export const askBuyer = (work: Draft, kind: MailKind, occurrence = '1'): void => {
  const to = work.next.contact?.email ?? work.next.purchaser.email;
  if (isMailbox(to)) ask(work, kind, occurrence, [to]);
};

const settleNotification = ({ next, rules }: Draft): void => {
  const mails = next.mails.filter((mail) => mail.kind === 'new-onboarding');
  const failed = mails.find((mail) => mail.state === 'failed');
  const at = rules.now.toISOString();
  if (failed)
    next.steps.notification = { state: 'failed', attempts: failed.attempts, at, code: failed.code ?? 'mail-refused' };
  else if (mails.every((mail) => mail.state === 'sent')) {
    const attempts = Math.max(...mails.map((mail) => mail.attempts));
    next.steps.notification = { state: 'done', attempts, at };
  }
};

/** Tells the operators of the new customer; with nobody to tell, the step says so. */
export const askOperators = (work: Draft): void => {
  if (work.next.mails.some((mail) => mail.kind === 'new-onboarding')) return;
  tellOperators(work);
};

/** Starts the notification over with today's operators, if there are any: an address may have been wrong, or none been set. */
export const tellOperatorsAgain = (work: Draft): boolean => {
  if (work.rules.operators.length === 0) return false;
  // One that is being sent stays: asked for anew, it would be sent twice.
  work.next.mails = work.next.mails.filter(
    (mail) => mail.kind !== 'new-onboarding' || mail.state === 'sent' || mail.claim !== undefined,
  );
  work.next.steps.notification = { state: 'pending', attempts: 0 };
  tellOperators(work);
  settleNotification(work);
  return true;
};

const tellOperators = (work: Draft): void => {
  ask(work, 'new-onboarding', '1', work.rules.operators);
  if (work.rules.operators.length > 0) return;
  work.next.steps.notification = {
    state: 'failed',
    attempts: 0,
    at: work.rules.now.toISOString(),
    code: 'no-operators',
  };
};

const BEFORE_READY = new Set(['resolved', 'provisioning', 'awaiting-confirmation']);

/**
 * Tells the operators once that Microsoft bills while the workspace is not ready yet (auto-activated plans, contract 0.1). Not
 * of what came back from a backup: we may have started billing ourselves, and the record does not know it any more.
 */
export const askAlreadyBilled = (work: Draft): void => {
  const { next, rules } = work;
  if (next.restoredAt !== undefined) return;
  if (next.marketplaceStatus === 'Subscribed' && BEFORE_READY.has(next.stage))
    ask(work, 'already-billed', '1', rules.operators);
};

/** The first message that may be sent now. */
export const nextMail = (record: Subscription, now: Date): Mail | undefined =>
  record.mails.find((mail) => mail.state === 'pending' && isDue(mail, now));

export const mailClaimed = (record: Subscription, key: MailKey, by: string, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const mail = find(work.next, key);
  if (mail?.state !== 'pending' || !isDue(mail, rules.now)) return UNCHANGED;
  // A lapsed claim was left by a process that died over it.
  if (mail.claim && isExhausted(mail, rules.now)) return fail(work, mail, 'died-too-often');
  claim(mail, by, rules.now);
  return changed(work);
};

export const mailSent = (record: Subscription, key: MailKey, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const mail = find(work.next, key);
  if (mail?.state !== 'pending') return UNCHANGED;
  release(mail);
  delete mail.code;
  delete mail.delays;
  mail.state = 'sent';
  mail.sentAt = rules.now.toISOString();
  if (mail.kind === 'new-onboarding') settleNotification(work);
  note(work, 'mail-sent', SYSTEM, mail.kind);
  return changed(work);
};

const fail = (work: Draft, mail: Mail, code: string): Outcome => {
  release(mail);
  mail.state = 'failed';
  mail.code = code;
  if (mail.kind === 'new-onboarding') settleNotification(work);
  note(work, 'mail-failed', SYSTEM, `${mail.kind}: ${code}`);
  return changed(work);
};

/** The service cannot be reached or asks to wait. Trouble with mail shows in console and log, never by mail (design 5). */
export const mailDelayed = (
  record: Subscription,
  key: MailKey,
  because: { by: string; code: string; retryAfterSeconds?: number },
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  const mail = find(work.next, key);
  const { by, code, retryAfterSeconds } = because;
  if (mail?.state !== 'pending' || mail.claim?.by !== by) return UNCHANGED;
  return delay(mail, code, rules.now, retryAfterSeconds) === undefined ? fail(work, mail, code) : changed(work);
};

/** The message will not be sent. Told by whoever claimed it, or of a claim that lapsed. */
export const mailFailed = (
  record: Subscription,
  key: MailKey,
  { by, code }: { by: string; code: string },
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  const mail = find(work.next, key);
  const mayEnd = mail?.state === 'pending' && (mail.claim?.by === by || isDue(mail, rules.now));
  return mayEnd ? fail(work, mail, code) : UNCHANGED;
};
