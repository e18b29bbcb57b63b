import type { MailFacts } from '../../../application/ports.ts';
import { pendingUntil, whoseTurn } from '../../../domain/standing.ts';
import type { Subscription } from '../../../domain/subscription.ts';
import { portalName, portalSteps, whichFacts } from './for-buyers.ts';
import { type Block, facts, heading, type Letter, notice, paragraph, steps } from './letter.ts';
import { address } from './plain.ts';
import { purchaseFacts } from './summary.ts';
import { billedSince, consoleLink, day, isBilled, shortName } from './wording.ts';

/** What an unanswered purchase waits for. */
type Waiting = 'landing' | 'onboard' | 'set-up' | 'buyer-activates' | 'operator-activates' | 'microsoft' | 'nothing';

const waitingFor = ({ activationPolicy, subscription }: MailFacts): Waiting => {
  const { who, action } = whoseTurn(subscription, activationPolicy);
  if (action === 'onboard') return subscription.visits.length === 0 ? 'landing' : 'onboard';
  if (action === 'activate') {
    if (who === 'microsoft') return 'microsoft';
    return who === 'buyer' ? 'buyer-activates' : 'operator-activates';
  }
  return ['set-up', 'retry', 'confirm'].includes(action) ? 'set-up' : 'nothing';
};

/** When Microsoft drops the purchase (contract 5). */
const until = (subscription: Subscription): string => {
  const end = pendingUntil(subscription);
  return end ? `on ${day(end)}` : '30 days after the purchase';
};

/** What Microsoft does next, and that nobody pays until then. */
const deadline = (subscription: Subscription, who: string): string =>
  isBilled(subscription)
    ? `Microsoft has billed this purchase ${billedSince(subscription)}.`
    : `${who} not billed yet. Microsoft drops the purchase ${until(subscription)} if it is not activated before.`;

type Words = { subject: string; preview: string; title: string; what: string; last: string };

const forBuyer: Record<Waiting, (publisherName: string) => Words> = {
  landing: (publisherName) => ({
    subject: 'your purchase is not set up yet',
    preview: 'One visit starts the set-up of your workspace.',
    title: 'Your purchase waits for you',
    what: `You bought ${publisherName} in Azure Marketplace and have not opened it since. One visit is needed so that we can set up your workspace.`,
    last: 'Check your details and press “Onboard”.',
  }),
  onboard: (publisherName) => ({
    subject: 'press Onboard to get your workspace',
    preview: 'You opened your purchase, and did not ask for the set-up.',
    title: 'One step starts your set-up',
    what: `You bought ${publisherName} in Azure Marketplace and opened the page of your purchase, but the set-up of your workspace was not asked for yet.`,
    last: 'Check your details and press “Onboard”.',
  }),
  'set-up': (publisherName) => ({
    subject: 'we are still setting up your workspace',
    preview: 'There is nothing for you to do.',
    title: 'We are on it',
    what: `Your request is with us: ${publisherName} is setting up your workspace. It takes longer than it should, and we know of it. There is nothing for you to do; you get a message as soon as it is ready.`,
    last: 'The page shows each step as it is done.',
  }),
  'buyer-activates': () => ({
    subject: 'your workspace is ready, please activate',
    preview: 'One step is left: activate the subscription.',
    title: 'Your workspace waits for you',
    what: 'Your workspace is set up and confirmed. One step is left, and it is yours: activate the subscription.',
    last: 'Press “Activate subscription”. Billing starts at that moment.',
  }),
  'operator-activates': (publisherName) => ({
    subject: 'we are about to activate your subscription',
    preview: 'There is nothing for you to do.',
    title: 'We are on it',
    what: `Your workspace is set up. ${publisherName} still has to activate the subscription, and we know of it. There is nothing for you to do; you get a message when billing has started.`,
    last: 'The page shows how far it is.',
  }),
  microsoft: () => ({
    subject: 'your subscription is being activated',
    preview: 'There is nothing for you to do.',
    title: 'Your subscription is being activated',
    what: 'Your workspace is set up, and Microsoft was asked to activate the subscription. There is nothing for you to do; you get a message when billing has started.',
    last: 'The page shows how far it is.',
  }),
  nothing: () => ({
    subject: 'your purchase was taken up',
    preview: 'There is nothing for you to do.',
    title: 'Your purchase was taken up',
    what: 'Your purchase was taken up while this message was on its way. There is nothing for you to do.',
    last: 'The page shows where it stands.',
  }),
};

/** To the buyer of a purchase that nobody finished: what it waits for, until when, and the way back in. */
export const reminder = (mail: MailFacts): Letter => {
  const { publisherName, subscription } = mail;
  const waiting = waitingFor(mail);
  const { subject, preview, title, what, last } = forBuyer[waiting](publisherName);
  return {
    audience: 'buyer',
    subject: `${publisherName}: ${subject}`,
    preview,
    title,
    blocks: [
      paragraph(what),
      ...(waiting === 'nothing' ? [] : [notice(deadline(subscription, 'You are'))]),
      heading(['landing', 'onboard', 'buyer-activates'].includes(waiting) ? 'How to get back in' : 'See how far it is'),
      portalSteps(subscription, portalName(subscription), last),
      heading('Your purchase'),
      facts(whichFacts(subscription)),
    ],
  };
};

const CONFIRM = 'Open the subscription in the console, finish the set-up and press “Confirm set-up”.';

const invite = ({ purchaser }: Subscription, button: string): string =>
  `Write to the purchaser (${address(purchaser.email)}) and ask them to open the Azure portal, SaaS, this subscription, “Configure account now”, and to press “${button}”.`;

const forOperators: Record<Waiting, (mail: MailFacts) => { title: string; what: string; todo: string[] }> = {
  landing: ({ subscription }) => ({
    title: 'Nobody has opened a purchase yet',
    what: 'The customer bought in Azure Marketplace, and nobody has opened the purchase since.',
    todo: [invite(subscription, 'Onboard')],
  }),
  onboard: ({ subscription }) => ({
    title: 'A customer looked and did not press Onboard',
    what: 'The customer opened the purchase and has not asked for the workspace.',
    todo: [invite(subscription, 'Onboard'), 'Ask what kept them from it.'],
  }),
  'set-up': ({ activationPolicy }) => ({
    title: 'A customer waits for us',
    what: 'The customer asked for the workspace, and the set-up is not confirmed yet.',
    todo: [
      CONFIRM,
      'If a step has failed, remove the cause and press “Retry”.',
      activationPolicy === 'buyer'
        ? 'Leave the customer time: they still have to press “Activate subscription” after that.'
        : 'The subscription still has to be activated after that.',
    ],
  }),
  'buyer-activates': ({ subscription }) => ({
    title: 'A customer has not activated yet',
    what: 'The workspace is ready, and the buyer has not pressed “Activate subscription”.',
    todo: [
      invite(subscription, 'Activate subscription'),
      'If they agree, you can do it for them in the console, with a reason.',
    ],
  }),
  'operator-activates': ({ activationPolicy }) => ({
    title: 'A customer waits for us to activate',
    what: 'The set-up is confirmed, and the subscription is not activated.',
    todo: [
      activationPolicy === 'when-ready'
        ? 'Open the subscription in the console: billing should have started by itself. The timeline shows what keeps it.'
        : 'Open the subscription in the console.',
      'Press “Activate subscription” there. Billing starts at that moment.',
    ],
  }),
  microsoft: () => ({
    title: 'Microsoft has not confirmed an activation',
    what: 'Microsoft was asked to activate the subscription and does not say Subscribed yet.',
    todo: ['Open the subscription in the console and compare the status there with Partner Center.'],
  }),
  nothing: () => ({
    title: 'A purchase was taken up',
    what: 'The purchase was taken up while this message was on its way. There is nothing to do.',
    todo: ['The console shows where it stands.'],
  }),
};

/** Days before the end at which this reminder was due, as its occurrence says (`10`). */
const daysBefore = (occurrence: string): Block[] =>
  /^\d{1,2}$/.test(occurrence)
    ? [
        facts([
          {
            label: 'Reminder',
            value: `${Number(occurrence)} ${Number(occurrence) === 1 ? 'day' : 'days'} before the end`,
          },
        ]),
      ]
    : [];

/** To operators: whom an unanswered purchase waits for and what they can do. */
export const reminderOperators = (mail: MailFacts): Letter => {
  const { subscription } = mail;
  const waiting = waitingFor(mail);
  const { title, what, todo } = forOperators[waiting](mail);
  return {
    audience: 'operators',
    subject: `${title}: ${shortName(subscription)}`,
    preview: isBilled(subscription)
      ? 'Microsoft already bills this customer.'
      : `The purchase ends ${until(subscription)}.`,
    title,
    blocks: [
      paragraph(what),
      ...(waiting === 'nothing' ? [] : [notice(deadline(subscription, 'The customer is'))]),
      ...daysBefore(mail.occurrence),
      heading('What to do'),
      steps(todo),
      consoleLink(mail),
      heading('Purchase'),
      facts(purchaseFacts(subscription)),
    ],
  };
};
