import { dueAt, isDue } from './attempts.ts';
import { erasureDueAt } from './erasure.ts';
import type { Subscription } from './subscription.ts';
import { nextStep } from './transitions/steps.ts';
import { workspaceDueAt } from './transitions/workspace.ts';

/** The effects that a record still asks for, by the queue whose worker carries them out. */
export const QUEUES = ['provisioning', 'notifications', 'marketplace-events'] as const;
export type Queue = (typeof QUEUES)[number];

const earliest = (instants: string[]): string | undefined => instants.toSorted()[0];

/** When the record's next piece of work may be taken (ISO 8601), or `undefined` when that queue has nothing to do for it. */
export const workDueAt = (record: Subscription, queue: Queue): string | undefined => {
  if (queue === 'notifications') {
    const mails = record.mails.filter((mail) => mail.state === 'pending').map((mail) => dueAt(mail));
    return earliest(record.remindAt === undefined ? mails : [...mails, record.remindAt]);
  }
  if (queue === 'marketplace-events') {
    const dues = [record.pendingOperation && dueAt(record.pendingOperation), record.recheck?.at];
    return earliest(dues.filter((instant) => instant !== undefined));
  }
  const step = nextStep(record);
  const activation = record.stage === 'activating' ? record.activation : undefined;
  const dues = [
    step && dueAt(record.steps[step]),
    activation && dueAt(activation),
    workspaceDueAt(record),
    erasureDueAt(record),
  ];
  return earliest(dues.filter((instant) => instant !== undefined));
};

/** Whether the activation may be taken now: for the call itself or for the next re-read. */
export const isActivationDue = (record: Subscription, now: Date): boolean =>
  record.stage === 'activating' && record.activation !== undefined && isDue(record.activation, now);

/** How long the message that was sent with the commit has, before the sweep sends another. */
export const SWEEP_AFTER_SECONDS = 60;

/** When the sweep looks after this record: a minute after its work was due, so that it only heals what died (design 5). */
export const sweepAt = (record: Subscription): string | undefined => {
  const due = earliest(QUEUES.map((queue) => workDueAt(record, queue)).filter((instant) => instant !== undefined));
  if (due === undefined) return undefined;
  const from = Math.max(Date.parse(due), Date.parse(record.updatedAt));
  return new Date(from + SWEEP_AFTER_SECONDS * 1000).toISOString();
};

/** The queues whose work is due by then: those that the sweep sends to. */
export const queuesDueBy = (record: Subscription, instant: string): Queue[] =>
  QUEUES.filter((queue) => (workDueAt(record, queue) ?? '9') <= instant);
