import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { SwitchesPatch } from '../../../local/marketplace/control.ts';
import { eventually } from '../../support/eventually.ts';
import { type Life, startLife } from './life.ts';

/** Contract 4.3, 4.4, 12 (8, 10, 11, 13, 15, 17): the body says where to look, Microsoft says what is so. */
let life: Life;
const USUAL: SwitchesPatch = {
  webhookPayload: [],
  notifyOnlyOperation: 200,
  unknownOperation: 404,
  effectLagSeconds: 0,
  webhookDelaysSeconds: [0],
  webhookCopies: 1,
};
beforeAll(async () => {
  life = await startLife();
});
afterEach(async () => {
  await life.marketplace.switches(USUAL);
  await life.marketplace.clearFaults();
});
afterAll(() => life.world.close());

test('a well signed but untrue notice changes nothing (trap 8)', async () => {
  const id = await life.active();
  const before = await life.rested(id);
  for (const action of ['Suspend', 'Unsubscribe', 'ChangePlan'])
    await life.marketplace.act(id, { action, untrue: true, ...(action === 'ChangePlan' ? { planId: 'team' } : {}) });

  // Five re-reads after 1, 3, 8, 20 and 60 s would be waited for: two are enough to see that none is believed.
  await new Promise((resolve) => {
    setTimeout(resolve, 5000);
  });
  expect((await life.notices(id)).map(({ state, reads }) => [state, Number(reads) >= 2])).toEqual(
    Array.from({ length: 3 }, () => ['open', true]),
  );
  expect(await life.stored.record(id)).toEqual(before);
}, 30_000);

test('the new plan is asked for, not read from the nested subscription, which has the old one (trap 17)', async () => {
  const id = await life.active({ planId: 'starter' });
  await life.marketplace.switches({ webhookPayload: ['minimal'] });
  await life.marketplace.act(id, { action: 'ChangePlan', planId: 'team' });
  await life.seen(id, ({ planId }) => planId === 'team');
});

test.each([
  ['unknown fields', ['extra-fields']],
  ['quantities as text', ['string-quantities']],
  ['no quantities', ['no-quantities']],
  ['ids and statuses padded', ['padded']],
  ['statuses of older texts', ['old-status']],
] as const)('%s are no trouble (trap 11)', async (_, webhookPayload) => {
  const id = await life.active({ planId: 'team', quantity: 3 });
  await life.marketplace.switches({ webhookPayload: [...webhookPayload] });
  await life.marketplace.act(id, { action: 'ChangeQuantity', quantity: 4 });
  await life.seen(id, ({ quantity }) => quantity === 4);
  await life.marketplace.act(id, { action: 'Suspend' });
  await life.atStage(id, 'suspended');
});

test('the minimal Reinstate names no operation at all', async () => {
  const id = await life.active();
  await life.marketplace.act(id, { action: 'Suspend' });
  await life.atStage(id, 'suspended');
  await life.marketplace.switches({ webhookPayload: ['minimal-reinstate'] });
  await life.marketplace.act(id, { action: 'Reinstate' });
  await life.marketplace.advanceClock(11);
  await life.atStage(id, 'active');
});

test.each([404, 400] as const)('an operation that only informs may be unknown: %i (trap 10)', async (status) => {
  const id = await life.active();
  await life.marketplace.switches({ notifyOnlyOperation: status, unknownOperation: status });
  await life.marketplace.clearCalls();
  await life.marketplace.act(id, { action: 'Suspend' });
  await life.atStage(id, 'suspended');
  await life.settled(id);
  const patched = (await life.marketplace.calls()).filter(({ operation }) => operation === 'patch-operation');
  // Trap 15: there is nothing to say yes to.
  expect(patched).toEqual([]);
});

test('an effect that lags is waited for', async () => {
  const id = await life.active();
  await life.marketplace.switches({ effectLagSeconds: 3 });
  await life.marketplace.act(id, { action: 'Suspend' });
  await life.atStage(id, 'suspended');
  await life.settled(id);
  expect((await life.notices(id)).map(({ result }) => result)).toEqual(['applied']);
}, 30_000);

test('a PATCH that fails is harmless: silence accepts (trap 13)', async () => {
  const id = await life.active({ planId: 'team', quantity: 3 });
  await life.marketplace.faults({ operation: 'patch-operation', status: 500, times: 5 });
  await life.marketplace.act(id, { action: 'ChangeQuantity', quantity: 8 });
  await life.marketplace.advanceClock(11);
  await life.seen(id, ({ quantity }) => quantity === 8);
}, 30_000);

test('Microsoft that cannot be asked is asked again', async () => {
  const id = await life.active();
  await life.marketplace.faults({ operation: 'get', status: 429, retryAfterSeconds: 6, times: 1 });
  await life.marketplace.act(id, { action: 'Suspend' });
  await life.atStage(id, 'suspended', 30_000);
}, 40_000);

test('a subscription that Microsoft does not know gets no record', async () => {
  const id = randomUUID();
  expect((await life.marketplace.deliver({ id: randomUUID(), subscriptionId: id, action: 'Suspend' })).status).toBe(
    200,
  );
  await new Promise((resolve) => {
    setTimeout(resolve, 3000);
  });
  expect((await life.api.look('reader', id)).status).toBe(404);
});

test('the later notice first: the record ends as Microsoft is (reordered)', async () => {
  const id = await life.active({ planId: 'team', quantity: 3 });
  await life.marketplace.switches({ webhookDelaysSeconds: [2, 0] });
  await life.marketplace.act(id, { action: 'Suspend' });
  await life.marketplace.act(id, { action: 'Reinstate' });
  await life.marketplace.advanceClock(12);
  await life.seen(id, ({ stage }) => stage === 'active');
  expect(await life.history(id)).not.toContain('suspended');
}, 40_000);

test('what somebody else wrote while Microsoft was asked is kept, and so is what Microsoft said', async () => {
  const id = await life.awaiting();
  await life.marketplace.change(id, { name: 'Renamed meanwhile' });
  await life.marketplace.faults({ operation: 'get', delayMs: 1500, times: 1 });
  await life.marketplace.act(id, { action: 'Transfer' });
  await eventually(
    async () => (await life.marketplace.calls()).some((call) => call.operation === 'get' && call.status === 0),
    Boolean,
  );
  expect((await life.api.operate('operator', id, 'confirm')).status).toBe(202);

  await life.settled(id);
  const { name, confirmation } = await life.stored.record(id);
  expect({ name, isConfirmed: confirmation !== undefined }).toEqual({ name: 'Renamed meanwhile', isConfirmed: true });
});

test('an operation that cannot be asked for does not keep the subscription from being read (trap 10)', async () => {
  const id = await life.active();
  await life.marketplace.faults({ operation: 'get-operation', status: 500, times: 50 });
  await life.marketplace.act(id, { action: 'Suspend' });
  await life.atStage(id, 'suspended');
  await life.settled(id);
});
