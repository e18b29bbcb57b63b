import type { Subscription } from '../domain/subscription.ts';
import { type Queue, workDueAt } from '../domain/work.ts';
import type { Queues } from './ports.ts';

/** A queue message may be hidden for 7 days at most; whatever is later than a day is left to the sweep. */
const LONGEST_DELAY_SECONDS = 24 * 3600;

const send = async (queues: Queues, queue: Queue, record: Subscription, now: Date): Promise<boolean> => {
  const due = workDueAt(record, queue);
  if (due === undefined) return false;
  const seconds = Math.max(0, Math.ceil((Date.parse(due) - now.getTime()) / 1000));
  if (seconds <= LONGEST_DELAY_SECONDS) await queues.send(queue, record.id, seconds);
  return true;
};

/**
 * After a person's request: one message at most, sent after the commit. The provisioning worker hands on to the
 * notifications, and the other way round; what dies in between is healed by the sweep.
 */
export const wake = async (queues: Queues, record: Subscription, now: Date): Promise<void> => {
  const isDueNow = (workDueAt(record, 'provisioning') ?? '9') <= now.toISOString();
  if (isDueNow) await send(queues, 'provisioning', record, now);
  else if (!(await send(queues, 'notifications', record, now))) await send(queues, 'provisioning', record, now);
};

/** After a worker's commits: whatever the record still asks for, each queue when its work is due. */
export const followUp = async (queues: Queues, record: Subscription, now: Date): Promise<void> => {
  await send(queues, 'provisioning', record, now);
  await send(queues, 'notifications', record, now);
};
