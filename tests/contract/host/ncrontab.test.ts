import { describe, expect, test } from '@jest/globals';
import { parseSchedule } from '../../../local/host/ncrontab.ts';

const next = (schedule: string, after: string) => parseSchedule(schedule)(new Date(after)).toISOString();

describe('the next time of a schedule', () => {
  test.each([
    ['each second', '* * * * * *', '2026-11-21T10:00:00.500Z', '2026-11-21T10:00:01.000Z'],
    ['each minute, exactly at one', '0 * * * * *', '2026-11-21T10:00:00.000Z', '2026-11-21T10:01:00.000Z'],
    ['every five minutes', '0 */5 * * * *', '2026-11-21T10:04:59.999Z', '2026-11-21T10:05:00.000Z'],
    ['every quarter of a minute', '*/15 * * * * *', '2026-11-21T10:00:46Z', '2026-11-21T10:01:00.000Z'],
    ['from a value on, by steps', '0 10/20 * * * *', '2026-11-21T10:31:00Z', '2026-11-21T10:50:00.000Z'],
    ['daily', '0 30 2 * * *', '2026-11-21T02:30:00Z', '2026-11-22T02:30:00.000Z'],
    ['a list and a range', '0 0 8-10,20 * * *', '2026-11-21T10:30:00Z', '2026-11-21T20:00:00.000Z'],
    ['weekdays by name', '0 0 9 * * mon-fri', '2026-11-21T10:00:00Z', '2026-11-23T09:00:00.000Z'],
    ['Sunday as 0', '0 0 0 * * 0', '2026-11-21T10:00:00Z', '2026-11-22T00:00:00.000Z'],
    ['a month by name, over the new year', '0 0 0 1 JAN *', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00.000Z'],
    ['the 31st, over short months', '0 0 0 31 * *', '2026-08-31T00:00:00Z', '2026-10-31T00:00:00.000Z'],
    ['29 February', '0 0 0 29 2 *', '2026-03-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['day and weekday both, not either', '0 0 0 13 * fri', '2026-11-14T00:00:00Z', '2027-08-13T00:00:00.000Z'],
  ])('%s', (_what, schedule, after, expected) => {
    expect(next(schedule, after)).toBe(expected);
  });

  test('a schedule that never comes is an error, not an endless search', () => {
    expect(() => next('0 0 0 31 2 *', '2026-01-01T00:00:00Z')).toThrow('never comes');
  });

  test.each([
    '* * * * *',
    '60 * * * * *',
    '0 0 24 * * *',
    '0 0 0 0 * *',
    '0 */0 * * * *',
    '0 9-8 * * * *',
    '0 x * * * *',
  ])('"%s" is refused', (schedule) => {
    expect(() => parseSchedule(schedule)).toThrow(schedule);
  });
});
