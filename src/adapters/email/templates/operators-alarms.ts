import type { MailFacts } from '../../../application/ports.ts';
import { badge } from '../../../domain/standing.ts';
import type { WorkspaceState } from '../../../domain/subscription.ts';
import { ending } from './ending.ts';
import { facts, heading, type Letter, paragraph, steps, warning } from './letter.ts';
import { typed } from './plain.ts';
import { planName, quantity, shortName } from './wording.ts';

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
