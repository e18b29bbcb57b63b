import { chooseAdmin, isAdminNamed } from '../organization.ts';
import { changed, type Draft, draft, note, type Outcome, type Rules, refused, UNCHANGED } from '../outcome.ts';
import { rolesOf, type Visitor } from '../party.ts';
import type { Actor, Contact, Subscription } from '../subscription.ts';
import { ask, askAlreadyBilled, askReceipt } from './mails.ts';

export const buyerActor = (record: Subscription, visitor: Visitor): Actor => ({
  kind: 'buyer',
  objectId: visitor.objectId,
  roles: rolesOf(record, visitor),
});

/**
 * Begins the set-up without a visit: of a plan that Microsoft activated by itself, or because an operator says so. The contact
 * is unknown until somebody lands; the purchaser's e-mail stands in for it.
 */
export const startSetUp = (work: Draft, actor: Actor, reason?: string): void => {
  work.next.stage = 'provisioning';
  work.next.requestedAt = work.rules.now.toISOString();
  note(work, 'set-up-started', actor, reason);
  askAlreadyBilled(work);
};

const isSameContact = (left: Contact | undefined, right: Contact): boolean => {
  const fields = (contact: Contact): string =>
    JSON.stringify(Object.entries(contact).sort(([one], [other]) => one.localeCompare(other)));
  return left !== undefined && fields(left) === fields(right);
};

const IN_SET_UP = new Set(['provisioning', 'awaiting-confirmation']);

const isUnconfirmed = ({ stage, confirmation }: Subscription): boolean =>
  IN_SET_UP.has(stage) && confirmation === undefined;

const hasNoAdminEmail = ({
  steps: {
    'admin-user': { state, code },
  },
}: Subscription): boolean => state === 'failed' && code === 'no-admin-email';

/** Whether what the buyer said of whom to reach may still be corrected: until the set-up is confirmed. */
export const mayCorrectContact = (record: Subscription): boolean =>
  record.contact !== undefined && isUnconfirmed(record);

/** Whether the set-up needs the buyer: it began without one, or stopped because no address reaches the administrator. */
export const isContactWanted = (record: Subscription): boolean =>
  isUnconfirmed(record) && (record.contact === undefined || (hasNoAdminEmail(record) && isAdminNamed(record)));

/** The contact brings the address that was missing: the set-up goes on, and the operators, who were asked to help, hear of it. */
const resume = (work: Draft): void => {
  const { next, rules } = work;
  if (!hasNoAdminEmail(next) || !chooseAdmin(next)) return;
  next.steps['admin-user'] = { state: 'pending', attempts: 0 };
  ask(work, 'new-onboarding', `contact ${next.version}`, rules.operators);
};

/**
 * The buyer asks for the set-up. Asking again changes nothing but the contact, and that only until the set-up is confirmed;
 * an admin user that failed for want of an address is tried again when the contact has one.
 */
export const onboardRequested = (record: Subscription, contact: Contact, visitor: Visitor, rules: Rules): Outcome => {
  if (record.stage === 'cancelled' || record.stage === 'erased') return refused('subscription-cancelled');
  const work = draft(record, rules);
  const { next } = work;
  const actor = buyerActor(record, visitor);
  if (record.stage === 'resolved') {
    next.stage = 'provisioning';
    next.requestedAt = rules.now.toISOString();
    next.contact = contact;
    note(work, 'onboarding-requested', actor);
  } else {
    if (record.confirmation || isSameContact(record.contact, contact)) return UNCHANGED;
    next.contact = contact;
    note(work, record.contact ? 'contact-updated' : 'onboarding-requested', actor);
    resume(work);
  }
  askReceipt(work);
  return changed(work);
};
