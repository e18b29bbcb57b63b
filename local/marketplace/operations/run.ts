import type { Purchase } from '../purchases.ts';
import type { Notification, Outcome } from '../webhook/notification.ts';
import { payloadOf } from '../webhook/payload.ts';
import { send } from '../webhook/send.ts';
import { nextWebhookDelaySeconds, type World } from '../world.ts';
import { nextDeadline } from './due.ts';
import { after } from './effect.ts';
import { canBeRefused, isOpen, newOperation, type Operation, type Wanted } from './operation.ts';

/** Contract 4.2: a change that the publisher took and said no more about is accepted. */
const SILENCE_SECONDS = 10;

export const later = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

/** Ends an operation badly. `why` is what Get Operation says. */
export const end = (
  world: World,
  purchase: Purchase,
  operation: Operation,
  { at, why, status = 'Failed' }: { at: Date; why: string; status?: string },
): void => {
  operation.wire = { ...operation.wire, status, errorStatusCode: '400', errorMessage: why };
  world.purchases.note(purchase, `${operation.wire.action}: ${status}. ${why}`, at);
};

/** The operation's effect shows in the subscription. What is cancelled stays as it is. */
const show = (world: World, purchase: Purchase, operation: Operation, at: Date): void => {
  delete operation.effectAt;
  if (purchase.subscription.saasSubscriptionStatus === 'Unsubscribed') return;
  const { action } = operation.wire;
  purchase.subscription = after(purchase.subscription, operation.wire, at);
  if (action === 'Suspend') purchase.suspendedAt = at.toISOString();
  if (action === 'Unsubscribe')
    for (const open of purchase.operations.filter((one) => isOpen(one)))
      end(world, purchase, open, { at, why: 'The subscription has ended' });
  watch(world, purchase);
};

/** Lets a succeeded operation show when its time has come. */
export const showInTime = (world: World, purchase: Purchase, operation: Operation): void => {
  if (operation.effectAt !== undefined)
    world.clock.at(new Date(operation.effectAt), (at) => show(world, purchase, operation, at));
};

/** Ends an operation well; its effect follows after the lag that the switch says. */
export const succeed = (world: World, purchase: Purchase, operation: Operation, at: Date): void => {
  operation.wire = { ...operation.wire, status: 'Succeeded' };
  operation.effectAt = later(at, world.switches.effectLagSeconds).toISOString();
  world.purchases.note(purchase, `${operation.wire.action}: succeeded`, at);
  showInTime(world, purchase, operation);
};

/** The publisher said no: the change fails, and a webhook with the old values may follow (contract 4.2). */
export const refuse = (world: World, purchase: Purchase, operation: Operation, at: Date): void => {
  const { action } = operation.wire;
  end(world, purchase, operation, { at, why: 'The publisher refused' });
  if (world.switches.revertWebhook === 'sent' && canBeRefused(action) && !operation.isRevert)
    begin(world, purchase, { action, isRevert: true }, at);
};

/** Accepts an operation that the webhook took when the publisher has been silent for long enough. */
export const waitForSilence = (world: World, purchase: Purchase, operation: Operation): void => {
  if (operation.acceptedAt === undefined) return;
  world.clock.at(later(new Date(operation.acceptedAt), SILENCE_SECONDS), (at) => {
    if (isOpen(operation)) succeed(world, purchase, operation, at);
  });
};

const hear = (world: World, purchase: Purchase, operation: Operation, outcome: Outcome, at: Date): void => {
  delete operation.notification;
  if (!isOpen(operation)) return;
  const isOurs = operation.wire.operationRequestSource === 'Azure';
  if (outcome === 'refused' && world.switches.webhookRefusal === 'honoured') refuse(world, purchase, operation, at);
  else if (!isOurs) return;
  else if (outcome === 'refused') succeed(world, purchase, operation, at);
  else if (outcome === 'given-up') end(world, purchase, operation, { at, why: 'The webhook did not answer' });
  else {
    operation.acceptedAt = at.toISOString();
    waitForSilence(world, purchase, operation);
  }
};

/** Sends the operation's webhook, if there is one to send. */
export const sendNotification = (world: World, purchase: Purchase, operation: Operation): void => {
  const { notification } = operation;
  if (notification && !notification.isHeld)
    send(world, notification, (outcome, at) => hear(world, purchase, operation, outcome, at));
};

/** The webhook of an operation; its body shows what is and what will be, so it is made before the effect shows. */
export const newNotification = (
  world: World,
  { subscription }: Purchase,
  { wire }: Operation,
  at: Date,
): Notification => ({
  subscriptionId: wire.subscriptionId,
  operationId: wire.id,
  action: wire.action,
  body: payloadOf(wire, { before: subscription, after: after(subscription, wire, at) }, world.switches.webhookPayload),
  attempts: 0,
  nextAt: later(at, nextWebhookDelaySeconds(world)).toISOString(),
  isHeld: false,
});

/** Begins what the customer or Microsoft does: what can be accepted waits for the publisher, all else has happened. */
export const begin = (world: World, purchase: Purchase, wanted: Wanted, at = world.clock.now()): Operation => {
  const operation = newOperation(purchase.subscription, wanted, at);
  purchase.operations.push(operation);
  if (wanted.tell !== 'never')
    operation.notification = {
      ...newNotification(world, purchase, operation, at),
      isHeld: wanted.tell === 'after-landing',
    };
  if (operation.isNotifyOnly) succeed(world, purchase, operation, at);
  else world.purchases.note(purchase, `${operation.wire.action}: the publisher is asked`, at);
  sendNotification(world, purchase, operation);
  return operation;
};

/** Lets time do its part: the renewal, the end of a suspension, of a purchase that nobody activated (contract 5). */
export const watch = (world: World, purchase: Purchase): void => {
  const deadline = nextDeadline(purchase);
  if (!deadline) return;
  world.clock.at(deadline.at, (at) => {
    const due = nextDeadline(purchase);
    if (!due || due.at > at) return;
    if (due.action !== 'drop') begin(world, purchase, { action: due.action }, at);
    else world.purchases.drop(purchase, world.switches.droppedPurchase, at);
  });
};

/** Sends what waited for the buyer to land (contract 0.1). */
export const letGoAfterLanding = (world: World, purchase: Purchase): void => {
  for (const operation of purchase.operations) {
    const { notification } = operation;
    if (!notification?.isHeld) continue;
    Object.assign(notification, { isHeld: false, nextAt: world.clock.now().toISOString() });
    sendNotification(world, purchase, operation);
  }
};
