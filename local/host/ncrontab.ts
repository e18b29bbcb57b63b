const NAMES: Record<string, string[]> = {
  month: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  weekday: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
};

const FIELDS = [
  { name: 'second', from: 0, to: 59 },
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12 },
  { name: 'weekday', from: 0, to: 6 },
] as const;

type Field = (typeof FIELDS)[number];

/** The next time, in UTC, strictly after a given one. @throws Error when there is none within eight years */
export type Schedule = (after: Date) => Date;

/**
 * Reads a timer's schedule: six fields `second minute hour day month weekday`, each `*`, a value, `a-b`, a list, and
 * with a step `/n`; months and weekdays also by their English names, Sunday is 0.
 *
 * As in NCRONTAB, and unlike cron, day and weekday must both hold.
 *
 * @throws Error naming the schedule when it has another form
 */
export const parseSchedule = (expression: string): Schedule => {
  const texts = expression.trim().split(/\s+/);
  if (texts.length !== FIELDS.length) throw new Error(`Schedule "${expression}" does not have six fields.`);
  const sets = FIELDS.map((field, position) => {
    const values = (texts[position] ?? '').split(',').flatMap((part) => parsePart(part, field));
    if (values.some(Number.isNaN)) throw new Error(`Schedule "${expression}": ${field.name} is not understood.`);
    return new Set(values);
  });
  const [seconds, minutes, hours, days, months, weekdays] = sets as [
    ...[Set<number>, Set<number>, Set<number>, Set<number>, Set<number>, Set<number>],
  ];

  return (after) => {
    const at = new Date(after);
    at.setUTCMilliseconds(0);
    at.setUTCSeconds(at.getUTCSeconds() + 1);
    // Eight years hold a 29 February whatever century begins.
    const end = new Date(at).setUTCFullYear(at.getUTCFullYear() + 8);
    while (at.getTime() < end) {
      if (!months.has(at.getUTCMonth() + 1)) at.setTime(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1));
      else if (!days.has(at.getUTCDate()) || !weekdays.has(at.getUTCDay())) at.setUTCHours(24, 0, 0);
      else if (!hours.has(at.getUTCHours())) at.setUTCHours(at.getUTCHours() + 1, 0, 0);
      else if (!minutes.has(at.getUTCMinutes())) at.setUTCMinutes(at.getUTCMinutes() + 1, 0);
      else if (!seconds.has(at.getUTCSeconds())) at.setUTCSeconds(at.getUTCSeconds() + 1);
      else return at;
    }
    throw new Error(`Schedule "${expression}" never comes.`);
  };
};

/** The values that one part of a field stands for; contains NaN when it is not understood. */
const parsePart = (part: string, { name, from, to }: Field): number[] => {
  const [, first = '', last, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
  const value = (text: string) => {
    const named = NAMES[name]?.indexOf(text.toLowerCase()) ?? -1;
    const number = named >= 0 ? named + (name === 'month' ? 1 : 0) : /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return number >= from && number <= to ? number : Number.NaN;
  };
  const low = first === '*' ? from : value(first);
  const open = first === '*' || step !== undefined;
  const high = last !== undefined ? value(last) : open ? to : low;
  const by = Number(step ?? 1);
  if (Number.isNaN(low) || Number.isNaN(high) || high < low || by < 1) return [Number.NaN];
  const values: number[] = [];
  for (let next = low; next <= high; next += by) values.push(next);
  return values;
};
