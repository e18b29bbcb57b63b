import type { MailFacts } from '../../../application/ports.ts';
import { badge } from '../../../domain/standing.ts';
import type { Subscription, WorkspaceState } from '../../../domain/subscription.ts';
import { type Block, type Fact, facts, heading, type Letter, paragraph, steps, warning } from './letter.ts';
import { typed } from './plain.ts';
import { shortFacts } from './summary.ts';
import { consoleLink, day, isResold, moment, planName, quantity, shortName, suspendedUntil } from './wording.ts';

/** What every letter to operators ends with. */
const ending = (mail: MailFacts): Block[] => [
  consoleLink(mail),
  heading('Subscription'),
  facts(shortFacts(mail.subscription)),
];

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

/** A change that the publisher's policy refused, and that Microsoft made all the same (contract 4.2). */
export const refusalOverruled = (mail: MailFacts): Letter => {
  const { subscription } = mail;
  return {
    audience: 'operators',
    subject: `Refused change was made anyway: ${shortName(subscription)}`,
    preview: 'Microsoft carried out a change that our policy refused.',
    title: 'Microsoft made a change that we refused',
    blocks: [
      paragraph(
        'Our policy refused a change of plan or seats, and Microsoft carried it out anyway. The record and the workspace follow Microsoft: that is what the customer is billed for.',
      ),
      facts([
        { label: 'Plan now', value: planName(subscription) },
        { label: 'Quantity now', value: quantity(subscription) },
      ]),
      heading('What to do'),
      steps([
        'Decide whether the customer may stay on this plan with these seats.',
        'If not, talk to the customer: they can change it back in the Azure portal or on their account page.',
        'To keep others from it, look in Partner Center at which plans are offered and at the seat limits of the plan.',
      ]),
      ...ending(mail),
    ],
  };
};

/** Microsoft uses a word that this version does not know (P8). */
export const newValue = (mail: MailFacts): Letter => {
  const value = typed(mail.occurrence, 80) || 'not named';
  return {
    audience: 'operators',
    subject: `New value from Microsoft: ${value}`,
    preview: 'Nothing broke. The engineers should know.',
    title: 'Microsoft sent something new',
    blocks: [
      paragraph(
        'Microsoft sent a value that this version of Pegasus does not know. It was recorded and the subscription was read again from Microsoft: the record is true, and nothing broke.',
      ),
      facts([{ label: 'New value', value }]),
      heading('What to do'),
      steps([
        'Tell the engineers: they decide whether Pegasus should do more about it.',
        'You get this message once for each new value, not for each customer.',
      ]),
      ...ending(mail),
    ],
  };
};

const told = ({ planId, quantity: seats, access }: WorkspaceState): string =>
  `plan ${typed(planId, 60)}, ${seats === undefined ? 'not per user' : `quantity ${seats}`}, access ${access}`;

/** The workspace could not be told the newest state for 3 days: it may give too much or too little. */
export const workspaceFailed = (mail: MailFacts): Letter => {
  const { subscription } = mail;
  const { workspace } = subscription;
  const mayHaveTooMuch = ['suspended', 'cancelled'].includes(subscription.stage);
  return {
    audience: 'operators',
    subject: `Workspace not updated: ${shortName(subscription)}`,
    preview: 'The workspace could not be told the new state for 3 days.',
    title: 'A workspace does not know its new state',
    blocks: [
      paragraph('For 3 days Pegasus tried to tell the workspace what the subscription is now, and has given up.'),
      warning(
        mayHaveTooMuch
          ? 'The customer may still have access that has ended.'
          : 'The customer may lack what they pay for, or have what they no longer pay for.',
      ),
      facts([
        { label: 'Subscription now', value: `${badge(subscription)}, plan ${typed(subscription.planId, 60)}` },
        { label: 'Quantity now', value: quantity(subscription) },
        { label: 'Workspace told last', value: workspace?.applied ? told(workspace.applied) : 'nothing yet' },
        { label: 'Error code', value: typed(workspace?.code ?? 'unknown', 60) },
        { label: 'Attempts', value: `${workspace?.attempts ?? 0}` },
      ]),
      heading('What to do'),
      steps([
        'Find out why the workspace does not take it: the timeline in the console shows what was tried and when.',
        'Remove the cause, then press “Retry” in the console.',
      ]),
      ...ending(mail),
    ],
  };
};

const erasureParts = ({ erasure }: Subscription): Fact[] => [
  ...(erasure && !erasure.contactErasedAt ? [{ label: 'Contact data', value: day(erasure.contactDueAt) }] : []),
  ...(erasure && !erasure.workspaceErasedAt ? [{ label: 'Workspace data', value: day(erasure.workspaceDueAt) }] : []),
];

/** Three days before data is erased for good. */
export const erasureSoon = (mail: MailFacts): Letter => {
  const { subscription } = mail;
  const isHeld = subscription.erasure?.hold !== undefined;
  return {
    audience: 'operators',
    subject: `Data is erased in 3 days: ${shortName(subscription)}`,
    preview: 'Hold it in the console if there is a reason to keep the data.',
    title: 'Data of an ended subscription is about to be erased',
    blocks: [
      isHeld
        ? paragraph('An operator has held the erasure since: nothing is erased until the hold is released.')
        : warning('In 3 days Pegasus starts to erase what is kept of this subscription. It cannot be brought back.'),
      facts([
        ...(subscription.cancelledAt ? [{ label: 'Ended on', value: day(subscription.cancelledAt) }] : []),
        ...erasureParts(subscription),
      ]),
      heading('What to do'),
      steps([
        'If there is no reason to keep the data, nothing.',
        'If there is one, such as a legal claim or a customer who still wants a copy, press “Hold erasure” in the console and enter the reason.',
      ]),
      ...ending(mail),
    ],
  };
};
