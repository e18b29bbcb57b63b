import type { OperatorView } from '../../src/application/get-subscription.ts';
import type { View } from '../../src/application/view.ts';
import { moment } from '../design/format.ts';
import type { StepLine } from '../design/steps.tsx';

/** The console speaks English only. */
export const LANGUAGE = 'en-GB';

/** A moment in the operator's own time zone. */
export const when = (instant: string): string => moment(instant, LANGUAGE);

/** As `when`, with the seconds. */
export const toTheSecond = (instant: string): string => {
  const at = new Date(instant);
  return Number.isNaN(at.getTime())
    ? instant
    : new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
};

export type TimelineLine = OperatorView['timeline'][number];

const WHAT: Record<string, string> = {
  resolved: 'The purchase was opened on the landing page',
  'onboarding-requested': 'Onboarding was requested',
  'contact-updated': 'The contact details were changed',
  'organization-created': 'The organization was created',
  'admin-user-created': 'The admin user was created',
  'admin-user-held': 'The admin user is held: the organization existed before',
  'step-delayed': 'A step is delayed and will be tried again',
  'step-failed': 'A step failed',
  'set-up-confirmed': 'The set-up was confirmed',
  'activation-requested': 'The activation was requested',
  'activation-accepted': 'Microsoft accepted the activation; it is checked until it has taken effect',
  'activation-doubted': 'Microsoft answered the activation unclearly; it is checked whether it took effect',
  'activation-delayed': 'The activation is delayed and will be tried again',
  'activation-paused': 'The activation waits: the publisher has paused activations',
  activated: 'Microsoft activated the subscription; billing runs',
  'activation-failed': 'The activation failed',
  'mail-sent': 'A mail was sent',
  'mail-failed': 'A mail could not be sent',
  'retry-requested': 'A retry was requested',
  'status-changed': 'Microsoft changed the status',
  suspended: 'Microsoft suspended the subscription',
  reinstated: 'Microsoft reinstated the subscription',
  cancelled: 'The subscription was cancelled',
  adopted: 'Taken over as it was from before this service',
  found: 'Found at Microsoft; nobody has opened the purchase on the landing page',
  'set-up-started': 'The set-up was started',
  'plan-changed': 'Microsoft changed the plan',
  'seats-changed': 'Microsoft changed the quantity',
  'term-changed': 'Microsoft changed the term',
  'change-requested': 'A change was requested',
  'change-refused': 'The change did not take place',
  'change-not-sold': 'A change made at Microsoft was refused: the publisher does not sell it',
  'change-unconfirmed': 'Microsoft has not confirmed the change; it is no longer waited for',
  'refusal-overruled': 'Microsoft made a change that was refused',
  'new-value': 'Microsoft sent a value that is not known here',
  reminded: 'People were reminded of the unanswered purchase',
  'workspace-updated': 'The workspace was told the new state',
  'workspace-delayed': 'The workspace could not be told the new state; it will be tried again',
  'workspace-failed': 'The workspace could not be told the new state',
  'erasure-announced': 'Operators were told that data will be erased',
  'erasure-held': 'The erasure was held',
  'erasure-released': 'The hold on the erasure was released',
  'erasure-stopped': 'The erasure was stopped',
  'contact-erased': 'The contact data was erased',
  'workspace-erased': 'The workspace data was erased',
  erased: 'All data was erased; id, end and billing evidence stay',
  restored: 'Restored from a backup',
  repaired: 'The comparison with Microsoft repaired the record',
  note: 'Note',
};

const MAILS: Record<string, string> = {
  'new-onboarding': 'new onboarding, to operators',
  'step-failed': 'a step failed, to operators',
  'already-billed': 'billing already runs, to operators',
  'billing-started-operators': 'billing started, to operators',
  'activation-failed': 'activation failed, to operators',
  'request-received': 'request received, to the buyer',
  'workspace-ready': 'workspace ready, to the buyer',
  'billing-started': 'billing started, to the buyer',
  'change-done': 'change done, to the buyer',
  'change-refused': 'change did not take place, to the buyer',
  suspended: 'suspended, to the buyer',
  'suspended-operators': 'suspended, to operators',
  reinstated: 'reinstated, to the buyer',
  unsubscribed: 'subscription ended, to the buyer',
  'unsubscribed-operators': 'subscription ended, to operators',
  'refusal-overruled': 'refused change was made anyway, to operators',
  'new-value': 'new value from Microsoft, to operators',
  reminder: 'reminder, to the buyer',
  'reminder-operators': 'reminder, to operators',
  'workspace-failed': 'workspace not updated, to operators',
  'erasure-soon': 'data is about to be erased, to operators',
};

/** What happened, in a sentence; a code that is new to the console is shown as it is. */
export const happened = ({ what, detail }: TimelineLine): string => {
  const sentence = WHAT[what] ?? what;
  if (detail === undefined) return sentence;
  return `${sentence}: ${what.startsWith('mail-') ? detail.replace(/^[a-z-]+/, (kind) => MAILS[kind] ?? kind) : detail}`;
};

const ACTORS: Record<string, string> = {
  microsoft: 'Microsoft',
  system: 'Pegasus',
  purchaser: 'Purchaser',
  beneficiary: 'Beneficiary',
  'purchaser and beneficiary': 'Purchaser and beneficiary',
  'colleague of the buyer': 'Colleague of the buyer',
};

/** Who did it: a part in the purchase, a system, or an operator's name. */
export const by = ({ actor }: TimelineLine): string => ACTORS[actor] ?? actor;

const ACTIONS: Record<string, string> = {
  onboard: 'press Onboard',
  'set-up': 'set-up is running',
  retry: 'a step failed: retry',
  confirm: 'confirm the set-up',
  activate: 'activate',
  'resume-activations': 'activations are paused',
  pay: 'settle the payment',
};

/** The mail about the failed step says what to do. */
const NO_ADDRESS = 'a step failed: no usable address for the admin user';

const WHO = { buyer: 'Buyer', publisher: 'Operators', microsoft: 'Microsoft', nobody: 'Nobody' };

/** Whose turn it is, and for what. */
export const turn = ({ next, steps }: View): string => {
  if (next.who === 'nobody') return WHO.nobody;
  const isAddressMissing = next.action === 'retry' && steps.some(({ code }) => code === 'no-admin-email');
  const action = isAddressMissing ? NO_ADDRESS : (ACTIONS[next.action] ?? next.action);
  return `${next.action === 'set-up' ? 'Pegasus' : (WHO[next.who] ?? next.who)}: ${action}`;
};

const STEPS: Record<View['steps'][number]['name'], string> = {
  organization: 'Organization',
  'admin-user': 'Admin user',
  notification: 'Notification',
};

const stepText = ({ state, at, code, attempts, nextTryAt }: View['steps'][number]): string =>
  [
    { pending: 'Pending', done: 'Done', held: 'Held', failed: 'Failed' }[state],
    at && when(at),
    code,
    attempts > 0 && `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`,
    nextTryAt && state === 'pending' && `next try ${when(nextTryAt)}`,
  ]
    .filter(Boolean)
    .join(' · ');

/** The steps with all that an operator wants to know of them. */
export const stepLines = (view: View): StepLine[] => {
  const isAsked = view.requestedAt !== undefined;
  const first = view.steps.find(({ state }) => state === 'pending');
  return view.steps.map((step) => ({
    name: step.name,
    label: STEPS[step.name],
    text: stepText(step),
    mark: step.state !== 'pending' ? step.state : isAsked && step === first ? 'busy' : 'waiting',
  }));
};

/** The problems of the console in a sentence. */
export const PROBLEMS: Record<string, string> = {
  network: 'The service cannot be reached. Check your connection and try again.',
  'not-allowed': 'Your role allows you to look, not to act.',
  'not-an-operator': 'Your role allows you to look, not to act.',
  'not-ready': 'The set-up is still running. Wait until its steps are done.',
  'not-confirmed': 'The set-up has to be confirmed first.',
  'already-started': 'The set-up was started in the meantime.',
  'reconciliation-stopped': 'The comparison was stopped in the meantime: look at it again.',
  'nothing-to-retry': 'Nothing has failed, so there is nothing to try again.',
  'reason-required': 'Enter a reason: it is kept in the timeline.',
  'subscription-cancelled': 'The subscription was cancelled in the meantime.',
  'subscription-not-found': 'There is no subscription with this id.',
  'marketplace-unavailable': 'Microsoft’s Marketplace does not answer. Try again in a few minutes.',
  'too-many-requests': 'Too many requests in a short time. Wait a minute.',
};
