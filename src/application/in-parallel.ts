/** Does `work` for each item, `atOnce` of them at a time, and answers the results in the items' order. The first fault ends it. */
export const inParallel = async <Item, Result>(
  items: Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index] as Item);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, one));
  } finally {
    next = items.length;
  }
  return results;
};
