import { type Due, makeDueQueue } from './due-queue.ts';

/**
 * The time on Microsoft's side. It runs with the machine's clock and can be moved ahead, so that what takes minutes or
 * days there (a slow activation, a purchase token's end, a renewal) takes no time in a test.
 */
export type MarketplaceClock = {
  now(): Date;
  /** How far it is ahead of the machine's. */
  aheadMs(): number;
  /**
   * Moves the clock ahead from one due thing to the next, each at its own time and done before the next one begins, calls
   * of the webhook included. Moves asked for at once are made one after the other.
   */
  advance(seconds: number): Promise<void>;
  /** Does `act` once when this clock reaches `at`: before it returns, if that is now. `act` must not throw. */
  at(at: Date, act: Due['act']): void;
  /** Forgets all that is still to be done. */
  stop(): void;
};

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const makeClock = (keptAheadMs = 0): MarketplaceClock => {
  let aheadMs = keptAheadMs;
  const waiting = makeDueQueue();
  const underWay = new Set<Promise<void>>();
  let isActing = false;
  let lastMove: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const now = (): Date => new Date(Date.now() + aheadMs);

  const perform = ({ at, act }: Due): void => {
    // What an act asks for is done after that act, not in the middle of it.
    isActing = true;
    const done = act(at);
    isActing = false;
    if (!done) return;
    const tracked = done.finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  };

  const wakeUpForNext = (): void => {
    clearTimeout(timer);
    const next = waiting.first();
    if (next) timer = setTimeout(doWhatIsDue, Math.min(next.at.getTime() - now().getTime(), LONGEST_TIMER_MS)).unref();
  };

  const doWhatIsDue = (): void => {
    if (isActing) return;
    for (let next = waiting.first(); next && next.at <= now(); next = waiting.first()) {
      waiting.take();
      perform(next);
    }
    wakeUpForNext();
  };

  const allDone = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
  };

  const move = async (seconds: number): Promise<void> => {
    const targetMs = aheadMs + seconds * 1000;
    for (;;) {
      clearTimeout(timer);
      await allDone();
      const next = waiting.first();
      const aheadThenMs = next ? next.at.getTime() - Date.now() : Infinity;
      if (!next || aheadThenMs > targetMs) break;
      aheadMs = Math.max(aheadMs, aheadThenMs);
      waiting.take();
      perform(next);
    }
    aheadMs = targetMs;
    wakeUpForNext();
  };

  return {
    now,
    aheadMs: () => aheadMs,
    advance: (seconds) => {
      lastMove = lastMove.then(() => move(seconds));
      return lastMove;
    },
    at: (at, act) => {
      waiting.add({ at, act });
      doWhatIsDue();
    },
    stop: () => {
      waiting.clear();
      clearTimeout(timer);
    },
  };
};
