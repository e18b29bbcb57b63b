import type { OperatorView } from '../../src/application/get-subscription.ts';
import type { View } from '../../src/application/view.ts';
import { moment } from '../design/format.ts';
import type { StepLine } from '../design/steps.tsx';

/** The console speaks English only. */
export const LANGUAGE = 'en-GB';

/** A moment in the operator's own time zone. */
export const when = (instant: string): string => moment(instant, LANGUAGE);

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
  activated: 'Microsoft activated the subscription; billing runs',
  'activation-failed': 'The activation failed',
  'mail-sent': 'A mail was sent',
  'mail-failed': 'A mail could not be sent',
  'retry-requested': 'A retry was requested',
  'status-changed': 'Microsoft changed the status',
  suspended: 'Microsoft suspended the subscription',
  reinstated: 'Microsoft reinstated the subscription',
  cancelled: 'The subscription was cancelled',
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
  pay: 'settle the payment',
};

const WHO = { buyer: 'Buyer', publisher: 'Operators', microsoft: 'Microsoft', nobody: 'Nobody' };

/** Whose turn it is, and for what. */
export const turn = ({ next }: View): string => {
  if (next.who === 'nobody') return WHO.nobody;
  const action = ACTIONS[next.action] ?? next.action;
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
  'nothing-to-retry': 'Nothing has failed, so there is nothing to try again.',
  'reason-required': 'Enter a reason: it is kept in the timeline.',
  'subscription-cancelled': 'The subscription was cancelled in the meantime.',
  'subscription-not-found': 'There is no subscription with this id.',
  'marketplace-unavailable': 'Microsoft’s Marketplace does not answer. Try again in a few minutes.',
  'too-many-requests': 'Too many requests in a short time. Wait a minute.',
};
