// Contract 4.2 (history): Microsoft may make a refused change all the same; the record follows (P4) and operators are told once.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { type Life, startLife } from './life.ts';

let life: Life;
beforeAll(async () => {
  life = await startLife({ env: { BLOCKED_PLAN_CHANGES: 'team>starter' } });
});
afterAll(() => life.world.close());

test('overruled', async () => {
  await life.marketplace.switches({ webhookRefusal: 'overruled', effectLagSeconds: 2 });
  const id = await life.active({ planId: 'team', quantity: 5 });
  const { id: operationId } = await life.marketplace.act(id, { action: 'ChangePlan', planId: 'starter' });

  const view = await life.seen(id, ({ planId }) => planId === 'starter');
  expect(view.quantity).toBeUndefined();
  const [notice] = await life.settled(id);
  expect(notice).toMatchObject({ result: 'overruled' });
  const history = await life.history(id);
  for (const what of ['change-not-sold', 'refusal-overruled', 'plan-changed'])
    expect([what, history.filter((one) => one === what).length]).toEqual([what, 1]);
  const overruled = async () => (await life.stored.record(id)).mails.filter(({ kind }) => kind === 'refusal-overruled');
  const mails = await eventually(overruled, (all) => all.every(({ state }) => state === 'sent'));
  expect(mails.map(({ occurrence }) => occurrence)).toEqual([operationId]);
  await life.marketplace.switches({ webhookRefusal: 'honoured', effectLagSeconds: 0 });
});

test('the webhook that brings back the old values is taken', async () => {
  await life.marketplace.switches({ revertWebhook: 'sent' });
  await life.restart({ BLOCKED_PLAN_CHANGES: '*>*' });
  const id = await life.active({ planId: 'team', quantity: 5 });
  await life.marketplace.act(id, { action: 'ChangePlan', planId: 'starter' });

  const deliveries = await eventually(
    () => life.marketplace.deliveries(id),
    (all) => all.filter(({ status }) => status > 0).length === 2,
  );
  expect(deliveries.map(({ status }) => status)).toEqual([409, 200]);
  await life.settled(id, 2);
  expect((await life.api.look('reader', id)).body.subscription.planId).toBe('team');
});

test('without a policy nobody is asked before the answer', async () => {
  await life.restart({ BLOCKED_PLAN_CHANGES: '' });
  const id = await life.active({ planId: 'team', quantity: 5 });
  await life.marketplace.faults({ operation: 'get-operation', status: 503, times: 1000 });
  await life.marketplace.act(id, { action: 'ChangePlan', planId: 'starter' });

  const [delivery] = await eventually(
    () => life.marketplace.deliveries(id),
    (all) => all.some(({ status }) => status > 0),
  );
  expect(delivery?.status).toBe(200);
});
