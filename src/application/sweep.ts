import type { Needs } from './needs.ts';

/**
 * Sends the messages again that a death between commit and send, or a lapsed claim, left unsent (design 5). Safe to repeat:
 * a message that finds nothing to do does nothing.
 */
export const sweep = async (needs: Pick<Needs, 'store' | 'queues' | 'clock' | 'log'>): Promise<void> => {
  let count = 0;
  for await (const id of needs.store.due(needs.clock())) {
    await needs.queues.send('provisioning', id);
    await needs.queues.send('notifications', id);
    count += 1;
  }
  needs.log('PEG_SWEPT', { count });
};
