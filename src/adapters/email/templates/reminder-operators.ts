import type { MailFacts } from '../../../application/ports.ts';
import { isMailbox } from '../../../domain/organization.ts';
import type { Subscription } from '../../../domain/subscription.ts';
import { type Fact, facts, heading, type Letter, paragraph, steps } from './letter.ts';
import { address } from './plain.ts';
import { contactFacts, purchaseFacts } from './summary.ts';
import { deadline, droppedOn, type Waiting, waitingFor } from './waiting.ts';
import { consoleLink, isPending, shortName } from './wording.ts';

type Words = { title: string; what: string; todo: string[] };

/** The buyer was reminded too, where there is a mailbox; a person's word says more. */
const invite = ({ contact, purchaser }: Subscription, button: string): string => {
  const to = contact?.email ?? purchaser.email;
  const whom = isMailbox(to)
    ? `Write to the customer (${address(to)})`
    : 'Microsoft named no usable address: find another way to the customer';
  return `${whom} and ask them to open the Azure portal, SaaS, this subscription, “Configure account now”, and to press “${button}”.`;
};

const IN_CONSOLE = 'Open the subscription in the console.';

const WORDS: Record<Waiting, (mail: MailFacts) => Words> = {
  landing: ({ subscription }) => ({
    title: 'Purchase not opened yet',
    what: 'The customer bought in Azure Marketplace, and nobody has opened the purchase since.',
    todo: [invite(subscription, 'Onboard')],
  }),
  onboard: ({ subscription }) => ({
    title: 'Purchase opened, not onboarded',
    what: 'The customer opened the purchase and has not pressed “Onboard”.',
    todo: [invite(subscription, 'Onboard'), 'Ask what kept them from it.'],
  }),
  'set-up': ({ activationPolicy, subscription }) => ({
    title: subscription.contact ? 'Customer waits for our set-up' : 'Set-up not confirmed yet',
    what: subscription.contact
      ? 'The customer pressed “Onboard”, and the set-up is not confirmed yet: it is our turn.'
      : 'The set-up began without the customer, and is not confirmed yet: it is our turn.',
    todo: [
      `${IN_CONSOLE} If a step has failed, remove the cause and press “Retry”.`,
      'Press “Confirm set-up” when the workspace is ready.',
      activationPolicy === 'buyer'
        ? 'Leave the customer time: after that they still have to press “Activate subscription”.'
        : 'Leave time for the activation, which comes after that.',
    ],
  }),
  'buyer-activates': ({ subscription }) => ({
    title: 'Workspace ready, not activated',
    what: 'The set-up is confirmed, and the buyer has not pressed “Activate subscription”.',
    todo: [
      invite(subscription, 'Activate subscription'),
      'If they want you to, you can do it for them in the console, with a reason.',
    ],
  }),
  'operator-activates': ({ activationPolicy }) => ({
    title: 'Customer waits for activation',
    what: 'The set-up is confirmed, and the subscription is not activated: it is our turn.',
    todo: [
      activationPolicy === 'operator'
        ? IN_CONSOLE
        : `${IN_CONSOLE} Its timeline shows why the subscription is not active yet.`,
      'Press “Activate subscription” there. Billing starts at that moment.',
    ],
  }),
  microsoft: () => ({
    title: 'Activation not confirmed by Microsoft',
    what: 'Microsoft was asked to activate the subscription and does not say Subscribed yet.',
    todo: [`${IN_CONSOLE} Compare the status there with Partner Center.`],
  }),
  nothing: () => ({
    title: 'Purchase taken up',
    what: 'This was to be a reminder of an unanswered purchase, and it was taken up in the meantime. There is nothing to do.',
    todo: ['The console shows where it stands.'],
  }),
};

/** Which reminder this is: its occurrence says how many days before the end it was due (`10`). */
const whichReminder = (occurrence: string): Fact[] => {
  const [days] = /^\d{1,2}$/.exec(occurrence) ?? [];
  return days ? [{ label: 'Reminder', value: `${days} ${days === '1' ? 'day' : 'days'} before the end` }] : [];
};

/** To operators: whom an unanswered purchase waits for, until when, and what they can do. */
export const reminderOperators = (mail: MailFacts): Letter => {
  const { subscription } = mail;
  const { title, what, todo } = WORDS[waitingFor(mail)](mail);
  return {
    audience: 'operators',
    subject: `${title}: ${shortName(subscription)}`,
    preview: isPending(subscription) ? `Microsoft drops the purchase ${droppedOn(subscription)}.` : what,
    title,
    blocks: [
      paragraph(what),
      ...deadline(subscription, 'The customer is'),
      heading('What to do'),
      steps(todo),
      consoleLink(mail),
      heading('Purchase'),
      facts([...whichReminder(mail.occurrence), ...purchaseFacts(subscription)]),
      ...(subscription.contact
        ? [heading('Contact, as typed by the customer'), facts(contactFacts(subscription))]
        : []),
    ],
  };
};
