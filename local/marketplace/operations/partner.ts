import type { Purchase } from '../purchases.ts';
import type { World } from '../world.ts';
import { isOpen, newOperation, type Operation, type Wanted } from './operation.ts';
import { end, later, newNotification, sendNotification, succeed } from './run.ts';

const tell = (world: World, purchase: Purchase, operation: Operation, at: Date): void => {
  operation.notification = newNotification(world, purchase, operation, at);
  sendNotification(world, purchase, operation);
};

const start = (world: World, purchase: Purchase, operation: Operation, at: Date): void => {
  if (operation.wire.status !== 'NotStarted') return;
  operation.wire = { ...operation.wire, status: 'InProgress' };
  if (!operation.isNotifyOnly) tell(world, purchase, operation, at);
};

const finish = (world: World, purchase: Purchase, operation: Operation, at: Date): void => {
  if (!isOpen(operation)) return;
  const status = world.switches.partnerOutcome;
  if (status !== 'Succeeded') {
    end(world, purchase, operation, { at, status, why: 'Asked for by switch' });
    return;
  }
  const notification = newNotification(world, purchase, { ...operation, wire: { ...operation.wire, status } }, at);
  succeed(world, purchase, operation, at);
  if (!operation.isNotifyOnly) return;
  operation.notification = notification;
  sendNotification(world, purchase, operation);
};

/** What is still to come of an operation that the publisher started. */
export const goOn = (world: World, purchase: Purchase, operation: Operation): void => {
  const { partnerOperationSeconds: seconds } = world.switches;
  const beganAt = new Date(operation.beganAt);
  world.clock.at(later(beganAt, seconds), (at) => start(world, purchase, operation, at));
  world.clock.at(later(beganAt, 2 * seconds), (at) => finish(world, purchase, operation, at));
};

/** Begins what the publisher asked for (contract 2.8, 2.9). It ends by itself, whatever becomes of its webhook, but for a 4xx. */
export const beginForPublisher = (world: World, purchase: Purchase, wanted: Wanted): Operation => {
  const at = world.clock.now();
  const operation = newOperation(purchase.subscription, { ...wanted, source: 'Partner' }, at);
  purchase.operations.push(operation);
  world.purchases.note(purchase, `${wanted.action}: asked for by the publisher`, at);
  goOn(world, purchase, operation);
  return operation;
};
