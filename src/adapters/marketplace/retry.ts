import { setTimeout as sleep } from 'node:timers/promises';
import type { CallContext, Clock } from '../../application/ports.ts';
import { PegasusError } from '../../domain/errors.ts';
import { unavailable } from './errors.ts';

/** Time as the retries see it; `systemTime` is the real one, tests bring one that does not wait. */
export type Time = {
  now: Clock;
  sleep(ms: number): Promise<unknown>;
  /** A signal that aborts after `ms`. */
  limit(ms: number): AbortSignal;
  /** From 0 up to 1. */
  random(): number;
};

export const systemTime = (clock: Clock): Time => ({
  now: clock,
  sleep: (ms) => sleep(ms),
  limit: (ms) => AbortSignal.timeout(ms),
  random: () => Math.random(),
});

/** How long to go on: `totalMs` over all tries and the waits between them, and at most `tries`. */
export type Limits = {
  totalMs: number;
  tries: number;
  /** Statuses that are answers to the caller, however passing. */
  handedOn?: number[];
};

/** `interactive` ends 2 s before the 20 s of the port, so that its caller can still answer within them. */
export const LIMITS: Record<CallContext['patience'], Limits> = {
  interactive: { totalMs: 18_000, tries: Number.POSITIVE_INFINITY },
  background: { totalMs: 25_000, tries: 2 },
};

const TRY_MS = 10_000;
/** Waited for up to here, passed on beyond, and never as more than the longest pause of our queues. */
const LONGEST_RETRY_AFTER_SECONDS = 5;
const LONGEST_PASSED_ON_SECONDS = 3600;
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 4000;
const SPREAD_MS = 250;

export type Answer = { status: number; headers: Headers; body: string };

/** One request: an answer of any status, or a rejection when there was none before `signal` aborted. */
export type Try = (signal: AbortSignal, attempt: number) => Promise<Answer>;

/** A short word for why no answer came: a system code or an error's name, never its message. */
export const faultOf = (error: unknown): string => {
  const { code, name, cause } = (error ?? {}) as { code?: unknown; name?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  if (cause !== undefined) return faultOf(cause);
  return typeof name === 'string' ? name : 'unknown';
};

const retryAfterSeconds = (header: string | undefined, now: Date): number | undefined => {
  if (header === undefined) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - now.getTime()) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), LONGEST_PASSED_ON_SECONDS);
};

const isPassing = ({ status }: Answer): boolean => status === 408 || status === 429 || status >= 500;

/** Half of it fixed, half by chance, doubling; never shorter than what the other side asked for. */
const waitMs = (attempt: number, askedSeconds: number, time: Time): number => {
  const backoff = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS) * (0.5 + time.random() / 2);
  return Math.ceil(Math.max(backoff, askedSeconds * 1000 + (askedSeconds > 0 ? time.random() * SPREAD_MS : 0)));
};

/**
 * Tries until there is an answer that another try would not change (contract 2.1): no connection, silence for 10 s, 408,
 * 429 and 5xx are tried again. A `Retry-After` of up to 5 s is waited for, a longer one ends the tries.
 *
 * @throws `marketplace-unavailable` after the last try, with `retryAfterSeconds` when Microsoft asked for more patience
 */
export const tryPatiently = async (oneTry: Try, limits: Limits, time: Time): Promise<Answer> => {
  const deadline = time.now().getTime() + limits.totalMs;
  const leftMs = (): number => deadline - time.now().getTime();
  for (let attempt = 1; ; attempt += 1) {
    const signal = time.limit(Math.ceil(Math.min(TRY_MS, Math.max(leftMs(), 1))));
    const result = await oneTry(signal, attempt).catch((error: unknown) => {
      if (error instanceof PegasusError) throw error;
      return faultOf(error);
    });
    const isAnswer = typeof result !== 'string' && (!isPassing(result) || limits.handedOn?.includes(result.status));
    if (isAnswer) return result;

    const asked =
      typeof result === 'string'
        ? undefined
        : retryAfterSeconds(result.headers.get('retry-after') ?? undefined, time.now());
    const wait = waitMs(attempt, asked ?? 0, time);
    const reason = typeof result === 'string' ? `no answer (${result})` : `answered ${result.status}`;
    if ((asked ?? 0) > LONGEST_RETRY_AFTER_SECONDS || attempt >= limits.tries || wait >= leftMs())
      throw unavailable(`${reason}, ${attempt} tries`, asked);
    await time.sleep(wait);
  }
};
