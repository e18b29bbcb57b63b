import type { MailFacts } from '../../../application/ports.ts';
import { STEPS, type StepName, type Subscription } from '../../../domain/subscription.ts';
import { ending } from './ending.ts';
import { type Block, type Fact, facts, heading, type Letter, paragraph, steps } from './letter.ts';
import { noAdmin } from './no-admin.ts';
import { typed } from './plain.ts';
import { shortFacts } from './summary.ts';
import {
  billedSince,
  consoleLink,
  isBilled,
  moment,
  STEP_TITLES,
  shortName,
  termDates,
  termLength,
} from './wording.ts';

const failedSteps = ({ steps }: Subscription): StepName[] => STEPS.filter((name) => steps[name].state === 'failed');

const failureFacts = (subscription: Subscription): Fact[] =>
  failedSteps(subscription).flatMap((name) => {
    const { code, attempts, at } = subscription.steps[name];
    return [
      { label: 'Step', value: STEP_TITLES[name] },
      { label: 'Error code', value: typed(code ?? 'unknown', 60) },
      { label: 'Attempts', value: `${attempts}` },
      ...(at ? [{ label: 'Failed at', value: moment(at) }] : []),
    ];
  });

const remedy = (subscription: Subscription): Block[] => {
  const codes = failedSteps(subscription).map((name) => subscription.steps[name].code);
  const { cause, todo } = noAdmin(subscription);
  if (codes.includes('no-admin-email')) return [paragraph(cause), heading('What to do'), steps(todo)];
  return [
    heading('What to do'),
    steps([
      'Open the subscription in the console: its timeline shows what was tried and when.',
      'Remove the cause, then press “Retry”. What is done already is not done twice.',
    ]),
  ];
};

/** A provisioning step gave up, and only a person gets it going again. */
export const stepFailed = (mail: MailFacts): Letter => {
  const { subscription } = mail;
  const failed = failedSteps(subscription).map((name) => STEP_TITLES[name]);
  return {
    audience: 'operators',
    subject: `Set-up failed${failed.length > 0 ? ` (${failed.join(', ')})` : ''}: ${shortName(subscription)}`,
    preview: 'The set-up of a customer has stopped and waits for you.',
    title: 'The set-up of a customer has stopped',
    blocks: [
      paragraph(
        isBilled(subscription)
          ? `A step failed for good. Microsoft has billed this customer ${billedSince(subscription)}, so they pay for what they cannot use.`
          : 'A step failed for good. The customer is not billed, and waits.',
      ),
      ...(failed.length > 0
        ? [facts(failureFacts(subscription))]
        : [paragraph('It was taken up again since: the console shows where it stands now.')]),
      ...remedy(subscription),
      ...ending(mail),
    ],
  };
};

const whoAsked = ({ contact, requestedAt }: Subscription): string => {
  if (contact)
    return 'The customer has asked for the workspace: set it up without delay and confirm the set-up in the console.';
  return requestedAt
    ? 'The customer has not asked for the workspace yet; its set-up has begun all the same. Confirm it in the console when the workspace is ready.'
    : 'The customer has not asked for the workspace yet. If they do not come back, write to them and ask them to press “Onboard”.';
};

/** Microsoft activated the plan at the purchase: billing runs before anything is set up (contract 0.1). */
export const alreadyBilled = (mail: MailFacts): Letter => {
  const { subscription } = mail;
  return {
    audience: 'operators',
    subject: `Billing already runs: ${shortName(subscription)}`,
    preview: 'Microsoft activated this subscription at the purchase.',
    title: 'A new customer is billed already',
    blocks: [
      paragraph(
        `Microsoft activated this subscription by itself and has billed it ${billedSince(subscription)}. Pegasus could not prevent that: the plan is sold with automatic activation.`,
      ),
      heading('What to do'),
      steps([
        whoAsked(subscription),
        'To have billing begin only when the workspace is ready, look for automatic activation at the plan in Partner Center.',
      ]),
      ...ending(mail),
    ],
  };
};

const whoActivated = ({ activation }: Subscription): string => {
  switch (activation?.actor.kind) {
    case 'operator':
      return `operator ${typed(activation.actor.name, 100)}`;
    case 'buyer':
      return 'the buyer';
    case 'system':
      return 'Pegasus, as soon as the workspace was ready';
    default:
      return 'Microsoft';
  }
};

/** Microsoft says Subscribed: from now on the customer pays. */
export const billingStartedOperators = (mail: MailFacts): Letter => {
  const { subscription } = mail;
  return {
    audience: 'operators',
    subject: `Billing started: ${shortName(subscription)}`,
    preview: 'Microsoft confirms the activation.',
    title: 'Billing has started',
    blocks: [
      paragraph(
        subscription.isFreeTrial
          ? 'Microsoft confirms that this subscription is active. It is a free trial: the customer pays when it ends. There is nothing to do.'
          : 'Microsoft confirms that this subscription is active. There is nothing to do.',
      ),
      facts([
        { label: 'Activated by', value: whoActivated(subscription) },
        ...(subscription.activatedAt ? [{ label: 'Active since', value: moment(subscription.activatedAt) }] : []),
        { label: 'Term', value: termLength(subscription.term) },
        { label: 'Term dates', value: termDates(subscription.term) },
      ]),
      heading('Subscription'),
      facts(shortFacts(subscription)),
      consoleLink(mail),
    ],
  };
};

/** The workspace is ready, but Microsoft did not start billing (contract 2.4). */
export const activationFailed = (mail: MailFacts): Letter => {
  const { subscription } = mail;
  return {
    audience: 'operators',
    subject: `Activation failed: ${shortName(subscription)}`,
    preview: 'Microsoft did not start billing.',
    title: 'Microsoft did not activate a subscription',
    blocks: [
      paragraph(
        'The set-up is confirmed and activation was asked for, but Microsoft does not say Subscribed: the customer is not billed.',
      ),
      facts([
        { label: 'Error code', value: typed(subscription.activation?.code ?? 'unknown', 60) },
        { label: 'Marketplace status', value: typed(subscription.marketplaceStatus, 60) },
      ]),
      heading('What to do'),
      steps([
        'Open the subscription in the console and compare the status there with Partner Center.',
        'If it is PendingFulfillmentStart, press “Activate subscription” again: repeating it never bills twice.',
        'If it is Unsubscribed, the purchase has ended at Microsoft: the customer has to buy again.',
      ]),
      ...ending(mail),
    ],
  };
};
