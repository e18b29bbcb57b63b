/** What a look found: something new, nothing new, nothing to expect before the page is seen anew, or nothing ever again. */
export type Look = 'changed' | 'same' | 'rest' | 'stop';

/**
 * Looks again after `firstMs`, ever more rarely up to `mostMs` while nothing changes. A hidden page does not look; it
 * does at once when it is seen again. `isResting`: the first look is then, too. Answers how to stop.
 */
export const poll = (
  look: () => Promise<Look>,
  { firstMs, mostMs, isResting = false }: { firstMs: number; mostMs: number; isResting?: boolean },
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
    if (found !== 'rest') plan();
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
  if (!isResting) plan();
  return stop;
};
