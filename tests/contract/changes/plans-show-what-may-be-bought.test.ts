// Contract 2.7, trap 20: the plans on sale, and always the one that the subscription has; a plan that is not sold says why.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Life, startLife } from '../webhook/life.ts';

let life: Life;
beforeAll(async () => {
  life = await startLife({ env: { BLOCKED_PLAN_CHANGES: 'team>starter', MIN_SEATS: '2', MAX_SEATS: '50' } });
});
afterEach(() => life.marketplace.clearFaults());
afterAll(() => life.world.close());

test('plans with prices, seat bounds and what is not sold', async () => {
  const id = await life.active({ planId: 'team', quantity: 5 });

  const { status, body } = await life.api.plans('buyer', id);

  expect(status).toBe(200);
  expect(body.plans.map(({ planId }) => planId)).toEqual(['team', 'starter', 'enterprise', 'growth-auto']);
  expect(body.plans.slice(0, 2)).toEqual([
    {
      planId: 'team',
      name: 'Team',
      description: 'All quality processes, priced per user.',
      isCurrent: true,
      allowed: false,
      reason: 'nothing-to-change',
      isPricePerSeat: true,
      minQuantity: 2,
      maxQuantity: 50,
      prices: [
        { termUnit: 'P1M', currency: 'USD', price: 29 },
        { termUnit: 'P1Y', currency: 'USD', price: 290 },
      ],
    },
    {
      planId: 'starter',
      name: 'Starter',
      description: 'One quality process for a small team.',
      isCurrent: false,
      allowed: false,
      reason: 'change-not-sold',
      isPricePerSeat: false,
      prices: [{ termUnit: 'P1M', currency: 'USD', price: 199 }],
    },
  ]);
  expect(body.plans[3]).toMatchObject({ planId: 'growth-auto', isCurrent: false, allowed: true });
  expect(body).toMatchObject({ isResold: false, subscription: { id, quantity: 5 } });
  expect(Date.parse(body.freeUntil ?? '')).toBeGreaterThan(Date.now() + 71 * 3_600_000);
  expect(Date.parse(body.keptUntil)).toBeGreaterThan(Date.now() + 29 * 86_400_000);
});

test('Microsoft lists nothing: the current plan is there all the same, by the name that is known', async () => {
  const id = await life.active({ planId: 'team', quantity: 5 });
  await life.marketplace.faults({ operation: 'plans', status: 404 });

  const { body } = await life.api.plans('buyer', id);

  expect(body.plans).toEqual([
    {
      planId: 'team',
      name: 'Team',
      isCurrent: true,
      allowed: false,
      reason: 'nothing-to-change',
      isPricePerSeat: true,
      minQuantity: 2,
      maxQuantity: 50,
      prices: [],
    },
  ]);
});

test('while a change is under way no plan may be chosen', async () => {
  await life.marketplace.switches({ partnerOperationSeconds: 8 });
  const id = await life.active({ planId: 'team', quantity: 5 });
  await life.api.change('buyer', id, { quantity: 6 });

  const { body } = await life.api.plans('buyer', id);
  await life.marketplace.switches({ partnerOperationSeconds: 1 });

  expect(new Set(body.plans.map(({ reason }) => reason))).toEqual(new Set(['change-in-progress']));
});

test('Microsoft does not answer: 503, and the page may ask again', async () => {
  const id = await life.active({ planId: 'team', quantity: 5 });
  await life.marketplace.faults({ operation: 'plans', status: 500, times: 100 });

  const { status, problem } = await life.api.plans('buyer', id);

  expect([status, problem.code]).toEqual([503, 'marketplace-unavailable']);
});
