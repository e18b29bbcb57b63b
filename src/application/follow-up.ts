import type { Subscription } from '../domain/subscription.ts';
import { QUEUES, type Queue, workDueAt } from '../domain/work.ts';
import type { Needs } from './needs.ts';
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

/** Whoever waits for an answer need not wait for a queue that is slow or down: what is committed, the sweep finds. */
const SEND_MS = 2000;

/** Lets a message be sent for 2 s at most; `tell` hears of a failure. Never throws. */
export const sendInTime = async (sending: Promise<unknown>, tell: (cause: unknown) => void): Promise<void> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, SEND_MS);
  });
  await Promise.race([sending.catch(tell), late]);
  clearTimeout(timer);
};

/** After a change that may ask for anything: a message for each queue that has work. */
export const wakeAll = async (queues: Queues, record: Subscription, now: Date): Promise<void> => {
  for (const queue of QUEUES) await followUp(queues, queue, record, now);
};

/**
 * After a person's request: one message at most, sent after the commit. The provisioning worker hands on to the
 * notifications; what dies in between, or cannot be sent, is healed by the sweep. Never throws: the request is on the record.
 */
export const wake = async (needs: Pick<Needs, 'queues' | 'clock' | 'log'>, record: Subscription): Promise<void> => {
  await sendInTime(sendFirst(needs.queues, record, needs.clock()), (cause) =>
    needs.log('PEG_MESSAGE_UNSENT', { subscriptionId: record.id, cause }),
  );
};

const sendFirst = async (queues: Queues, record: Subscription, now: Date): Promise<void> => {
  const isDueNow = (workDueAt(record, 'provisioning') ?? '9') <= now.toISOString();
  if (!isDueNow && (await followUp(queues, 'notifications', record, now))) return;
  await followUp(queues, 'provisioning', record, now);
};
