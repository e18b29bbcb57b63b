import { QUEUES, type Queue } from '../domain/work.ts';
import type { Needs } from './needs.ts';
import type { Due } from './ports.ts';

/** With so many messages a queue has no want of more: its workers lag, and every sweep would send the same again. */
const FULL = 5000;

/** Work that waits for so long stands in the way of what is due after it: then all queues are woken. */
const STUCK_MS = 3_600_000;

const queuesOf = (due: Due, now: Date): readonly Queue[] => {
  if (due.key !== undefined) return ['marketplace-events'];
  return now.getTime() - Date.parse(due.at) < STUCK_MS ? due.queues : QUEUES;
};

/**
 * Sends the messages again that a death between commit and send, or a lapsed claim, left unsent (design 5). Safe to repeat:
 * a message that finds nothing to do does nothing. What a full queue does not take comes with a later sweep.
 */
export const sweep = async (needs: Pick<Needs, 'store' | 'queues' | 'clock' | 'log'>): Promise<void> => {
  const { store, queues } = needs;
  const now = needs.clock();
  const counts = new Map<Queue, number>();
  let count = 0;
  for await (const due of store.due(now)) {
    for (const queue of queuesOf(due, now)) {
      const before = counts.get(queue) ?? (await queues.count(queue));
      counts.set(queue, before);
      if (before > FULL) continue;
      if (due.key === undefined) await queues.send(queue, due.subscriptionId);
      else await queues.sendNotice(due.subscriptionId, due.key);
      counts.set(queue, before + 1);
    }
    count += 1;
  }
  needs.log('PEG_SWEPT', { count });
};
