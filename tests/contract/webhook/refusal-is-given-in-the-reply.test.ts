// Contract 4.2, trap 14: a change that is not sold is refused by a 4xx in the reply, after Microsoft was asked (P5).
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { type Life, startLife } from './life.ts';

let life: Life;
beforeAll(async () => {
  life = await startLife({ env: { BLOCKED_PLAN_CHANGES: 'team>starter', MIN_SEATS: '3', MAX_SEATS: '50' } });
  // A call may meet a closed door while the app starts anew.
  await life.marketplace.switches({ webhookRetryGapSeconds: 2 });
});
afterEach(async () => {
  await life.marketplace.clearFaults();
  await life.marketplace.clearCalls();
});
afterAll(() => life.world.close());

type Act = Parameters<Life['marketplace']['act']>[1];

const answers = async (id: string) => (await life.marketplace.deliveries(id)).map(({ status }) => status);
const answered = (id: string, count = 1) =>
  eventually(
    () => answers(id),
    (all) => all.filter((status) => status > 0).length >= count,
  );
const callsOf = async (operation: string) =>
  (await life.marketplace.calls()).filter((call) => call.operation === operation).length;

const REFUSED: [Act, string][] = [
  [{ action: 'ChangePlan', planId: 'starter' }, 'plan-change-blocked'],
  [{ action: 'ChangeQuantity', quantity: 2 }, 'too-few-seats'],
  [{ action: 'ChangeQuantity', quantity: 51 }, 'too-many-seats'],
];

test.each(REFUSED)('%j is answered 409 because of %s, and nothing changes', async (act, reason) => {
  const id = await life.active({ planId: 'team', quantity: 5 });
  const { id: operationId } = await life.marketplace.act(id, act);

  expect(await answered(id)).toEqual([409]);
  const [delivery] = await life.marketplace.deliveries(id);
  expect(JSON.parse(delivery?.answer ?? '{}')).toMatchObject({ code: 'change-not-sold', reason });
  const [notice] = await life.settled(id);
  expect(notice).toMatchObject({ result: 'refused', refused: { action: act.action, reason } });
  const view = await life.seen(id, ({ pendingOperation }) => !pendingOperation);
  expect(view).toMatchObject({ planId: 'team', quantity: 5 });
  expect((await life.history(id)).filter((what) => what === 'change-not-sold')).toHaveLength(1);
  expect(await callsOf('patch-operation')).toBe(0);
  const { mails } = await life.stored.record(id);
  expect(mails.filter(({ kind }) => kind === 'change-refused').map(({ occurrence }) => occurrence)).toEqual([
    operationId,
  ]);
});

test('told again, it is refused again, and Microsoft is not asked again for that', async () => {
  const id = await life.active({ planId: 'team', quantity: 5 });
  await life.marketplace.act(id, { action: 'ChangePlan', planId: 'starter' });
  await life.settled(id);
  const [delivery] = await life.marketplace.deliveries(id);
  const body = JSON.parse(delivery?.body ?? '{}') as object;
  await life.marketplace.clearCalls();
  // It has failed by now: judged anew, there would be nothing left to refuse.
  const again = await life.marketplace.deliver(body);

  expect(again.status).toBe(409);
  expect(await callsOf('get-operation')).toBe(0);
  // Another word about it is another notice, and comes too late to refuse anything.
  expect((await life.marketplace.deliver({ ...body, status: 'Failed' })).status).toBe(200);
  expect((await life.history(id)).filter((what) => what === 'change-not-sold')).toHaveLength(1);
});

test('what is sold is taken and acknowledged', async () => {
  const id = await life.active({ planId: 'team', quantity: 5 });
  await life.marketplace.act(id, { action: 'ChangeQuantity', quantity: 50 });

  await life.seen(id, ({ quantity }) => quantity === 50);
  expect(await answers(id)).toEqual([200]);
  await life.settled(id);
  expect(await callsOf('patch-operation')).toBe(1);
});

test('other actions are answered without asking', async () => {
  const id = await life.active({ planId: 'team', quantity: 5 });
  await life.marketplace.faults({ operation: 'get-operation', status: 503, times: 1000 });
  await life.marketplace.act(id, { action: 'Suspend' });

  expect(await answered(id)).toEqual([200]);
});

test('a change of ours is never refused and never acknowledged, whatever is sold', async () => {
  const id = await life.active({ planId: 'team', quantity: 5 });
  await life.restart({ MAX_SEATS: '8', BLOCKED_PLAN_CHANGES: '' });
  expect((await life.api.change('buyer', id, { quantity: 7 })).status).toBe(202);
  await life.restart({ MAX_SEATS: '6' });

  await life.seen(id, ({ quantity, pendingOperation }) => quantity === 7 && !pendingOperation);
  await eventually(
    () => answers(id),
    (all) => all.includes(200),
  );
  expect(await answers(id)).not.toContain(409);
  await life.settled(id);
  expect(await callsOf('patch-operation')).toBe(0);
  await life.restart({ BLOCKED_PLAN_CHANGES: 'team>starter', MIN_SEATS: '3', MAX_SEATS: '50' });
});
