import { describe, expect, test } from '@jest/globals';
import { reminders, setCalendar } from '../../src/domain/calendar.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { reminderDue } from '../../src/domain/transitions/reminders.ts';
import { after, nextOf, rulesAt, seenFirst } from './support/records.ts';

const DAY = 86_400;
const bought = (): Subscription => ({ ...seenFirst(), createdAt: after(0).toISOString() });
const days = (record: Subscription): number[] => reminders(record, rulesAt(0)).map((one) => one.days);

describe('the reminders of an unanswered purchase', () => {
  test('come in order, so many days before the 30 are over', () => {
    expect(reminders(bought(), rulesAt(0))).toEqual([
      { days: 20, at: after(10 * DAY).toISOString() },
      { days: 10, at: after(20 * DAY).toISOString() },
      { days: 5, at: after(25 * DAY).toISOString() },
      { days: 2, at: after(28 * DAY).toISOString() },
    ]);
  });

  test('that were due before anybody saw the purchase are left out', () => {
    expect(days({ ...bought(), firstSeenAt: after(21 * DAY).toISOString() })).toEqual([5, 2]);
  });

  test('are for purchases that Microsoft has not begun to bill', () => {
    expect(days({ ...bought(), marketplaceStatus: 'Subscribed' })).toEqual([]);
  });

  test('are not for what was taken over, until somebody starts it', () => {
    const adopted = { ...bought(), adoptedAt: after(0).toISOString() };
    expect(days(adopted)).toEqual([]);
    expect(days({ ...adopted, requestedAt: after(1).toISOString() })).toEqual([20, 10, 5, 2]);
  });

  test('are made once each; of several that passed unseen the last is told of', () => {
    const first = nextOf(reminderDue(bought(), rulesAt(10 * DAY)));
    expect(first.reminded).toEqual([20]);
    expect(reminderDue(first, rulesAt(10 * DAY + 60)).kind).toBe('unchanged');
    const second = nextOf(reminderDue(first, rulesAt(26 * DAY)));
    expect(second.reminded).toEqual([20, 10, 5]);
    const told = second.mails.filter(({ kind }) => kind === 'reminder-operators').map(({ occurrence }) => occurrence);
    expect(told).toEqual(['20', '5']);
  });

  test('are set anew where the settings have changed since: nothing stays due for ever', () => {
    const record = bought();
    setCalendar(record, rulesAt(0));
    const others = { reminderDays: [3] };
    const next = nextOf(reminderDue(record, rulesAt(10 * DAY + 60, others)));
    expect(next.remindAt).toBe(after(27 * DAY).toISOString());
    expect(next.mails).toEqual(record.mails);
  });

  test('stand on the record as the next instant to look after it', () => {
    const record = bought();
    setCalendar(record, rulesAt(0));
    expect(record.remindAt).toBe(after(10 * DAY).toISOString());
    record.reminded = [20, 10, 5, 2];
    setCalendar(record, rulesAt(0));
    expect(record).not.toHaveProperty('remindAt');
  });
});
