/** Asks until `isWanted` holds, and then answers; after `withinMs` throws with what was last seen. */
export const eventually = async <T>(
  ask: () => Promise<T>,
  isWanted: (seen: T) => boolean,
  withinMs = 20_000,
): Promise<T> => {
  const until = Date.now() + withinMs;
  for (;;) {
    const seen = await ask();
    if (isWanted(seen)) return seen;
    if (Date.now() > until) throw new Error(`Not within ${withinMs} ms. Last seen: ${JSON.stringify(seen, null, 2)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
};
