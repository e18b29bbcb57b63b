import type { View } from '../../src/application/view.ts';
import type { StepLine } from '../design/steps.tsx';
import type { PurchaseScreen, Screen } from './screen.ts';
import { allows } from './situation.ts';
import { type MessageKey, t } from './text.ts';

const LABELS: Record<View['steps'][number]['name'], MessageKey> = {
  organization: 'steps.organization',
  'admin-user': 'steps.admin-user',
  notification: 'steps.notification',
};

const STATES: Record<StepLine['mark'], MessageKey> = {
  done: 'steps.done',
  busy: 'steps.busy',
  waiting: 'steps.waiting',
  held: 'steps.held',
  failed: 'steps.failed',
};

const markOf = (step: View['steps'][number], isFirst: boolean): StepLine['mark'] => {
  if (step.state !== 'pending') return step.state;
  return isFirst ? 'busy' : 'waiting';
};

/** The steps in the buyer's words: of those that wait, only the first is in progress. */
export const stepLines = (view: View, publisher: string): StepLine[] => {
  const first = view.steps.find((step) => step.state === 'pending');
  return view.steps.map((step) => {
    const mark = markOf(step, step === first);
    const isRetried = mark === 'busy' && step.nextTryAt !== undefined;
    return {
      name: step.name,
      label: t(LABELS[step.name], { publisher }),
      text: t(isRetried ? 'steps.retry' : STATES[mark], { publisher }),
      mark,
    };
  });
};

/** What changed in the steps, for those who cannot see it; empty when nothing did, or the whole page changes anyway. */
export const progressMade = (before: View, after: View, publisher: string): string => {
  if (before.stage !== after.stage) return '';
  const old = stepLines(before, publisher);
  return stepLines(after, publisher)
    .filter((line, at) => line.text !== old[at]?.text)
    .map(({ label, text }) => t('steps.change', { step: label, state: text }))
    .join('. ');
};

export type Outcome = 'done' | 'refused';

/** How a change ended that was under way; `undefined` while none has, and where the whole page says it. */
export const outcomeOf = ({ pendingOperation: asked }: View, after: View): Outcome | undefined => {
  if (!asked || after.pendingOperation || after.stage !== 'active') return undefined;
  const { action, planId = after.planId, quantity = after.quantity } = asked;
  const isDone = action !== 'Unsubscribe' && planId === after.planId && quantity === after.quantity;
  return isDone ? 'done' : 'refused';
};

/** What a contact form did that was sent from this screen; nothing where the set-up was confirmed before it came. */
export const formDone = (from: Screen, after: View): PurchaseScreen['done'] => {
  if (!allows(after, 'correct-contact')) return undefined;
  return from.at === 'purchase' && allows(from.view, 'onboard') ? 'onboard.done' : 'contact.done';
};
