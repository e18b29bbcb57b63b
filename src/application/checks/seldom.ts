import type { Clock } from '../ports.ts';

/** So long an answer is given again instead of asking: a page that is reloaded must not make the app call itself each time. */
const FRESH_MS = 20_000;

/** One at a time, and none within 20 s of the one before. */
export const seldom = <T>(clock: Clock, ask: () => Promise<T>): (() => Promise<T>) => {
  let last: { at: number; answer: Promise<T> } | undefined;
  return () => {
    const now = clock().getTime();
    if (last === undefined || now - last.at >= FRESH_MS) last = { at: now, answer: ask() };
    return last.answer;
  };
};
