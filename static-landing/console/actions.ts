import type { View } from '../../src/application/view.ts';
import { duration } from '../design/format.ts';
import { LANGUAGE } from './words.ts';

export type ActionName = 'confirm' | 'activate' | 'start' | 'retry' | 'refresh' | 'hold' | 'release' | 'note';

const LABELS: Record<ActionName, string> = {
  confirm: 'Confirm set-up',
  activate: 'Activate subscription',
  start: 'Start set-up',
  retry: 'Retry',
  refresh: 'Ask Microsoft',
  hold: 'Hold the erasure',
  release: 'Release the erasure',
  note: 'Write a note',
};

export type Action = {
  name: ActionName;
  label: string;
  /** What will happen, sentence by sentence. */
  effects: string[];
  /** Why the reason is asked for from the start; it is also asked for when the API wants one. */
  reasonBecause?: string;
  /** What is asked for, where it is not a reason, and what to say when it is missing. */
  asksFor?: { label: string; missing: string };
};

const plan = ({ planName, planId, quantity, term }: View): string =>
  [
    `plan ${planName ?? planId}`,
    quantity === undefined ? 'not per user' : `quantity ${quantity}`,
    term?.termUnit && `term ${duration(term.termUnit, LANGUAGE)}`,
  ]
    .filter(Boolean)
    .join(', ');

const confirmEffects = (view: View): string[] => {
  const isHeld = view.steps.some(({ name, state }) => name === 'admin-user' && state === 'held');
  const after = (): string => {
    if (view.marketplaceStatus === 'Subscribed') return 'The subscription becomes active. Microsoft bills it already.';
    if (view.activationPolicy === 'buyer') return 'The buyer is told and can activate. Nothing is billed by this.';
    return 'Then you can activate the subscription. Nothing is billed by this.';
  };
  return [
    `You confirm that the workspace of ${view.name} is ready to be used.`,
    ...(isHeld ? ['The organization existed before: confirming makes the new admin user an administrator of it.'] : []),
    after(),
  ];
};

const hasFailed = (view: View): boolean =>
  view.steps.some(({ name, state }) => name !== 'notification' && state === 'failed');

const describe = (name: ActionName, view: View): Action => {
  const label = LABELS[name];
  switch (name) {
    case 'confirm':
      return {
        name,
        label,
        effects: confirmEffects(view),
        ...(hasFailed(view) ? { reasonBecause: 'A step failed. Say why the workspace is ready all the same.' } : {}),
      };
    case 'activate':
      return {
        name,
        label,
        effects: [`Billing starts: ${plan(view)}.`, 'Microsoft charges the customer from then on.'],
        ...(view.activationPolicy === 'buyer'
          ? { reasonBecause: 'The buyer was to do this. Say why you do it for them.' }
          : {}),
      };
    case 'retry':
      return view.stage === 'activation-failed'
        ? {
            name,
            label,
            effects: ['The activation is tried again. When it succeeds, billing starts.', `${plan(view)}.`],
          }
        : { name, label, effects: ['What failed or waits is tried again now.'] };
    case 'start':
      return {
        name,
        label,
        effects: [
          'The workspace is set up although nobody has pressed Onboard. The purchaser’s e-mail stands in for the contact.',
          view.marketplaceStatus === 'Subscribed' ? 'Microsoft bills it already.' : 'Nothing is billed by this.',
        ],
      };
    case 'refresh':
      return {
        name,
        label,
        effects: ['Microsoft is asked now. Where it says something else, the record is put right.'],
      };
    case 'hold':
      return {
        name,
        label,
        effects: ['What is kept of this customer is not erased until somebody releases it.'],
        reasonBecause: 'Say why it has to be kept.',
      };
    case 'release':
      return {
        name,
        label,
        effects: ['The erasure goes on. What fell due meanwhile is erased at once, and cannot be brought back.'],
      };
    case 'note':
      return {
        name,
        label,
        effects: ['It is kept in the timeline, with your name.'],
        reasonBecause: 'What the others are to know',
        asksFor: { label: 'Note', missing: 'Enter the note: it is kept in the timeline.' },
      };
    default:
      return name satisfies never;
  }
};

/** What this operator may do now, in the order in which it happens in a subscription's life. */
export const actionsOf = (view: View): Action[] =>
  (['confirm', 'activate', 'start', 'retry', 'refresh', 'hold', 'release', 'note'] as const)
    .filter((name) => view.allowedOperations.some((operation) => operation.name === name && operation.allowed))
    .map((name) => describe(name, view));
