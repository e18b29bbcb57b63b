// P2, P3: killed anywhere, or with Microsoft's answer lost, a change is asked for once and what became of it is found out.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { type Life, startLife } from '../webhook/life.ts';

let life: Life;
beforeAll(async () => {
  life = await startLife();
  // A call may meet a closed door while the app starts anew.
  await life.marketplace.switches({ webhookRetryGapSeconds: 2 });
});
afterEach(async () => {
  await life.marketplace.clearFaults();
  await life.marketplace.clearCalls();
});
afterAll(() => life.world.close());

const asked = async (operation = 'change') =>
  (await life.marketplace.calls()).filter((call) => call.operation === operation).length;

/** Microsoft tells nothing: what became of it can only be asked. */
const inSilence = async (act: () => Promise<void>): Promise<void> => {
  await life.marketplace.switches({ webhookDelaysSeconds: [3600] });
  await act();
  await life.marketplace.switches({ webhookDelaysSeconds: [0], partnerOperationSeconds: 1 });
};

test('the answer lost, the change made: found among the operations, followed, shown', () =>
  inSilence(async () => {
    await life.marketplace.switches({ partnerOperationSeconds: 4 });
    const id = await life.active({ planId: 'team', quantity: 5 });
    await life.marketplace.faults({ operation: 'change', reset: 'after' });

    const { status, body } = await life.api.change('buyer', id, { quantity: 8 });

    expect([status, body.operationId]).toEqual([202, undefined]);
    expect(body.subscription.pendingOperation).toEqual({
      action: 'ChangeQuantity',
      quantity: 8,
      since: expect.any(String),
    });
    const [operation] = await life.marketplace.operations(id);
    await life.seen(id, ({ pendingOperation }) => pendingOperation?.id === operation?.id, 20_000);
    await life.seen(id, ({ quantity, pendingOperation }) => quantity === 8 && !pendingOperation, 40_000);
    expect(await asked()).toBe(1);
  }));

test('the answer lost, the change done before anybody looks: found done', () =>
  inSilence(async () => {
    await life.marketplace.switches({ partnerOperationSeconds: 0 });
    const id = await life.active({ planId: 'team', quantity: 5 });
    await life.marketplace.faults({ operation: 'change', reset: 'after' });

    expect((await life.api.change('buyer', id, { quantity: 6 })).status).toBe(202);

    await life.seen(id, ({ quantity, pendingOperation }) => quantity === 6 && !pendingOperation);
    expect(await asked()).toBe(1);
  }));

test('the request lost: it is looked for, and not sent again', () =>
  inSilence(async () => {
    const id = await life.active({ planId: 'team', quantity: 5 });
    await life.marketplace.clearCalls();
    await life.marketplace.faults({ operation: 'change', reset: 'before' });

    expect((await life.api.change('buyer', id, { quantity: 6 })).status).toBe(202);

    await eventually(
      () => asked('list-operations'),
      (count) => count >= 2,
    );
    expect(await asked()).toBe(1);
    const again = await life.api.change('buyer', id, { quantity: 6 });
    expect([again.status, again.problem.code]).toEqual([409, 'change-in-progress']);
    expect(await asked()).toBe(1);
  }));

test('the process killed while Microsoft is asked: its notice brings the end', async () => {
  const id = await life.active({ planId: 'team', quantity: 5 });
  await life.marketplace.faults({ operation: 'change', delayMs: 5000 });

  const lost = life.api.change('buyer', id, { quantity: 7 }).catch(() => 'lost');
  await eventually(
    () => life.marketplace.operations(id),
    (all) => all.length === 1,
  );
  expect((await life.stored.record(id)).pendingOperation).toMatchObject({ action: 'ChangeQuantity', quantity: 7 });
  await life.restart();
  expect(await lost).toBe('lost');

  const view = await life.seen(id, ({ quantity, pendingOperation }) => quantity === 7 && !pendingOperation, 90_000);
  expect(view.badge).toBe('Active');
  expect(await asked()).toBe(1);
  expect((await life.history(id)).filter((what) => what === 'change-requested')).toHaveLength(1);
}, 120_000);
