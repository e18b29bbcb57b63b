import { setTimeout as sleep } from 'node:timers/promises';

/** The service lets nobody open more than 60 purchases a minute; whoever opens one in another way needs room, too. */
const MOST = 55;
const WITHIN_MS = 61_000;

const opened = new Map<string, number[]>();

/** Waits until the person may open another purchase without being told to wait. */
export const inTime = async (person: string): Promise<void> => {
  for (;;) {
    const now = Date.now();
    const recent = (opened.get(person) ?? []).filter((at) => at > now - WITHIN_MS);
    const [first] = recent;
    if (first === undefined || recent.length < MOST) {
      opened.set(person, [...recent, now]);
      return;
    }
    await sleep(first + WITHIN_MS - now);
  }
};
