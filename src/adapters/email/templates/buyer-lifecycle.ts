import type { MailFacts } from '../../../application/ports.ts';
import type { Subscription } from '../../../domain/subscription.ts';
import { portalName, portalSteps, subscriptionFacts, waysToPay } from './for-buyers.ts';
import { type Fact, facts, heading, type Letter, notice, paragraph } from './letter.ts';
import { day, planName, suspendedUntil } from './wording.ts';

/** Microsoft carried out a change of plan or seats (contract 5). */
export const changeDone = ({ publisherName, subscription }: MailFacts): Letter => ({
  audience: 'buyer',
  subject: `${publisherName}: your subscription was changed`,
  preview: `Now ${planName(subscription)}${subscription.quantity === undefined ? '' : `, quantity ${subscription.quantity}`}.`,
  title: 'Your subscription was changed',
  blocks: [
    paragraph('Microsoft carried out a change of plan or quantity. This is your subscription now:'),
    facts(subscriptionFacts(subscription)),
    heading('What it means for your bill'),
    paragraph('Prepaid rates are prorated by Microsoft. Usage up to a change of plan is billed on the old plan.'),
    heading('Change it again'),
    portalSteps(subscription, portalName(subscription), 'The page shows what you can change.'),
  ],
});

/** A change, also a cancellation, was asked for and did not take place. */
export const changeRefused = ({ publisherName, subscription }: MailFacts): Letter => ({
  audience: 'buyer',
  subject: `${publisherName}: the change of your subscription did not take place`,
  preview: 'Your subscription stays as it is.',
  title: 'The change did not take place',
  blocks: [
    paragraph('A change of your subscription was asked for, and Microsoft did not carry it out.'),
    notice('Your subscription goes on. Plan and quantity stay as they are.'),
    facts(subscriptionFacts(subscription)),
    heading('Try again'),
    portalSteps(
      subscription,
      portalName(subscription),
      'The page shows which changes are possible, and why others are not.',
    ),
  ],
});

/** Microsoft could not collect payment; 30 days later the subscription ends (contract 5). */
export const suspended = ({ publisherName, subscription }: MailFacts): Letter => {
  const until = suspendedUntil(subscription);
  return {
    audience: 'buyer',
    subject: `${publisherName}: your subscription is suspended, please check the payment`,
    preview: until ? `Please settle the payment by ${until}.` : 'Please settle the payment within 30 days.',
    title: 'Your subscription is suspended',
    blocks: [
      paragraph(
        `Microsoft could not collect the payment for your subscription${subscription.suspendedAt ? ` and suspended it on ${day(subscription.suspendedAt)}` : ''}. Access to the workspace is off until the payment is settled.`,
      ),
      notice(
        `All your data is kept. Please settle the payment ${until ? `by ${until}` : 'within 30 days of the suspension'}; after that, the subscription ends.`,
      ),
      heading('Where to pay'),
      waysToPay(subscription),
      heading('Your subscription'),
      facts(subscriptionFacts(subscription)),
    ],
  };
};

/** Payment is settled and access is back. */
export const reinstated = ({ publisherName, subscription }: MailFacts): Letter => ({
  audience: 'buyer',
  subject: `${publisherName}: your subscription is active again`,
  preview: 'Access to the workspace is back.',
  title: 'Your subscription is active again',
  blocks: [
    paragraph('Microsoft reinstated your subscription. Access to the workspace is back, and your data is all there.'),
    notice('There is nothing left for you to do.'),
    facts(subscriptionFacts(subscription)),
    heading('Change or cancel it'),
    portalSteps(subscription, portalName(subscription), 'The page shows what you can change.'),
  ],
});

/** Until when what is stored is kept; Microsoft asks for 7 days at least (contract 5). */
const keptFacts = ({ erasure }: Subscription): Fact[] => {
  if (!erasure) return [{ label: 'Your data', value: 'kept for at least 7 days' }];
  const workspace = day(erasure.workspaceDueAt);
  const contact = day(erasure.contactDueAt);
  if (workspace === contact) return [{ label: 'Your data', value: `kept until ${workspace}` }];
  return [
    { label: 'Workspace data', value: `kept until ${workspace}` },
    { label: 'Contact details', value: `kept until ${contact}` },
  ];
};

/** The end: nothing brings this subscription back (contract 5). */
export const unsubscribed = ({ publisherName, subscription, supportEmail }: MailFacts): Letter => ({
  audience: 'buyer',
  subject: `${publisherName}: your subscription has ended`,
  preview: 'Access has ended. Your data is kept for a while.',
  title: 'Your subscription has ended',
  blocks: [
    paragraph(
      `Your ${publisherName} subscription in Azure Marketplace has ended, and access to the workspace with it. If your organization has another ${publisherName} subscription, the workspace stays open for that one.`,
    ),
    facts([
      ...(subscription.cancelledAt ? [{ label: 'Ended on', value: day(subscription.cancelledAt) }] : []),
      ...keptFacts(subscription),
    ]),
    heading('Your data'),
    paragraph(`If you want a copy of your data, write to ${supportEmail ?? publisherName} before it is deleted.`),
    heading('Your bill'),
    paragraph('Usage that was reported before the end is still billed by Microsoft.'),
    heading('If you want to come back'),
    paragraph('This subscription cannot be taken up again. You can buy a new one in Azure Marketplace.'),
    heading('What has ended'),
    facts(subscriptionFacts(subscription)),
  ],
});
