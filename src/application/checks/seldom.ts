import type { Clock } from '../ports.ts';

/** So long an answer is given again instead of asking: a page that is reloaded must not make the app call itself each time. */
const FRESH_MS = 20_000;

/** One at a time, and none within 20 s of the one before. */
export const seldom = <T>(clock: Clock, ask: () => Promise<T>): (() => Promise<T>) => {
  let last: { at: number; isUnderWay: boolean; answer: Promise<T> } | undefined;
  const begin = (at: number): NonNullable<typeof last> => {
    const begun = { at, isUnderWay: true, answer: ask() };
    const end = (): void => {
      begun.isUnderWay = false;
    };
    begun.answer.then(end, end);
    return begun;
  };
  return () => {
    const now = clock().getTime();
    if (last === undefined || (now - last.at >= FRESH_MS && !last.isUnderWay)) last = begin(now);
    return last.answer;
  };
};
