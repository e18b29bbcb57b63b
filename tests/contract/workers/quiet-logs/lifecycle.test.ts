import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../../support/eventually.ts';
import type { World } from '../../../support/world.ts';
import { journeys } from '../../http/journeys.ts';
import { later } from '../later.ts';
import { stored } from '../stored.ts';
import { CONTACT, QUOTING, startWatched, type Watched } from './watched.ts';

// P7 from the activation to the erasure: what Microsoft tells, buyers change, operators do, and every trouble on the way.

const DAY = 24 * 3600;
const QUOTED = { message: QUOTING };

let watched: Watched;
let world: World;
beforeAll(async () => {
  watched = await startWatched({ webhook: true });
  ({ world } = watched);
  await world.marketplace.switches({ webhookRetryGapSeconds: 1 });
});
afterAll(() => watched.close());

const count = (event: string): number => watched.output().split(`"${event}"`).length - 1;

/** Does something and waits until an event that it brings is logged. */
const brings = async (event: string, act: () => Promise<unknown>, withinMs = 40_000): Promise<void> => {
  const before = count(event);
  await act();
  await eventually(
    async () => count(event),
    (now) => now > before,
    withinMs,
  );
};

const buy = async () => {
  const bought = await journeys(world).buy({ planId: 'team', quantity: 5, name: 'Kestrel subscription' });
  watched.secrets.push(bought.purchaseToken);
  return bought;
};

const resolved = async (): Promise<string> => {
  const { subscriptionId: id, purchaseToken } = await buy();
  await watched.asBuyer('POST', '/resolve', { purchaseToken });
  return id;
};

/** Billed, with everything about it and its people a thing to keep quiet about. */
const active = async (): Promise<string> => {
  const { seen, atStage } = journeys(world);
  const id = await resolved();
  await watched.asBuyer('POST', '/onboard', { subscriptionId: id, contact: CONTACT });
  await seen(id, ({ stage, steps }) => stage === 'awaiting-confirmation' && steps[2]?.state === 'done');
  await watched.asOperator(id, 'confirm');
  await atStage(id, 'confirmed');
  await watched.asBuyer('POST', `/subscriptions/${id}/activate`);
  await atStage(id, 'active');
  return id;
};

const act = (id: string, action: string, more: object = {}) => world.marketplace.act(id, { action, ...more });
const fault = (operation: 'get' | 'list' | 'change' | 'get-operation' | 'patch-operation', status: number, times = 1) =>
  world.marketplace.faults({ operation, status, body: QUOTED, times });

let id: string;

test('what Microsoft tells, with everything in it that people typed', async () => {
  const { marketplace } = world;
  id = await active();
  await marketplace.switches({ webhookCopies: 2, webhookCopyGapSeconds: 1, effectLagSeconds: 2 });
  await brings('PEG_WEBHOOK_KNOWN', () => act(id, 'ChangeQuantity', { quantity: 6 }));
  await journeys(world).seen(id, ({ quantity }) => quantity === 6);
  await marketplace.switches({ webhookCopies: 1, webhookPayload: ['extra-fields', 'padded'], effectLagSeconds: 0 });
  await brings('PEG_WORKSPACE_UPDATED', () => act(id, 'ChangeQuantity', { quantity: 7 }));
  await brings('PEG_NOTICE_APPLIED', () => act(id, 'Kestrel: a word of tomorrow'));
  await brings('PEG_WEBHOOK_UNREADABLE', () => marketplace.deliver(`${QUOTING}, no JSON`));
  await marketplace.deliver({ action: QUOTING, subscriptionId: QUOTING, id: QUOTING, planId: QUOTING });
  for (const webhookToken of ['foreign-key', 'wrong-aud', 'none'] as const) {
    await marketplace.switches({ webhookToken });
    await brings('PEG_WEBHOOK_REFUSED', () => marketplace.deliver({ id, action: QUOTING }));
  }
  await marketplace.switches({ webhookToken: 'good', webhookPayload: [] });
});

test('Microsoft in trouble when it is asked about what it told, quoting people', async () => {
  await fault('patch-operation', 403);
  await brings('PEG_CHANGE_UNACKNOWLEDGED', () => act(id, 'ChangeQuantity', { quantity: 8 }));
  await world.marketplace.advanceClock(11);
  await journeys(world).seen(id, ({ quantity }) => quantity === 8, 30_000);
  // Until the notice has failed: whoever could ask again would close it first.
  await fault('get', 403, 1000);
  await brings('PEG_NOTICE_FAULT', () => act(id, 'Renew'));
  const lies = stored(world.storage.connectionString);
  const open = await eventually(
    async () =>
      (await lies.rows('Subscriptions')).find(
        (row) => row.rowKey.startsWith(`inbox|${id}|`) && String(row['data0']).includes('"open"'),
      ),
    (row) => row !== undefined,
  );
  const key = open?.rowKey.split('|')[2];
  await brings('PEG_NOTICE_FAILED', () =>
    lies.send('marketplace-events-poison', JSON.stringify({ v: 1, subscriptionId: id, key })),
  );
  await world.marketplace.clearFaults();
});

test("a buyer's changes, taken, refused, and lost", async () => {
  const patch = (quantity: unknown) => watched.asBuyer('PATCH', `/subscriptions/${id}`, { quantity });
  await journeys(world).seen(id, ({ pendingOperation }) => !pendingOperation, 60_000);
  await brings('PEG_CHANGE_TAKEN', () => patch(9));
  await journeys(world).seen(id, ({ quantity, pendingOperation }) => quantity === 9 && !pendingOperation);
  await fault('change', 400);
  await brings('PEG_CHANGE_REFUSED', () => patch(10));
  await watched.asBuyer('PATCH', `/subscriptions/${id}`, { planId: QUOTING });
  await patch('kestrel');
  await fault('change', 500);
  await brings('PEG_CHANGE_FAULT', () => patch(11));
}, 90_000);

test('changes that the publisher does not sell', async () => {
  const { marketplace } = world;
  await watched.restart({ BLOCKED_PLAN_CHANGES: 'team>starter' });
  const [refused, overruled] = [await active(), await active()];
  await fault('get-operation', 403);
  await brings('PEG_CHANGE_UNVERIFIED', () => act(refused, 'ChangePlan', { planId: 'starter' }));
  await eventually(
    async () => count('PEG_NOTICE_CLOSED'),
    (now) => now > 0,
    30_000,
  );
  await marketplace.switches({ webhookRefusal: 'overruled' });
  await brings('PEG_REFUSAL_OVERRULED', () => act(overruled, 'ChangePlan', { planId: 'starter' }));
  await marketplace.switches({ webhookRefusal: 'honoured' });
  await watched.restart({ BLOCKED_PLAN_CHANGES: '' });
});

test('what operators do, and the canary', async () => {
  for (const [name, event] of [
    ['note', 'PEG_NOTED'],
    ['refresh', 'PEG_REFRESHED'],
  ] as const)
    await brings(event, () => watched.asOperator(id, name));
  await watched.asOperator(id, 'note', { reason: 'Kestrel\nreason' });
  await brings('PEG_CANARY_RED', () =>
    fetch(`${world.host().url}/admin/functions/canary?wait=true`, { method: 'POST' }),
  );
  await watched.ask('GET', '/operator/set-up', await world.api.consoleToken('reader'));
});

const reconcile = async (body: object = { reason: 'Kestrel reason' }) =>
  watched.ask('POST', '/operator/reconcile', await world.api.consoleToken('operator'), body);

test('the comparison with Microsoft, in trouble, with a brake, and let go on', async () => {
  const { marketplace } = world;
  await reconcile();
  await fault('list', 403);
  await brings('PEG_RECONCILE_FAULT', () => reconcile());
  await marketplace.change(id, { name: 'Kestrel renamed', quantity: 12 });
  await fault('get', 403, 2);
  await brings('PEG_RECONCILE_ITEM_FAILED', () => reconcile());
  await marketplace.clearFaults();
  const adopted: string[] = [];
  // More than the brake needs: some may be found to have ended by somebody else.
  for (let one = 0; one < 24; one += 1) {
    const { subscriptionId } = await buy();
    await marketplace.change(subscriptionId, { status: 'Subscribed' });
    adopted.push(subscriptionId);
  }
  await watched.restart({ ADOPT_CREATED_BEFORE: '2100-01-01T00:00:00Z' });
  await brings('PEG_RECONCILED', () => reconcile());
  await brings('PEG_SET_UP_STARTED', () => watched.asOperator(adopted[0] ?? '', 'start'));
  for (const one of adopted) await marketplace.change(one, { status: 'Unsubscribed' });
  // A pass that was not over yet is ended first.
  await eventually(
    async () => {
      await reconcile();
      return count('PEG_RECONCILE_STOPPED');
    },
    (now) => now > 0,
  );
  await reconcile();
  await brings('PEG_RECONCILE_RELEASED', () => reconcile({ continue: true, reason: 'Kestrel reason' }));
});

test('a workspace that is down for days, an erasure held, put off, stopped and done, a purchase that nobody knows', async () => {
  const { marketplace } = world;
  const [ended, alive, dropped, suspended] = [await active(), await active(), await resolved(), await active()];
  for (const one of [ended, alive]) await act(one, 'Unsubscribe');
  for (const one of [ended, alive]) await journeys(world).atStage(one, 'cancelled');
  await brings('PEG_ERASURE_HELD', () => watched.asOperator(ended, 'hold'));
  await brings('PEG_ERASURE_RELEASED', () => watched.asOperator(ended, 'release'));
  const tables = watched.storage.tables();
  tables.pull(async ({ url }) => (url.includes('/Organizations') ? { status: 403, body: QUOTING } : undefined));
  await brings('PEG_WORKSPACE_DELAYED', () => act(suspended, 'Suspend'));
  await eventually(
    () => stored(world.storage.connectionString).record(suspended),
    ({ workspace }) => workspace?.nextTryAt !== undefined,
  );

  // Whatever is written then puts the sweep off.
  await journeys(world).quiet();
  await watched.restart(later(27 * DAY + 120));
  await brings('PEG_ERASURE_ANNOUNCED', world.sweep);
  await eventually(
    async () => count('PEG_WORKSPACE_FAILED'),
    (now) => now > 0,
  );
  tables.pull();
  await journeys(world).quiet();

  await marketplace.change(alive, { status: 'Subscribed' });
  watched.marketplaceProxy.pull(async ({ url }) => {
    if (url.includes(dropped)) return { status: 404, body: QUOTING };
    return url.includes(ended) ? { status: 403, body: QUOTING } : undefined;
  });
  await watched.restart(later(31 * DAY));
  await brings('PEG_ERASURE_DELAYED', world.sweep);
  await eventually(
    async () => count('PEG_ERASURE_STOPPED'),
    (now) => now > 0,
  );
  // That Microsoft does not know a purchase is believed when it says so again on another day, with nothing in between.
  for (const days of [32.1, 33.2]) {
    await watched.restart(later(days * DAY));
    await world.sweep();
    await journeys(world).quiet();
  }
  expect(count('PEG_PURCHASE_DROPPED')).toBeGreaterThan(0);
  watched.marketplaceProxy.pull();
  await watched.restart(later(33.2 * DAY + 3600));
  await brings('PEG_WORKSPACE_ERASED', world.sweep);
  await watched.restart(later(0));
}, 180_000);

// The next three look at what the walk above has left behind.

test('nothing of what people or Microsoft sent is in logs, queues, errors, or addresses that we ask', () => {
  expect(watched.errors.length).toBeGreaterThan(4);
  watched.expectQuiet();
});

test('every event of the life after the activation was seen, in one form', () => {
  watched.expectEvents('lifecycle');
});

test('the reference of an error finds the log', () => {
  watched.expectReferences();
});
