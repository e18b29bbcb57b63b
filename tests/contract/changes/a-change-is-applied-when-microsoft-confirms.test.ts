// Contract 2.8, 2.9, trap 18: a change of ours is asked for once, followed to its end, and shown when Microsoft says so.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Life, startLife } from '../webhook/life.ts';

let life: Life;
beforeAll(async () => {
  life = await startLife();
});
beforeEach(() => life.marketplace.clearCalls());
afterAll(() => life.world.close());

const callsOf = async (operation: string) => {
  const calls = await life.marketplace.calls();
  return calls.filter((call) => call.operation === operation);
};

test.each(['own', 'foreign'] as const)('a plan change, the operation being named on a host of %s', async (linkHost) => {
  await life.marketplace.switches({ linkHost, partnerOperationSeconds: 2 });
  const id = await life.active({ planId: 'starter' });

  const { status, body } = await life.api.change('buyer', id, { planId: 'team' });

  const [operation] = await life.marketplace.operations(id);
  expect({ status, operationId: body.operationId }).toEqual({ status: 202, operationId: operation?.id });
  expect(body.subscription).toMatchObject({
    planId: 'starter',
    badge: 'Change in progress',
    pendingOperation: { id: operation?.id, action: 'ChangePlan', planId: 'team', since: expect.any(String) },
    allowedOperations: expect.arrayContaining([{ name: 'cancel', allowed: false, reason: 'change-in-progress' }]),
  });
  const view = await life.seen(id, ({ planId, pendingOperation }) => planId === 'team' && !pendingOperation);
  expect(view.badge).toBe('Active');
  await life.settled(id);
  expect(await callsOf('change')).toHaveLength(1);
  expect(await callsOf('patch-operation')).toEqual([]);
  const history = await life.history(id);
  expect(history.filter((what) => what.startsWith('change-') || what === 'plan-changed')).toEqual([
    'change-requested',
    'plan-changed',
  ]);
});

test('a change of seats, without any webhook', async () => {
  await life.marketplace.switches({ linkHost: 'own', partnerOperationSeconds: 1 });
  const id = await life.active({ planId: 'team', quantity: 5 });
  await life.marketplace.switches({ webhookDelaysSeconds: [3600] });

  expect((await life.api.change('buyer', id, { quantity: 9 })).status).toBe(202);

  const view = await life.seen(id, ({ quantity, pendingOperation }) => quantity === 9 && !pendingOperation);
  expect(view.planId).toBe('team');
  expect(await life.notices(id)).toEqual([]);
  await life.marketplace.switches({ webhookDelaysSeconds: [0] });
});

test('a cancellation ends the subscription', async () => {
  const id = await life.active({ planId: 'team', quantity: 5 });

  const { status, body } = await life.api.cancel('buyer', id);

  expect({ status, pending: body.subscription.pendingOperation?.action }).toEqual({
    status: 202,
    pending: 'Unsubscribe',
  });
  await life.atStage(id, 'cancelled');
  expect(await callsOf('cancel')).toHaveLength(1);
});

test('a change that fails leaves everything as it was, and the buyer is told', async () => {
  const id = await life.active({ planId: 'team', quantity: 5 });
  await life.marketplace.switches({ partnerOutcome: 'Failed' });

  await life.api.change('buyer', id, { quantity: 7 });

  const view = await life.seen(id, ({ pendingOperation }) => !pendingOperation);
  await life.marketplace.switches({ partnerOutcome: 'Succeeded' });
  expect(view).toMatchObject({ quantity: 5, badge: 'Active' });
  expect(await life.history(id)).toEqual(expect.arrayContaining(['change-requested', 'change-refused']));
  const { mails } = await life.stored.record(id);
  expect(mails.map(({ kind }) => kind)).toContain('change-refused');
});
