import type { Outcome } from '../../../src/domain/outcome.ts';
import { STEPS, type Subscription } from '../../../src/domain/subscription.ts';
import { asked } from '../support/records.ts';
import type { EventName } from './events.ts';

/** What becomes of a record by each event, in the words of `cellOf`. */
export type Row = Record<EventName, string>;

/**
 * An outcome in the words of the table: `=` nothing changes; `! code` refused; otherwise the next stage, then in brackets
 * the steps whose state changed, then `+` each kind of message asked for.
 */
export const cellOf = (before: Subscription, outcome: Outcome): string => {
  if (outcome.kind === 'unchanged') return '=';
  if (outcome.kind === 'refused') return `! ${outcome.code}`;
  const { next } = outcome;
  const steps = STEPS.filter((name) => next.steps[name].state !== before.steps[name].state).map(
    (name) => `${name} ${next.steps[name].state}`,
  );
  const mails = asked(before, next).map((kind) => ` + ${kind}`);
  return `${next.stage}${steps.length > 0 ? ` (${steps.join(', ')})` : ''}${mails.join('')}`;
};
