import type { MailFacts } from '../../../application/ports.ts';
import type { Subscription } from '../../../domain/subscription.ts';
import { ending } from './ending.ts';
import { type Fact, facts, heading, type Letter, paragraph, steps, warning } from './letter.ts';
import { day, isResold, moment, shortName, suspendedUntil } from './wording.ts';

/** Payment failed: the buyer was told where to pay. */
export const suspendedOperators = (mail: MailFacts): Letter => {
  const { subscription } = mail;
  const until = suspendedUntil(subscription);
  return {
    audience: 'operators',
    subject: `Suspended: ${shortName(subscription)}`,
    preview: 'Microsoft could not collect the payment.',
    title: 'A subscription is suspended',
    blocks: [
      paragraph('Microsoft could not collect the payment. Access to the workspace is off; all data is kept.'),
      facts([
        ...(subscription.suspendedAt ? [{ label: 'Suspended since', value: moment(subscription.suspendedAt) }] : []),
        { label: 'Ends on', value: until ?? '30 days after the suspension' },
      ]),
      heading('What happens next'),
      steps([
        isResold(subscription)
          ? 'The customer bought through a reseller or another party, who has to settle the payment with Microsoft. The customer was told so.'
          : 'The customer was told where to pay and until when.',
        'If the payment comes, Microsoft reinstates the subscription and access comes back by itself.',
        `If it does not come${until ? ` by ${until}` : ' within 30 days'}, Microsoft ends the subscription. You get a message.`,
      ]),
      ...ending(mail),
    ],
  };
};

const erasureFacts = ({ erasure }: Subscription): Fact[] =>
  erasure
    ? [
        { label: 'Contact data', value: `kept until ${day(erasure.contactDueAt)}` },
        { label: 'Workspace data', value: `kept until ${day(erasure.workspaceDueAt)}` },
      ]
    : [{ label: 'Data', value: 'kept for at least 7 days' }];

/** The end of a subscription, and what becomes of its data. */
export const unsubscribedOperators = (mail: MailFacts): Letter => {
  const { subscription } = mail;
  return {
    audience: 'operators',
    subject: `Ended: ${shortName(subscription)}`,
    preview: 'The subscription has ended, and access with it.',
    title: 'A subscription has ended',
    blocks: [
      paragraph(
        'Microsoft says that this subscription has ended. It cannot be taken up again; buying anew makes a new one.',
      ),
      facts([
        ...(subscription.cancelledAt ? [{ label: 'Ended', value: moment(subscription.cancelledAt) }] : []),
        ...erasureFacts(subscription),
      ]),
      heading('What happens next'),
      steps([
        'The workspace is told to end access. If the organization has another subscription, it keeps the access of that one.',
        'Three days before data is erased you get a message. Until then you can hold the erasure in the console, with a reason.',
        'Usage that was reported before the end is still billed by Microsoft.',
      ]),
      ...ending(mail),
    ],
  };
};

const erasureParts = ({ erasure }: Subscription): Fact[] => [
  ...(erasure && !erasure.contactErasedAt
    ? [{ label: 'Contact data erased on', value: day(erasure.contactDueAt) }]
    : []),
  ...(erasure && !erasure.workspaceErasedAt
    ? [{ label: 'Workspace data erased on', value: day(erasure.workspaceDueAt) }]
    : []),
];

/** Three days before data is erased for good; a hold that came in between is told instead. */
export const erasureSoon = (mail: MailFacts): Letter => {
  const { subscription } = mail;
  const isHeld = subscription.erasure?.hold !== undefined;
  return {
    audience: 'operators',
    subject: `${isHeld ? 'Erasure is held' : 'Data is erased in 3 days'}: ${shortName(subscription)}`,
    preview: isHeld ? 'Nothing is erased for now.' : 'Hold it in the console if there is a reason to.',
    title: isHeld ? 'The erasure of data is held' : 'Data of an ended subscription is erased in 3 days',
    blocks: [
      isHeld
        ? paragraph('An operator has held the erasure: nothing is erased until the hold is released.')
        : warning('What is erased cannot be brought back. If there is a reason to keep it, hold the erasure now.'),
      facts([
        ...(subscription.cancelledAt ? [{ label: 'Ended on', value: day(subscription.cancelledAt) }] : []),
        ...erasureParts(subscription),
      ]),
      paragraph('The workspace of an organization that has another living subscription is not erased.'),
      heading('What to do'),
      steps(
        isHeld
          ? ['When the reason is gone, release the hold in the console.']
          : [
              'If there is no reason to keep the data: nothing.',
              'If there is one, such as a legal claim or a customer who still wants a copy, hold the erasure in the console and enter the reason.',
            ],
      ),
      ...ending(mail),
    ],
  };
};
