import type { MailFacts } from '../../../application/ports.ts';
import { isContactWanted } from '../../../domain/transitions/onboarding.ts';
import { portalName, portalSteps, subscriptionFacts } from './for-buyers.ts';
import { facts, heading, type Letter, paragraph } from './letter.ts';
import { deadline, type Waiting, waitingFor } from './waiting.ts';
import { isBilled } from './wording.ts';

/** One reminder: `last` is the last of the steps through the portal, under the heading `way`. */
type Words = { subject: string; preview: string; title: string; what: string; way: string; last: string };

const WAY_IN = 'How to get back in';
const WAY_TO_SEE = 'See how far it is';
const NOTHING_TO_DO = 'There is nothing for you to do.';

/** `contact`: for the set-up, which needs the buyer to say whom to reach. */
const WORDS: Record<Waiting | 'contact', (mail: MailFacts) => Words> = {
  landing: ({ publisherName }) => ({
    subject: 'your purchase is not set up yet',
    preview: 'One visit starts the set-up of your workspace.',
    title: 'Your purchase waits for you',
    what: `You bought ${publisherName} in Azure Marketplace and have not opened the purchase since. One visit is needed so that we can set up your workspace.`,
    way: WAY_IN,
    last: 'Check your details and press “Onboard”.',
  }),
  onboard: ({ publisherName }) => ({
    subject: 'one step starts your set-up',
    preview: 'The purchase was opened; the set-up was not asked for.',
    title: 'One step starts your set-up',
    what: `You bought ${publisherName} in Azure Marketplace. The page of your purchase was opened, but nobody has asked for the set-up of the workspace yet.`,
    way: WAY_IN,
    last: 'Check your details and press “Onboard”.',
  }),
  contact: ({ publisherName }) => ({
    subject: 'we need your contact details',
    preview: 'One step is left for the set-up of your workspace.',
    title: 'One step is left for your set-up',
    what: `${publisherName} has begun to set up your workspace for your purchase in Azure Marketplace, and needs to know whom to reach.`,
    way: WAY_IN,
    last: 'Check your details and press “Onboard”.',
  }),
  'set-up': ({ activationPolicy, publisherName, subscription }) => ({
    subject: 'we are still setting up your workspace',
    preview: NOTHING_TO_DO,
    title: 'We are on it',
    what: `Your request is with us: ${publisherName} is still setting up your workspace. ${NOTHING_TO_DO} You get a message as soon as it is ready${activationPolicy === 'buyer' && !isBilled(subscription) ? '; you then activate the subscription' : ''}.`,
    way: WAY_TO_SEE,
    last: 'The page shows each step as it is done.',
  }),
  'buyer-activates': () => ({
    subject: 'your workspace is ready, please activate',
    preview: 'One step is left: activate the subscription.',
    title: 'Your workspace waits for you',
    what: 'Your workspace is set up and confirmed. One step is left, and it is yours: activate the subscription.',
    way: WAY_IN,
    last: 'Press “Activate subscription”. Billing starts at that moment.',
  }),
  'operator-activates': ({ publisherName }) => ({
    subject: 'we are about to activate your subscription',
    preview: NOTHING_TO_DO,
    title: 'We are on it',
    what: `Your workspace is set up, and ${publisherName} still has to activate the subscription. ${NOTHING_TO_DO} You get a message when billing has started.`,
    way: WAY_TO_SEE,
    last: 'The page shows how far it is.',
  }),
  microsoft: () => ({
    subject: 'your subscription is being activated',
    preview: NOTHING_TO_DO,
    title: 'Your subscription is being activated',
    what: `Your workspace is set up, and Microsoft was asked to activate the subscription. ${NOTHING_TO_DO} You get a message when billing has started.`,
    way: WAY_TO_SEE,
    last: 'The page shows how far it is.',
  }),
  nothing: () => ({
    subject: 'your purchase was taken up',
    preview: NOTHING_TO_DO,
    title: 'Your purchase was taken up',
    what: `We meant to remind you of your purchase, and it was taken up in the meantime. ${NOTHING_TO_DO}`,
    way: WAY_TO_SEE,
    last: 'The page shows where it stands.',
  }),
};

const wordsFor = (mail: MailFacts): Words => {
  const waiting = waitingFor(mail);
  return WORDS[waiting === 'set-up' && isContactWanted(mail.subscription) ? 'contact' : waiting](mail);
};

/** To the buyer of a purchase that nobody finished: what it waits for, until when, and the way back in. */
export const reminder = (mail: MailFacts): Letter => {
  const { publisherName, subscription } = mail;
  const { subject, preview, title, what, way, last } = wordsFor(mail);
  return {
    audience: 'buyer',
    subject: `${publisherName}: ${subject}`,
    preview,
    title,
    blocks: [
      paragraph(what),
      ...deadline(subscription, 'You are'),
      heading(way),
      portalSteps(subscription, portalName(subscription), last),
      heading('Your purchase'),
      facts(subscriptionFacts(subscription)),
    ],
  };
};
