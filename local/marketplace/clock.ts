type Due = { at: Date; act: (at: Date) => void };

/**
 * The time on Microsoft's side. It runs with the machine's clock and can be moved ahead, so that what takes minutes or
 * days there (a slow activation, a purchase token's end) takes no time in a test.
 */
export type MarketplaceClock = {
  now(): Date;
  /** How far it is ahead of the machine's. */
  aheadMs(): number;
  /** Moves the clock ahead and does everything that falls due on the way, in order. */
  advance(seconds: number): void;
  /** Does `act` once when this clock reaches `at`. */
  at(at: Date, act: (at: Date) => void): void;
  /** Forgets all that is still to be done. */
  stop(): void;
};

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const makeClock = (keptAheadMs = 0): MarketplaceClock => {
  let aheadMs = keptAheadMs;
  let waiting: Due[] = [];
  let timer: NodeJS.Timeout | undefined;

  const now = (): Date => new Date(Date.now() + aheadMs);

  const doWhatIsDue = (): void => {
    clearTimeout(timer);
    for (let next = waiting[0]; next && next.at <= now(); next = waiting[0]) {
      waiting.shift();
      next.act(next.at);
    }
    const next = waiting[0];
    if (next) timer = setTimeout(doWhatIsDue, Math.min(next.at.getTime() - now().getTime(), LONGEST_TIMER_MS)).unref();
  };

  return {
    now,
    aheadMs: () => aheadMs,
    advance: (seconds) => {
      aheadMs += seconds * 1000;
      doWhatIsDue();
    },
    at: (at, act) => {
      waiting = [...waiting, { at, act }].sort((left, right) => left.at.getTime() - right.at.getTime());
      doWhatIsDue();
    },
    stop: () => {
      waiting = [];
      clearTimeout(timer);
    },
  };
};
