import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call } from '../../../local/marketplace/control.ts';
import { startWorld, type World } from '../../support/world.ts';
import { journeys } from './journeys.ts';
import { expectProblem } from './problem.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  await world.marketplace.clearFaults();
  await world.marketplace.clearCalls();
});
afterAll(() => world.close());

const made = async (operation: Call['operation']): Promise<Call[]> =>
  (await world.marketplace.calls()).filter((call) => call.operation === operation);

const timed = async <T>(ask: () => Promise<T>): Promise<{ answer: T; tookMs: number }> => {
  const startedAt = performance.now();
  const answer = await ask();
  return { answer, tookMs: performance.now() - startedAt };
};

const resolve = async (purchaseToken: string) => timed(() => world.api.resolve('buyer', purchaseToken));

describe('when Microsoft is in trouble', () => {
  test.each([6, 30])('a wait of %i seconds that it asks for is passed on at once', async (seconds) => {
    const { purchaseToken } = await journeys(world).buy();
    await world.marketplace.faults({ operation: 'resolve', status: 429, retryAfterSeconds: seconds });

    const { answer, tookMs } = await resolve(purchaseToken);

    expectProblem(answer, [503, 'marketplace-unavailable']);
    expect(answer.headers.get('retry-after')).toBe(String(seconds));
    expect(tookMs).toBeLessThan(seconds * 1000);
    expect(await made('resolve')).toHaveLength(1);
  });

  test('a short one is waited for', async () => {
    const { purchaseToken } = await journeys(world).buy();
    await world.marketplace.faults({ operation: 'resolve', status: 429, retryAfterSeconds: 1 });

    const { answer, tookMs } = await resolve(purchaseToken);

    expect(answer.status).toBe(200);
    expect(tookMs).toBeGreaterThanOrEqual(990);
    expect(await made('resolve')).toHaveLength(2);
  });

  test.each([
    ['two 500s', { status: 500, times: 2 }, 3],
    ['a 503', { status: 503 }, 2],
    ['a connection cut before it acted', { reset: 'before' }, 2],
    ['a connection cut after it acted', { reset: 'after' }, 2],
  ] as const)('%s: it is tried again until it answers', async (_what, fault, calls) => {
    const { purchaseToken } = await journeys(world).buy();
    await world.marketplace.faults({ operation: 'resolve', ...fault });

    const { answer } = await resolve(purchaseToken);

    expect(answer.status).toBe(200);
    const tries = await made('resolve');
    expect(tries).toHaveLength(calls);
    expect(new Set(tries.map(({ requestId }) => requestId)).size).toBe(calls);
    expect(new Set(tries.map(({ correlationId }) => correlationId)).size).toBe(1);
  });

  test.each([
    [403, 'The token is invalid. Tenant 0aa0, application 1bb1 (canary).'],
    [401, { message: 'canary' }],
    [403, null],
    [418, { error: { code: 'canary', message: 'canary' } }],
  ])('a %i %j is our trouble: the caller is told to wait and nothing of it', async (status, body) => {
    const { purchaseToken } = await journeys(world).buy();
    await world.marketplace.faults({ operation: 'resolve', status, body });

    const { answer } = await resolve(purchaseToken);

    expect(answer.status).toBe(503);
    if (status !== 418) expectProblem(answer, [503, 'marketplace-unavailable']);
    expect(JSON.stringify(answer.body)).not.toMatch(/canary|0aa0|forbidden/);
    expect(await made('resolve')).toHaveLength(1);
  });
});

describe('the name of the plan', () => {
  test.each([
    ['slow', { delayMs: 4000 }],
    ['failing', { status: 500, times: 20 }],
    ['throttled', { status: 429, retryAfterSeconds: 60 }],
    ['refused', { status: 403 }],
  ] as const)('is left out while that call is %s, and there the next time', async (what, fault) => {
    const { purchaseToken } = await journeys(world).buy({ offerId: `offer-${what}`, planId: 'starter' });
    await world.marketplace.faults({ operation: 'plans', ...fault });

    const { answer, tookMs } = await resolve(purchaseToken);

    expect(answer.body).toMatchObject({ planId: 'starter', stage: 'resolved' });
    expect(answer.body.planName).toBeUndefined();
    expect(tookMs).toBeLessThan(2900);
    await world.marketplace.clearFaults();
    expect((await resolve(purchaseToken)).answer.body.planName).toBe('Starter');
    expect((await world.api.get('buyer', answer.body.id)).body.planName).toBe('Starter');
  });

  test('is asked for once per offer, also for a plan that is not on the list', async () => {
    const { buy } = journeys(world);
    const orders = ['starter', 'growth-auto', 'starter'].map((planId) => buy({ offerId: 'offer-known', planId }));
    for (const { purchaseToken } of await Promise.all(orders)) {
      expect((await resolve(purchaseToken)).answer.body.planName).toMatch(/^(Starter|Growth)$/);
    }
    const gone = await buy({ offerId: 'offer-known' });
    await world.marketplace.change(gone.subscriptionId, { planId: 'sold-no-more' });
    const { body } = (await resolve(gone.purchaseToken)).answer;
    expect([body.planId, body.planName]).toEqual(['sold-no-more', undefined]);
    expect(await made('plans')).toHaveLength(1);
  });
});

describe('values that nobody has seen yet', () => {
  test.each<[what: string, patch: Parameters<World['marketplace']['change']>[1], shown: object]>([
    ['a status', { status: 'PausedByRegulator' }, { marketplaceStatus: 'PausedByRegulator', stage: 'resolved' }],
    ['a padded status', { status: ' Subscribed ' }, { marketplaceStatus: 'Subscribed' }],
    ['a term of 18 months', { term: { termUnit: 'P18M' } }, { term: { termUnit: 'P18M' } }],
    ['a term that is no duration', { term: { termUnit: 7, startDate: {}, endDate: 'soon' } }, { term: undefined }],
    ['no term', { term: { termUnit: null } }, { term: undefined }],
    ['a quantity as text', { quantity: '20' }, { quantity: 20 }],
    ['an empty quantity', { quantity: '' }, { quantity: undefined }],
    ['no quantity', { quantity: null }, { quantity: undefined }],
    ['half a seat', { quantity: 2.5 }, { quantity: undefined }],
    ['a quantity that is an object', { quantity: { seats: 2 } }, { quantity: undefined }],
    ['flags that are text', { autoRenew: 'yes', isTest: 'no', isFreeTrial: 1 }, { isTest: false, isFreeTrial: false }],
    ['operations of tomorrow', { allowedCustomerOperations: ['Fly'] }, { stage: 'resolved' }],
    ['no address', { purchaser: { emailId: null, puid: null } }, { purchaserEmail: '' }],
    ['a sandbox', { sandboxType: 'Csp', sessionMode: 'DryRun', lastModified: 0 }, { stage: 'resolved' }],
    ['a name of markup', { name: `<b>"'|/\\?#\u202e%00😀${'é'.repeat(200)}` }, { stage: 'resolved' }],
  ])('%s on a purchase breaks no page', async (_what, patch, shown) => {
    const { api, marketplace } = world;
    const { subscriptionId: id, purchaseToken } = await journeys(world).buy({ planId: 'team', quantity: 3 });
    await marketplace.change(id, patch);

    const resolved = await api.resolve('buyer', purchaseToken);

    expect(resolved.status).toBe(200);
    expect(resolved.body).toMatchObject(
      Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined)),
    );
    for (const [name, value] of Object.entries(shown))
      if (value === undefined) expect(resolved.body).not.toHaveProperty(name);
    expect((await api.get('buyer', id)).body).toEqual(resolved.body);
    expect((await api.look('reader', id)).body.subscription.id).toBe(id);
    expect((await api.list('reader', `?q=${id}`)).body.items).toHaveLength(1);
    const again = await api.resolve('buyer', purchaseToken);
    expect([again.status, again.body.stage]).toEqual([200, resolved.body.stage]);
  });

  test('do not keep a purchase from being set up', async () => {
    const { api, marketplace } = world;
    const { buy, seen, atStage } = journeys(world);
    const { subscriptionId: id, purchaseToken } = await buy({ purchaser: 'stranger' });
    await marketplace.change(id, { status: 'PausedByRegulator', term: { termUnit: 'P18M' }, quantity: 'many' });
    await api.resolve('stranger', purchaseToken);
    await api.onboard('stranger', id);
    await seen(id, ({ stage }) => stage === 'awaiting-confirmation');
    await api.operate('operator', id, 'confirm');
    expect((await atStage(id, 'confirmed')).marketplaceStatus).toBe('PausedByRegulator');
  });
});
