import type { Clock } from '../../application/ports.ts';
import { PegasusError } from '../../domain/errors.ts';

const PER_MINUTE = 60;
const WINDOW_MS = 60_000;
const MOST_CALLERS = 10_000;

/**
 * Counts requests per caller in windows of a minute, in this instance's memory: enough against a page in a loop.
 * @throws `too-many-requests` with the seconds to wait
 */
export const rateLimit = (clock: Clock): ((caller: string) => void) => {
  const windows = new Map<string, { startedAt: number; count: number }>();
  return (caller) => {
    const now = clock().getTime();
    const current = windows.get(caller);
    const window = current && now - current.startedAt < WINDOW_MS ? current : { startedAt: now, count: 0 };
    window.count += 1;
    windows.delete(caller);
    windows.set(caller, window);
    const oldest = windows.size > MOST_CALLERS ? windows.keys().next().value : undefined;
    if (oldest !== undefined) windows.delete(oldest);
    if (window.count <= PER_MINUTE) return;
    throw new PegasusError('too-many-requests', 'Too many requests came from this account. Wait a minute.', {
      extras: { retryAfterSeconds: (window.startedAt + WINDOW_MS - now) / 1000 },
    });
  };
};
