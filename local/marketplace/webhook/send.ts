import { canBeRefused } from '../operations/operation.ts';
import type { World } from '../world.ts';
import type { Delivery } from './deliveries.ts';
import type { Notification, Outcome } from './notification.ts';
import { post } from './post.ts';

/** Contract 4.1. */
const ATTEMPTS = 500;
const HOURS = 8;

const later = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

/** Only 200 is documented as taken; any other answer that is no 4xx is none. */
const judge = (world: World, notification: Notification, status: number): Outcome | 'again' => {
  if (status === 200) return 'accepted';
  if (status >= 400 && status < 500) {
    if (canBeRefused(notification.action)) return 'refused';
    if (world.switches.webhookNotifyRefused === 'dropped') return 'dropped';
  }
  const endsAt = later(new Date(notification.firstAt ?? notification.nextAt), HOURS * 3600);
  const isOver = notification.attempts >= ATTEMPTS || world.clock.now() >= endsAt;
  return isOver ? 'given-up' : 'again';
};

const postOnce = async (world: World, notification: Notification, isCopy: boolean): Promise<Delivery | undefined> => {
  const { body, subscriptionId, operationId, action, attempts } = notification;
  const about = { subscriptionId, operationId, action };
  return world.webhook && post(world, world.webhook, { body, attempt: isCopy ? 1 : attempts, isCopy, about });
};

const sendCopies = (world: World, notification: Notification, at: Date): void => {
  const { webhookCopies, webhookCopyGapSeconds } = world.switches;
  for (let copy = 1; copy < webhookCopies; copy += 1) {
    world.clock.at(later(at, copy * webhookCopyGapSeconds), async () => {
      await postOnce(world, notification, true);
    });
  }
};

/**
 * Sends a webhook when its time has come and again until it is dealt with; `settled` hears once what became of it.
 * Nothing about the order of several is promised (contract 4.1).
 */
export const send = (world: World, notification: Notification, settled: (outcome: Outcome, at: Date) => void): void => {
  world.clock.at(new Date(notification.nextAt), async (at) => {
    notification.attempts += 1;
    notification.firstAt ??= at.toISOString();
    if (notification.attempts === 1) sendCopies(world, notification, at);
    const delivery = await postOnce(world, notification, false);
    if (world.closing.signal.aborted) return;
    const outcome = delivery ? judge(world, notification, delivery.status) : 'unsent';
    if (outcome !== 'again') {
      settled(outcome, world.clock.now());
      return;
    }
    notification.nextAt = later(world.clock.now(), world.switches.webhookRetryGapSeconds).toISOString();
    send(world, notification, settled);
  });
};
