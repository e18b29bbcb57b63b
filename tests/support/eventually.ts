/** Each look costs the system under test something: the longer it takes, the rarer they are. */
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [60, 600];

/** Asks until `isWanted` holds, and then answers; after `withinMs` throws with what was last seen. */
export const eventually = async <T>(
  ask: () => Promise<T>,
  isWanted: (seen: T) => boolean,
  withinMs = 40_000,
): Promise<T> => {
  const until = Date.now() + withinMs;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 1.4, LONGEST_WAIT_MS)) {
    const seen = await ask();
    if (isWanted(seen)) return seen;
    if (Date.now() > until) throw new Error(`Not within ${withinMs} ms. Last seen: ${JSON.stringify(seen, null, 2)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, waitMs);
    });
  }
};
