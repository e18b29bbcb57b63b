import { stored } from '../workers/stored.ts';
import { goFirst } from './drives.ts';
import { newSubject } from './kills.ts';
import { ACTS } from './kinds.ts';
import { atRest } from './rest.ts';
import type { MortalWorld } from './world.ts';

const COPIES = 6;

/**
 * Walks the journey with each message coming several times at once, while the effects take long enough for all of them to
 * be read. Answers what was tried outside, in its order.
 */
export const deliverOften = async (world: MortalWorld): Promise<string[]> => {
  await goFirst(world);
  const { send } = stored(world.storage.connectionString);
  const subject = await newSubject(world);
  const text = JSON.stringify({ v: 1, subscriptionId: subject.id });
  for (const act of ACTS) {
    await subject.ask(act);
    world.wire.hold(subject.id);
    if (act !== 'resolve') {
      const queues = Array.from({ length: COPIES }, () => ['provisioning', 'notifications']).flat();
      await Promise.all(queues.map((queue) => send(queue, text)));
    }
    await atRest(world, [{ subject, act }]);
  }
  return world.wire.effects(subject.id);
};
