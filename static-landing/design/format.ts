/** `template` with each `{name}` replaced by its value. */
export const format = (template: string, values: Record<string, string | number> = {}): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** A calendar day, as Microsoft means it: in UTC. Text that is no instant stays as it is. */
export const day = (instant: string, language: string): string => {
  const at = new Date(instant);
  return Number.isNaN(at.getTime())
    ? instant
    : new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at);
};

const DAY_MS = 86_400_000;

/** How far away the day of an instant is, in words: "in 3 days". */
export const daysAway = (instant: string, nowMs: number, language: string): string => {
  const days = Math.floor(Date.parse(instant) / DAY_MS) - Math.floor(nowMs / DAY_MS);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day');
};

const UNITS: Record<string, string> = { D: 'day', W: 'week', M: 'month', Y: 'year' };

/** `P1M` in words. A term that nobody knew when this was written stays as Microsoft spells it (P8). */
export const duration = (unit: string, language: string): string => {
  const [, count, letter] = /^P(\d+)([DWMY])$/.exec(unit) ?? [];
  if (count === undefined || letter === undefined) return unit;
  const shape = { style: 'unit', unit: UNITS[letter] ?? '', unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(language, shape).format(Number(count));
};

/** How long to wait, in words: seconds, and minutes where it is more than one and a half. */
export const wait = (seconds: number, language: string): string => {
  const [count, unit] = seconds > 90 ? [Math.ceil(seconds / 60), 'minute'] : [seconds, 'second'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
};

/** A moment in the reader's own time zone. */
export const moment = (instant: string, language: string): string => {
  const at = new Date(instant);
  return Number.isNaN(at.getTime())
    ? instant
    : new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
};
