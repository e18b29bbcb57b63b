import type { Outcome, Rules } from '../../../src/domain/outcome.ts';
import type { Attempts, Subscription } from '../../../src/domain/subscription.ts';
import { type Event, rulesAt, seenFirst } from '../support/records.ts';

/** A record that the search came to, so many seconds after the beginning, by these events. */
export type Found = { record: Subscription; seconds: number; path: string[] };

/** One decision on the way: what was made of the record by the event. */
export type Decision = { from: Found; event: string; outcome: Outcome };

/** What may happen: an event, or so many seconds that pass. */
export type Happenings = Record<string, Event | number>;

// More re-reads than this are all alike (activation.ts).
const READS_THAT_DIFFER = 5;
const THREE_DAYS_MS = 3 * 86_400_000;
const CLAIM_MS = 60_000;

const isPast = (instant: string | undefined, now: number, offsetMs = 0): boolean | undefined =>
  instant === undefined ? undefined : Date.parse(instant) + offsetMs <= now;

const workKey = ({ claim, nextTryAt, since }: Attempts, now: number) => [
  isPast(claim?.at, now, CLAIM_MS),
  isPast(nextTryAt, now),
  isPast(since, now, THREE_DAYS_MS),
];

/** What tells two records apart for their future: instants only as far as they decide something. */
const keyOf = ({ record, seconds }: Found): string => {
  const now = rulesAt(seconds).now.getTime();
  const { activation, confirmation, steps } = record;
  return JSON.stringify([
    record.stage,
    record.marketplaceStatus,
    Object.values(steps).map((step) => [step.state, workKey(step, now)]),
    confirmation?.over,
    activation && [workKey(activation, now), activation.answer, Math.min(activation.reads, READS_THAT_DIFFER)],
  ]);
};

/**
 * Walks breadth first through every sequence of happenings from the first visit on, until nothing new is found or the
 * sequences are longer than `depth`. Events are `paceSeconds` apart. Records that cannot be told apart for their future
 * are followed once.
 */
export function* search(
  happenings: Happenings,
  rules: Partial<Rules>,
  { depth = Infinity, paceSeconds = 0 }: { depth?: number; paceSeconds?: number } = {},
): Generator<Decision> {
  const seen = new Set<string>();
  let frontier: Found[] = [{ record: seenFirst(), seconds: 0, path: [] }];
  for (let length = 0; frontier.length > 0 && length < depth; length += 1) {
    const found: Found[] = [];
    for (const from of frontier) {
      for (const [event, happens] of Object.entries(happenings)) {
        const to = { ...from, seconds: from.seconds + paceSeconds, path: [...from.path, event] };
        if (typeof happens === 'number') to.seconds += happens;
        else {
          const outcome = happens(from.record, rulesAt(to.seconds, rules));
          yield { from, event, outcome };
          if (outcome.kind !== 'changed') continue;
          to.record = outcome.next;
        }
        const key = keyOf(to);
        if (!seen.has(key)) found.push(to);
        seen.add(key);
      }
    }
    frontier = found;
  }
}
