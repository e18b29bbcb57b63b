import { QUEUES } from '../domain/work.ts';
import type { Needs } from './needs.ts';

/**
 * Sends the messages again that a death between commit and send, or a lapsed claim, left unsent (design 5). Safe to repeat:
 * a message that finds nothing to do does nothing.
 */
export const sweep = async (needs: Pick<Needs, 'store' | 'queues' | 'clock' | 'log'>): Promise<void> => {
  let count = 0;
  for await (const { subscriptionId, key } of needs.store.due(needs.clock())) {
    if (key === undefined) for (const queue of QUEUES) await needs.queues.send(queue, subscriptionId);
    else await needs.queues.sendNotice(subscriptionId, key);
    count += 1;
  }
  needs.log('PEG_SWEPT', { count });
};
