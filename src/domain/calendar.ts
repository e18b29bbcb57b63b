import type { Rules } from './outcome.ts';
import { setRecheck } from './recheck.ts';
import { pendingUntil } from './standing.ts';
import type { Subscription } from './subscription.ts';

const DAY_MS = 86_400_000;

/** When people are reminded so many days before Microsoft drops the purchase; `undefined` when it does not wait. */
const remindedAt = (record: Subscription, days: number): string | undefined => {
  const end = pendingUntil(record);
  return end === undefined ? undefined : new Date(Date.parse(end) - days * DAY_MS).toISOString();
};

/** Reminders still to come, the next one first. Those from before the record was first seen are of no use to anybody. */
export const reminders = (record: Subscription, { reminderDays }: Rules): { days: number; at: string }[] => {
  if (record.stage === 'cancelled' || record.stage === 'erased') return [];
  // Taken over as it was, and nobody has started anything since.
  if (record.adoptedAt !== undefined && record.requestedAt === undefined) return [];
  return reminderDays
    .filter((days) => !record.reminded?.includes(days))
    .flatMap((days) => {
      const at = remindedAt(record, days);
      return at === undefined || at <= record.firstSeenAt ? [] : [{ days, at }];
    })
    .sort((one, other) => one.at.localeCompare(other.at));
};

/** Writes on the record what it asks for by the calendar, in place. */
export const setCalendar = (record: Subscription, rules: Rules): void => {
  const [next] = reminders(record, rules);
  if (next) record.remindAt = next.at;
  else delete record.remindAt;
  setRecheck(record, rules.now);
};
