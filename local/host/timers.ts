import type { RpcData } from './core-module.ts';
import type { Invoke } from './invoke.ts';
import { parseSchedule, type Schedule } from './ncrontab.ts';
import type { RegisteredFunction } from './registry.ts';

/** The longest wait that a Node timer can be given is 24 days; longer ones are taken in pieces of this. */
const LONGEST_WAIT_MS = 24 * 3600 * 1000;

export type TimerHost = { stop(): void };

/** What a timer function is given: when it was due and when it is next. Nothing is remembered between runs of the host. */
export const timerInput = (schedule: string, due: Date): RpcData => {
  const next = parseSchedule(schedule)(due);
  const status = { Last: due.toISOString(), Next: next.toISOString(), LastUpdated: due.toISOString() };
  const timer = { Schedule: { AdjustForDST: false }, ScheduleStatus: status, IsPastDue: false };
  return { json: JSON.stringify(timer) };
};

/**
 * Runs every timer function on its schedule (UTC), and at once where it says `runOnStartup`; never twice at a time.
 *
 * @throws Error when a schedule is not understood
 */
export const startTimers = (functions: RegisteredFunction[], invoke: Invoke): TimerHost => {
  const stops = functions.flatMap((fn) => {
    const { trigger } = fn;
    if (trigger.type !== 'timerTrigger') return [];
    const nextAfter = parseSchedule(trigger.schedule);
    const run = (due: Date) => invoke(fn, timerInput(trigger.schedule, due)).catch(() => undefined);
    return [repeat(run, nextAfter, trigger.runOnStartup === true ? new Date() : nextAfter(new Date()))];
  });
  return {
    stop: () => {
      for (const stop of stops) stop();
    },
  };
};

const repeat = (run: (due: Date) => Promise<unknown>, nextAfter: Schedule, first: Date) => {
  let timeout: NodeJS.Timeout | undefined;
  let stopped = false;
  const wait = (due: Date) => {
    const waitMs = Math.max(due.getTime() - Date.now(), 0);
    const then = () => (waitMs > LONGEST_WAIT_MS ? wait(due) : void runAt(due));
    timeout = setTimeout(then, Math.min(waitMs, LONGEST_WAIT_MS));
  };
  const runAt = async (due: Date) => {
    await run(due);
    // A timeout may fire a millisecond early; the same due time must not come again.
    if (!stopped) wait(nextAfter(new Date(Math.max(due.getTime(), Date.now()))));
  };
  wait(first);
  return () => {
    stopped = true;
    clearTimeout(timeout);
  };
};
