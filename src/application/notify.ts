import { createHash } from 'node:crypto';
import { chooseAdmin } from '../domain/organization.ts';
import type { Outcome, Rules } from '../domain/outcome.ts';
import type { Mail, Subscription } from '../domain/subscription.ts';
import { mailClaimed, mailDelayed, mailFailed, mailSent, nextMail } from '../domain/transitions/mails.ts';
import { reminderDue } from '../domain/transitions/reminders.ts';
import { followUp } from './follow-up.ts';
import { type Needs, rulesOf } from './needs.ts';
import type { MailFacts, Stored } from './ports.ts';
import { update, updateLoaded } from './update.ts';

type NotifyNeeds = Pick<
  Needs,
  'store' | 'queues' | 'mailer' | 'clock' | 'newId' | 'log' | 'rules' | 'consoleUrl' | 'publisherName' | 'supportEmail'
>;

/**
 * The notifications worker: sends the messages that the record asks for now, one claim and one attempt each. A message may
 * repeat only if the process dies between the service's 202 and our commit, and then under the same Operation-Id (P3).
 * @throws `storage-unavailable`: the queue delivers again
 */
export const notify = async (needs: NotifyNeeds, subscriptionId: string): Promise<void> => {
  const reminded = await update(needs.store, subscriptionId, (record) => reminderDue(record, rulesOf(needs)));
  let stored = reminded?.stored;
  let last = reminded?.isChanged ? stored : undefined;
  while (stored) {
    const mail = nextMail(stored.record, needs.clock());
    stored = mail && (await send(needs, stored, mail));
    last = stored ?? last;
  }
  if (last) await followUp(needs.queues, 'notifications', last.record, needs.clock());
};

const send = async (needs: NotifyNeeds, loaded: Stored, mail: Mail): Promise<Stored | undefined> => {
  const by = needs.newId();
  const claimed = await updateLoaded(needs.store, loaded, (record) => mailClaimed(record, mail, by, rulesOf(needs)));
  const { record } = claimed.stored;
  if (!record.mails.some((one) => one.claim?.by === by)) return claimed.isChanged ? claimed.stored : undefined;
  const operationId = operationIdOf(record.id, mail);
  const result = await needs.mailer.send({
    operationId,
    kind: mail.kind,
    to: mail.to,
    facts: factsOf(needs, record, mail),
  });
  const fields = { kind: mail.kind, attempt: mail.attempts + 1 };
  const decide = (current: Subscription, rules: Rules): Outcome => {
    if (result.kind === 'sent') return mailSent(current, mail, rules);
    if (result.kind === 'refused') return mailFailed(current, mail, { by, ...result }, rules);
    return mailDelayed(current, mail, { by, ...result }, rules);
  };
  const { stored } = await updateLoaded(needs.store, claimed.stored, (current) => decide(current, rulesOf(needs)));
  if (result.kind === 'sent') needs.log('PEG_MAIL_SENT', fields);
  else needs.log(result.kind === 'later' ? 'PEG_MAIL_DELAYED' : 'PEG_MAIL_FAILED', { ...fields, code: result.code });
  return stored;
};

const factsOf = (needs: NotifyNeeds, subscription: Subscription, { occurrence }: Mail): MailFacts => {
  const admin = chooseAdmin(subscription);
  return {
    subscription,
    occurrence,
    consoleUrl: needs.consoleUrl,
    publisherName: needs.publisherName,
    activationPolicy: needs.rules.policy,
    ...(admin ? { admin: { email: admin.email, source: admin.source } } : {}),
    ...(needs.supportEmail === undefined ? {} : { supportEmail: needs.supportEmail }),
  };
};

/** The namespace of our mail ids: a random UUID, fixed for ever. */
const NAMESPACE = Buffer.from('5b0d3a6e6f0c4a0f9d0e2f0c7d6a1b3c', 'hex');

/** UUIDv5 (RFC 9562 5.5) of (subscription, kind, occurrence, recipient): the same message, the same id (P3). */
export const operationIdOf = (subscriptionId: string, { kind, occurrence, to }: Mail): string => {
  const name = JSON.stringify([subscriptionId, kind, occurrence, to]);
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
