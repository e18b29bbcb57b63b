import type { Subscription } from '../domain/subscription.ts';
import { QUEUES, type Queue, workDueAt } from '../domain/work.ts';
import type { Queues } from './ports.ts';

/** A queue message may be hidden for 7 days at most; whatever is later than a day is left to the sweep. */
const LONGEST_DELAY_SECONDS = 24 * 3600;

/** Sends the message for the record's next piece of work in that queue, to arrive when it is due; answers whether there is any. */
export const followUp = async (queues: Queues, queue: Queue, record: Subscription, now: Date): Promise<boolean> => {
  const due = workDueAt(record, queue);
  if (due === undefined) return false;
  const seconds = Math.max(0, Math.ceil((Date.parse(due) - now.getTime()) / 1000));
  if (seconds <= LONGEST_DELAY_SECONDS) await queues.send(queue, record.id, seconds);
  return true;
};

/** After a change that may ask for anything: a message for each queue that has work. */
export const wakeAll = async (queues: Queues, record: Subscription, now: Date): Promise<void> => {
  for (const queue of QUEUES) await followUp(queues, queue, record, now);
};

/**
 * After a person's request: one message at most, sent after the commit. The provisioning worker hands on to the
 * notifications; what dies in between is healed by the sweep.
 */
export const wake = async (queues: Queues, record: Subscription, now: Date): Promise<void> => {
  const isDueNow = (workDueAt(record, 'provisioning') ?? '9') <= now.toISOString();
  if (!isDueNow && (await followUp(queues, 'notifications', record, now))) return;
  await followUp(queues, 'provisioning', record, now);
};
