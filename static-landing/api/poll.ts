/** What a look found: something new, nothing new, or that there is nothing more to look for. */
export type Look = 'changed' | 'same' | 'stop';

/**
 * Looks again after `firstMs`, ever more rarely up to `mostMs` while nothing changes. A hidden page does not look; it
 * does at once when it is seen again. Answers how to stop.
 */
export const poll = (
  look: () => Promise<Look>,
  { firstMs, mostMs }: { firstMs: number; mostMs: number },
): (() => void) => {
  let waitMs = firstMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLooking = false;
  let isStopped = false;

  const plan = (): void => {
    if (!isStopped && !document.hidden) timer = setTimeout(() => void run(), waitMs);
  };
  const run = async (): Promise<void> => {
    if (isLooking || isStopped) return;
    isLooking = true;
    const found = await look();
    isLooking = false;
    if (found === 'stop') stop();
    waitMs = found === 'changed' ? firstMs : Math.min(waitMs * 1.25, mostMs);
    plan();
  };
  const seen = (): void => {
    clearTimeout(timer);
    if (document.hidden) return;
    waitMs = firstMs;
    void run();
  };
  const stop = (): void => {
    isStopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seen);
  };

  document.addEventListener('visibilitychange', seen);
  plan();
  return stop;
};
