// Contract 2.8, 2.9: status, rights, what is under way and the publisher's settings are looked at before Microsoft is asked.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Life, startLife } from '../webhook/life.ts';

let life: Life;
beforeAll(async () => {
  life = await startLife({ env: { BLOCKED_PLAN_CHANGES: 'team>starter', MIN_SEATS: '2', MAX_SEATS: '50' } });
});
afterEach(async () => {
  await life.marketplace.clearFaults();
  await life.marketplace.clearCalls();
});
afterAll(() => life.world.close());

const asked = async () =>
  (await life.marketplace.calls()).filter(({ operation }) => operation === 'change' || operation === 'cancel').length;

const TEAM = { planId: 'team', quantity: 5 };
const allowed = async (id: string, name: string) =>
  (await life.api.get('buyer', id)).body.allowedOperations.find((operation) => operation.name === name)?.reason;

const cases: [string, () => Promise<string>, unknown, string, string | undefined][] = [
  ['before billing', () => life.confirmed(TEAM), { quantity: 6 }, 'not-active', undefined],
  ['seats of a flat plan', () => life.active(), { quantity: 6 }, 'not-per-seat', undefined],
  ['the plan that it has', () => life.active(TEAM), { planId: 'team' }, 'nothing-to-change', undefined],
  ['the seats that it has', () => life.active(TEAM), { quantity: 5 }, 'nothing-to-change', undefined],
  ['a plan that is blocked', () => life.active(TEAM), { planId: 'starter' }, 'change-not-sold', 'plan-change-blocked'],
  ['too few seats', () => life.active(TEAM), { quantity: 1 }, 'change-not-sold', 'too-few-seats'],
  ['too many seats', () => life.active(TEAM), { quantity: 51 }, 'change-not-sold', 'too-many-seats'],
];

test.each(cases)('%s: 409 and Microsoft is not asked', async (_what, prepare, wanted, code, reason) => {
  const id = await prepare();

  const { status, problem } = await life.api.change('buyer', id, wanted);

  expect([status, problem.code, problem.reason]).toEqual([409, code, reason]);
  expect(await asked()).toBe(0);
  expect((await life.stored.record(id)).pendingOperation).toBeUndefined();
  const name = 'planId' in (wanted as object) ? 'change-plan' : 'change-quantity';
  expect(await allowed(id, name)).toBe(code === 'not-active' || code === 'not-per-seat' ? code : undefined);
});

test("what a reseller sold is the reseller's to change", async () => {
  const id = await life.active(TEAM);
  await life.marketplace.change(id, { allowedCustomerOperations: ['Read'] });
  const { purchaseToken } = await life.marketplace.purchaseToken(id);
  await life.api.resolve('buyer', purchaseToken);

  for (const answer of [await life.api.change('buyer', id, { quantity: 6 }), await life.api.cancel('buyer', id)])
    expect([answer.status, answer.problem.code]).toEqual([409, 'change-not-allowed']);
  expect(await asked()).toBe(0);
});

test('what has ended stays as it is', async () => {
  const id = await life.active(TEAM);
  await life.marketplace.act(id, { action: 'Unsubscribe' });
  await life.atStage(id, 'cancelled');

  for (const answer of [await life.api.change('buyer', id, { quantity: 6 }), await life.api.cancel('buyer', id)])
    expect([answer.status, answer.problem.code]).toEqual([409, 'subscription-cancelled']);
});

test('of many at once one is sent', async () => {
  await life.marketplace.switches({ partnerOperationSeconds: 5 });
  const id = await life.active(TEAM);

  const answers = await Promise.all([6, 7, 8, 9].map((quantity) => life.api.change('buyer', id, { quantity })));
  await life.marketplace.switches({ partnerOperationSeconds: 1 });

  expect(answers.map(({ status }) => status).sort((one, other) => one - other)).toEqual([202, 409, 409, 409]);
  expect(answers.map(({ problem }) => problem.code).filter(Boolean)).toEqual(Array(3).fill('change-in-progress'));
  expect(await asked()).toBe(1);
});

test.each([
  [
    'a 400',
    { status: 400, body: { code: 'BadRequest', message: 'bea@contoso.example' } },
    409,
    'change-refused',
    'BadRequest',
  ],
  ['a 409', { status: 409, body: { message: 'x' } }, 409, 'change-refused', '409'],
  ['a 429', { status: 429, retryAfterSeconds: 30 }, 503, 'marketplace-unavailable', undefined],
  ['a 403', { status: 403 }, 503, 'marketplace-unavailable', undefined],
])(
  '%s of Microsoft: nothing is under way, and it may be asked for again',
  async (_what, fault, status, code, reason) => {
    const id = await life.active(TEAM);
    await life.marketplace.faults({ operation: 'change', ...fault });

    const answer = await life.api.change('buyer', id, { quantity: 6 });

    expect([answer.status, answer.problem.code, answer.problem.reason]).toEqual([status, code, reason]);
    expect(JSON.stringify(answer.problem)).not.toContain('@');
    expect((await life.stored.record(id)).pendingOperation).toBeUndefined();
    expect(await life.history(id)).toContain('change-refused');
    expect((await life.api.change('buyer', id, { quantity: 6 })).status).toBe(202);
  },
);

test.each([
  {},
  { planId: 'team', quantity: 6 },
  { quantity: 0 },
  { quantity: 1.5 },
  { quantity: '6' },
  { planId: '' },
  [],
])('%j is no change', async (wanted) => {
  const id = await life.resolved();

  const { status, problem } = await life.api.change('buyer', id, wanted);

  expect([status, problem.code]).toEqual([400, 'invalid-request']);
});

test('a colleague is told whom to ask, a stranger nothing', async () => {
  const id = await life.active(TEAM);
  const { purchaseToken } = await life.marketplace.purchaseToken(id);
  await life.api.resolve('colleague', purchaseToken);

  const tried = async (who: string) => [
    await life.api.plans(who, id),
    await life.api.change(who, id, { quantity: 6 }),
    await life.api.cancel(who, id),
  ];
  for (const { status, problem } of await tried('colleague'))
    expect([status, problem.code]).toEqual([403, 'not-allowed']);
  for (const { status, problem } of await tried('stranger'))
    expect([status, problem.code]).toEqual([404, 'subscription-not-found']);
  expect(await asked()).toBe(0);
});
