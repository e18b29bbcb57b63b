import { changed, type Draft, draft, note, type Outcome, type Rules, refused, UNCHANGED } from '../outcome.ts';
import { rolesOf, type Visitor } from '../party.ts';
import type { Actor, Contact, Subscription } from '../subscription.ts';
import { askAlreadyBilled, askReceipt } from './mails.ts';

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

/**
 * The buyer asks for the set-up. Asking again changes nothing but the contact, and that only until the set-up is confirmed.
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
    note(work, 'contact-updated', actor);
  }
  askReceipt(work);
  return changed(work);
};
