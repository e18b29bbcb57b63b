/** Something to do at a time. */
export type Due = { at: Date; act: (at: Date) => void | Promise<void> };

/** What waits for its time: the earliest first, of the same time the one that came first. */
export type DueQueue = {
  first(): Due | undefined;
  /** Takes the first one out. */
  take(): Due | undefined;
  add(due: Due): void;
  clear(): void;
};

type Entry = Due & { place: number };

const isBefore = (one: Entry, other: Entry): boolean =>
  one.at < other.at || (one.at.getTime() === other.at.getTime() && one.place < other.place);

/** A binary heap: with a hundred thousand subscriptions as many things wait. */
export const makeDueQueue = (): DueQueue => {
  let heap: Entry[] = [];
  let added = 0;

  /** Puts `entry` at `hole` or above it, where nothing later stands over it. */
  const rise = (entry: Entry, from: number): void => {
    let hole = from;
    while (hole > 0) {
      const above = (hole - 1) >> 1;
      const parent = heap[above] as Entry;
      if (isBefore(parent, entry)) break;
      heap[hole] = parent;
      hole = above;
    }
    heap[hole] = entry;
  };

  /** Puts `entry` at the top or below it, where nothing earlier stands under it. */
  const sink = (entry: Entry): void => {
    let hole = 0;
    for (;;) {
      let below = 2 * hole + 1;
      const [left, right] = [heap[below], heap[below + 1]];
      if (!left) break;
      if (right && isBefore(right, left)) below += 1;
      const child = heap[below] as Entry;
      if (isBefore(entry, child)) break;
      heap[hole] = child;
      hole = below;
    }
    heap[hole] = entry;
  };

  return {
    first: () => heap[0],
    take: () => {
      const first = heap[0];
      const last = heap.pop();
      if (last && heap.length > 0) sink(last);
      return first;
    },
    add: (due) => {
      added += 1;
      rise({ ...due, place: added }, heap.length);
    },
    clear: () => {
      heap = [];
    },
  };
};
