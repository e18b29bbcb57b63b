import type { View } from '../../../src/application/view.ts';
import type { Problem } from '../../api/problem.ts';
import type { ChangeCode, ProblemWords } from '../problem-words.ts';
import type { MessageKey } from '../text.ts';

const WHY: Record<ChangeCode, MessageKey> = {
  'change-not-allowed': 'manage.why.elsewhere',
  'not-active': 'manage.why.not-active',
  'change-in-progress': 'manage.why.in-progress',
  'change-not-sold': 'manage.why.not-sold',
  'nothing-to-change': 'manage.why.same',
  'change-refused': 'manage.why.refused',
  'not-per-seat': 'manage.why.other',
};

/** Why something cannot be done, by the code of the API. */
export const whyNot = (code: string): MessageKey =>
  (WHY as Partial<Record<string, MessageKey>>)[code] ?? 'manage.why.other';

/** What to say when a change was refused; `undefined` for what is no refusal of a change. */
export const refusalWords = ({ code }: Problem): Omit<ProblemWords, 'remedy'> | undefined =>
  code in WHY ? { title: 'manage.refused.title', text: whyNot(code) } : undefined;

/** Why the view does not allow an operation; `undefined` when it does. */
export const reasonOf = (view: View, name: string): string | undefined => {
  const operation = view.allowedOperations.find((one) => one.name === name);
  return operation?.allowed ? undefined : (operation?.reason ?? 'not-allowed');
};
