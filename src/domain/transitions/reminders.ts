import { reminders } from '../calendar.ts';
import { changed, draft, note, type Outcome, type Rules, SYSTEM, UNCHANGED } from '../outcome.ts';
import type { Subscription } from '../subscription.ts';
import { ask, askBuyer } from './mails.ts';

/**
 * An unanswered purchase comes near its end: operators and the buyer are reminded, once for each of the configured days. Of
 * several that have passed unseen only the last is told of.
 */
export const reminderDue = (record: Subscription, rules: Rules): Outcome => {
  const due = reminders(record, rules).filter(({ at }) => Date.parse(at) <= rules.now.getTime());
  const last = due.at(-1);
  // An instant that is past and calls for nothing was set under other settings: closing a draft sets it anew.
  const isStale = record.remindAt !== undefined && Date.parse(record.remindAt) <= rules.now.getTime();
  if (!last) return isStale ? changed(draft(record, rules)) : UNCHANGED;
  const work = draft(record, rules);
  work.next.reminded = [...(record.reminded ?? []), ...due.map(({ days }) => days)];
  note(work, 'reminded', SYSTEM, `${last.days} days before the end`);
  ask(work, 'reminder-operators', String(last.days), rules.operators);
  askBuyer(work, 'reminder', String(last.days));
  return changed(work);
};
