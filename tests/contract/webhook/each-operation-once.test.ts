import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { later } from '../workers/later.ts';
import { type Life, startLife } from './life.ts';

/** P3: each operation once, under copies, repetitions and deliveries at the same moment. */
let life: Life;
beforeAll(async () => {
  life = await startLife();
});
afterEach(async () => {
  await life.marketplace.switches({ webhookCopies: 1, webhookCopyGapSeconds: 0 });
});
afterAll(() => life.world.close());

const patches = async (id: string) =>
  (await life.marketplace.calls()).filter((call) => call.operation === 'patch-operation' && call.subscriptionId === id);

const count = async (id: string, what: string) => (await life.history(id)).filter((one) => one === what).length;

test('copies at the same moment: one PATCH, one change in the history, one mail', async () => {
  const id = await life.active({ planId: 'team', quantity: 2 });
  await life.marketplace.switches({ webhookCopies: 8 });
  await life.marketplace.act(id, { action: 'ChangeQuantity', quantity: 6 });
  await life.seen(id, ({ quantity }) => quantity === 6);
  await life.settled(id);
  await life.quiet();

  expect(await patches(id)).toHaveLength(1);
  expect(await life.notices(id)).toHaveLength(1);
  expect(await count(id, 'seats-changed')).toBe(1);
  const mails = (await life.mailbox.mails('bea.buyer@contoso.example')).filter(({ text }) => text.includes(id));
  expect(new Set(mails.map(({ operationId }) => operationId)).size).toBe(mails.length);
});

test('told again when it is long settled: nothing happens, and nothing is lost', async () => {
  const id = await life.active();
  await life.marketplace.act(id, { action: 'Suspend' });
  await life.atStage(id, 'suspended');
  await life.settled(id);
  const before = await life.rested(id);
  const [told] = await life.marketplace.deliveries(id);

  for (let copy = 0; copy < 3; copy += 1) expect((await life.marketplace.deliver(told?.body ?? '')).status).toBe(200);
  await life.quiet();

  expect(await life.stored.record(id)).toEqual(before);
  expect(await life.notices(id)).toHaveLength(1);
});

test('killed while it looks, it looks again, and the change is there once', async () => {
  const id = await life.active({ planId: 'team', quantity: 2 });
  await life.marketplace.faults({ operation: 'get-operation', delayMs: 3000, times: 1 });
  await life.marketplace.act(id, { action: 'ChangeQuantity', quantity: 7 });
  await new Promise((resolve) => {
    setTimeout(resolve, 1500);
  });
  // The claim of the dead one has lapsed, and the sweep finds what it left.
  await life.world.restart(later(130));
  await life.marketplace.advanceClock(11);
  await life.world.sweep();

  await life.seen(id, ({ quantity }) => quantity === 7);
  expect(await count(id, 'seats-changed')).toBe(1);
}, 60_000);
