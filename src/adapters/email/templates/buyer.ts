import type { MailFacts } from '../../../application/ports.ts';
import type { Subscription } from '../../../domain/subscription.ts';
import { orderFacts, portalName, portalSteps, subscriptionFacts, waysToPay } from './for-buyers.ts';
import { type Block, facts, heading, type Letter, notice, paragraph, steps } from './letter.ts';
import { billedSince, day, isBilled } from './wording.ts';

const billingPromise = ({ activationPolicy, publisherName, subscription }: MailFacts): string => {
  const promises: Record<typeof activationPolicy, string> = {
    buyer: 'You then activate the subscription. Billing starts at that moment, not before.',
    operator: `${publisherName} then starts billing, not before your workspace is ready.`,
    'when-ready': 'Billing starts when your workspace is ready, not before.',
  };
  return isBilled(subscription)
    ? `Microsoft has billed this purchase ${billedSince(subscription)}.`
    : promises[activationPolicy];
};

/** The receipt. Whoever typed the address may have typed somebody else's: nothing of theirs is repeated in it. */
export const requestReceived = (mail: MailFacts): Letter => {
  const { publisherName, subscription } = mail;
  return {
    audience: 'buyer',
    subject: `${publisherName}: we have your request`,
    preview: isBilled(subscription)
      ? 'We are setting up your workspace.'
      : 'We are setting up your workspace. You are not billed yet.',
    title: 'We are setting up your workspace',
    blocks: [
      paragraph(
        `We received the request to set up your ${publisherName} workspace for this purchase in Azure Marketplace.`,
      ),
      ...(isBilled(subscription) ? [] : [notice('You are not billed yet.')]),
      facts(orderFacts(subscription)),
      heading('What happens next'),
      steps([
        `${publisherName} sets up your workspace.`,
        'You get a message as soon as it is ready.',
        billingPromise(mail),
      ]),
      heading('See how far it is'),
      portalSteps(subscription, 'your subscription', 'The page shows each step as it is done.'),
    ],
  };
};

const isSuspended = ({ marketplaceStatus }: Subscription): boolean => marketplaceStatus === 'Suspended';

const readyBlocks = ({ activationPolicy, publisherName, subscription }: MailFacts): Block[] => {
  if (isSuspended(subscription)) {
    return [
      paragraph(
        'Your workspace is set up and confirmed. Microsoft has suspended the subscription because it could not collect the payment: you get access once that is settled.',
      ),
      heading('Where to pay'),
      waysToPay(subscription),
    ];
  }
  if (isBilled(subscription)) {
    return [
      paragraph(
        `Your workspace is set up and confirmed. Microsoft has billed this subscription ${billedSince(subscription)}; there is nothing left to activate.`,
      ),
    ];
  }
  const blocks: Record<typeof activationPolicy, Block[]> = {
    buyer: [
      paragraph(
        'Your workspace is set up and confirmed. One step is left, and it is yours: activate the subscription.',
      ),
      notice('You are not billed until you activate.'),
      heading('Activate the subscription'),
      portalSteps(
        subscription,
        portalName(subscription),
        'Press “Activate subscription”. Billing starts at that moment.',
      ),
    ],
    operator: [
      paragraph(
        `Your workspace is set up and confirmed. ${publisherName} now starts billing; there is nothing for you to do. You get a message when billing has started.`,
      ),
    ],
    'when-ready': [
      paragraph(
        'Your workspace is set up. Billing now starts by itself; there is nothing for you to do. You get a message when it has started.',
      ),
    ],
  };
  return blocks[activationPolicy];
};

const readyPreview = ({ activationPolicy, subscription }: MailFacts): string => {
  if (isSuspended(subscription)) return 'One step is left: settle the payment.';
  return activationPolicy === 'buyer' && !isBilled(subscription)
    ? 'One step is left: activate the subscription.'
    : 'There is nothing left for you to do.';
};

/** The set-up is confirmed; whose turn it is depends on the publisher's activation policy. */
export const workspaceReady = (mail: MailFacts): Letter => ({
  audience: 'buyer',
  subject: `${mail.publisherName}: your workspace is ready`,
  preview: readyPreview(mail),
  title: 'Your workspace is ready',
  blocks: [...readyBlocks(mail), heading('Your subscription'), facts(subscriptionFacts(mail.subscription))],
});

/** Microsoft says Subscribed. */
export const billingStarted = ({ publisherName, subscription }: MailFacts): Letter => ({
  audience: 'buyer',
  subject: `${publisherName}: your subscription is active`,
  preview: subscription.isFreeTrial ? 'Your free trial has begun.' : 'Billing has started through Azure Marketplace.',
  title: 'Your subscription is active',
  blocks: [
    paragraph(
      `Your subscription is active${subscription.activatedAt ? ` since ${day(subscription.activatedAt)}` : ''}. ${
        subscription.isFreeTrial
          ? 'It is a free trial: billing starts when the trial ends.'
          : 'Billing has started: Microsoft bills you through Azure Marketplace.'
      }`,
    ),
    facts(subscriptionFacts(subscription)),
    heading('Change or cancel it'),
    portalSteps(subscription, portalName(subscription), 'The page shows what you can change.'),
  ],
});
