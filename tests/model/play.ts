import { setTimeout as sleep } from 'node:timers/promises';
import { journeys } from '../contract/http/journeys.ts';
import { later } from '../contract/workers/later.ts';
import { stored } from '../contract/workers/stored.ts';
import { eventually } from '../support/eventually.ts';
import { startWorld, type World } from '../support/world.ts';
import { faultsOf } from './promises.ts';
import type { Step } from './steps.ts';

type Purchase = { id: string; person: string };

const USUAL = {
  webhookCopies: 1,
  webhookDelaysSeconds: [0],
  effectLagSeconds: 0,
  webhookTokenVersion: 2,
  webhookPayload: [],
  notifyOnlyOperation: 200,
  subscribeWebhook: 'at-purchase',
  activate: 'sync',
  repeatActivate: 400,
  linkHost: 'own',
} as const;

/** Long enough that every claim of a dead process has lapsed, and that the sweep finds what it left. */
const AFTER_DEATH_SECONDS = 200;

/** One machine on which stories are played one after the other, each with purchases of its own. */
export const startStage = async () => {
  const world = await startWorld({ webhook: true });
  return { play: (steps: Step[]) => play(world, steps), close: () => world.close() };
};

const refused = async (act: Promise<unknown>): Promise<void> => {
  // What does not fit the state is refused, and what is busy comes to rest later; that is no fault of anybody.
  await act.catch(() => undefined);
};

const act = async (world: World, purchases: Purchase[], step: Step): Promise<void> => {
  const { api, marketplace } = world;
  const chosen = 'which' in step && purchases.length > 0 ? purchases[step.which % purchases.length] : undefined;
  if ('which' in step && !chosen) return;
  const { id = '', person = '' } = chosen ?? {};
  switch (step.do) {
    case 'buy': {
      const { planId, quantity } = step;
      const order = { planId, purchaser: step.person, ...(quantity === undefined ? {} : { quantity }) };
      purchases.push({ id: (await marketplace.purchase(order)).subscriptionId, person: step.person });
      return;
    }
    case 'land':
      return refused(api.resolve(person, (await marketplace.purchaseToken(id)).purchaseToken));
    case 'onboard':
      await refused(api.resolve(person, (await marketplace.purchaseToken(id)).purchaseToken));
      return refused(api.onboard(person, id));
    case 'confirm':
      return refused(api.operate('operator', id, 'confirm'));
    case 'activate':
      return refused(api.activate(person, id));
    case 'change-plan':
      return refused(api.change(person, id, { planId: step.planId }));
    case 'change-seats':
      return refused(api.change(person, id, { quantity: step.quantity }));
    case 'cancel':
      return refused(api.cancel(person, id));
    case 'microsoft': {
      const { action, planId, quantity } = step;
      const what = {
        action,
        ...(planId === undefined ? {} : { planId }),
        ...(quantity === undefined ? {} : { quantity }),
      };
      return refused(marketplace.act(id, what));
    }
    case 'lie':
      return refused(marketplace.act(id, { action: step.action, untrue: true, planId: 'team' }));
    case 'repeat': {
      const told = (await marketplace.deliveries(id)).at(-1);
      return told ? refused(marketplace.deliver(told.body)) : undefined;
    }
    case 'switch':
      await marketplace.switches(step.switches);
      return;
    case 'fault':
      return marketplace.faults({
        operation: step.operation,
        ...(step.how === 'status' ? { status: 500 } : step.how === 'slow' ? { delayMs: 400 } : { reset: step.how }),
        times: 1,
      });
    case 'pass':
      await marketplace.advanceClock(step.seconds);
      return;
    case 'wait':
      await sleep(step.milliseconds);
      return;
    case 'at-once':
      await Promise.all(step.steps.map((one) => act(world, purchases, one)));
      return;
    case 'rest':
      return journeys(world)
        .quiet()
        .catch(() => undefined);
    case 'kill':
      await world.restart();
      return;
    default:
      step satisfies never;
  }
};

const ROUNDS = 6;

/**
 * Lets everything come to rest: no faults, time for Microsoft, and for us so much that nobody dead holds anything. Answers what
 * finds no end.
 */
const settle = async (world: World, purchases: Purchase[]): Promise<string[]> => {
  const { marketplace } = world;
  await marketplace.clearFaults();
  await marketplace.switches(USUAL);
  await world.restart(later(AFTER_DEATH_SECONDS));
  await marketplace.advanceClock(70);
  await world.sweep();
  await journeys(world).quiet();
  const storage = stored(world.storage.connectionString);
  const open = async () =>
    (await storage.rows('Subscriptions')).some(
      ({ rowKey, data0 }) =>
        purchases.some(({ id }) => rowKey.startsWith(`inbox|${id}|`)) && String(data0).includes('"state":"open"'),
    );
  // A dead process hides the message it had for ten minutes, and each commit puts the sweep off for one. What is due within
  // a round is work, and no reminder or erasure of weeks ahead.
  const due = async (round: number) => {
    const soon = Date.now() + AFTER_DEATH_SECONDS * (round + 1) * 1000;
    const all = await Promise.all(purchases.map(({ id }) => storage.dueAt(id)));
    return all.flat().some((at) => at.getTime() <= soon);
  };
  let round = 1;
  // What is told of and not so is asked about for a minute and a half: another clock makes that short.
  for (; round <= ROUNDS && ((await open()) || (await due(round))); round += 1) {
    await world.restart(later(AFTER_DEATH_SECONDS * (round + 1)));
    await world.sweep();
    await journeys(world).quiet();
  }
  await eventually(
    async () =>
      (
        await faultsOf(
          world,
          purchases.map(({ id }) => id),
        )
      ).length,
    (count) => count === 0,
    10_000,
  ).catch(() => undefined);
  return round > ROUNDS && (await due(round)) ? [`P2: there is still work after ${ROUNDS} rounds`] : [];
};

/** Plays a story to its end and answers what is not as promised. */
const play = async (world: World, steps: Step[]): Promise<string[]> => {
  const purchases: Purchase[] = [];
  for (const step of steps) await act(world, purchases, step);
  const endless = await settle(world, purchases);
  const faults = await faultsOf(
    world,
    purchases.map(({ id }) => id),
  );
  await world.restart(later(0));
  return [...endless, ...faults];
};
