import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { startWorld, type World } from '../../support/world.ts';
import { journeys } from './journeys.ts';
import { expectProblem } from './problem.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  await world.marketplace.clearFaults();
  await world.marketplace.switches({ activate: 'sync', activateDelaySeconds: 0, repeatActivate: 400 });
});
afterAll(() => world.close());

const activateCalls = async (id: string) => (await world.marketplace.truth(id)).activateCalls;

const toldOperators = (id: string, subject: string) =>
  eventually(
    async () => (await journeys(world).operatorMails(id)).filter((mail) => mail.subject.startsWith(subject)),
    (mails) => mails.length > 0,
  );

describe('before the set-up is confirmed', () => {
  test('nobody can start billing', async () => {
    const { api } = world;
    const { resolved, awaiting } = journeys(world);
    for (const id of [await resolved(), await awaiting()]) {
      expectProblem(await api.activate('buyer', id), [409, 'not-confirmed']);
      expectProblem(await api.operate('operator', id, 'activate', { reason: 'asked' }), [409, 'not-confirmed']);
      expect(await activateCalls(id)).toBe(0);
    }
  });

  test('a purchase that nobody onboarded cannot be confirmed', async () => {
    const id = await journeys(world).resolved();
    expectProblem(await world.api.operate('operator', id, 'confirm'), [409, 'not-ready']);
  });

  test('a failed step is confirmed over only with a reason, and the timeline names who did and why', async () => {
    const { api, marketplace } = world;
    const { buy, seen, atStage } = journeys(world);
    const { subscriptionId: id, purchaseToken } = await buy({ purchaser: 'stranger' });
    const unreachable = { emailId: 'sam_home.example#EXT#@fabrikam.example' };
    await marketplace.change(id, { purchaser: unreachable, beneficiary: unreachable });
    await api.resolve('stranger', purchaseToken);
    await api.onboard('stranger', id, { name: 'Sam', email: 'sam#EXT#@fabrikam.example' });
    await seen(id, ({ steps }) => steps[1]?.state === 'failed');
    expect((await api.look('reader', id)).body.subscription.steps[1]).toMatchObject({ code: 'no-admin-email' });
    expectProblem(await api.operate('operator', id, 'activate', { reason: 'asked' }), [409, 'not-confirmed']);
    expectProblem(await api.operate('operator', id, 'confirm'), [409, 'reason-required']);

    const over = await api.operate('operator', id, 'confirm', { reason: 'made by hand' });

    expect(over.status).toBe(202);
    await atStage(id, 'confirmed');
    const { timeline } = (await api.look('reader', id)).body;
    expect(timeline).toContainEqual(
      expect.objectContaining({ what: 'set-up-confirmed', actor: 'Olivia Operator', detail: 'made by hand' }),
    );
  });
});

describe('once the set-up is confirmed, by policy buyer', () => {
  const ready: string[] = [];
  beforeAll(async () => {
    ready.push(...(await Promise.all(Array.from({ length: 7 }, () => journeys(world).confirmed()))));
  });
  /** A purchase that waits for nothing but its activation. */
  const take = (): string => ready.pop() ?? '';

  test('nothing is billed until somebody activates', async () => {
    const id = take();
    await world.sweep();
    expect(await activateCalls(id)).toBe(0);
    expect((await world.api.get('buyer', id)).body).toMatchObject({
      stage: 'confirmed',
      badge: 'Pending Activation',
      next: { who: 'buyer', action: 'activate' },
      allowedOperations: expect.arrayContaining([{ name: 'activate', allowed: true }]),
    });
  });

  test('an operator activates for the buyer only with a reason', async () => {
    const { api } = world;
    const { atStage } = journeys(world);
    const id = take();
    expectProblem(await api.operate('operator', id, 'activate'), [409, 'reason-required']);
    expect(await activateCalls(id)).toBe(0);

    expect((await api.operate('operator', id, 'activate', { reason: 'asked by phone' })).status).toBe(202);

    await atStage(id, 'active');
    const { timeline } = (await api.look('reader', id)).body;
    expect(timeline).toContainEqual(
      expect.objectContaining({ what: 'activation-requested', actor: 'Olivia Operator', detail: 'asked by phone' }),
    );
  });

  test('activating sends what was bought, once, and only Subscribed makes it active', async () => {
    const { api, marketplace } = world;
    await marketplace.switches({ activate: 'delayed', activateDelaySeconds: 3600, activateBody: 'strict' });
    const { confirmed, seen, atStage, history } = journeys(world);
    const id = await confirmed({ planId: 'team', quantity: 7 });
    await api.activate('buyer', id);
    await eventually(
      () => history(id),
      (happened) => happened.includes('activation-accepted'),
    );
    // A question before the call, and one after it that still says Pending.
    await eventually(
      async () => (await marketplace.calls()).filter((call) => call.operation === 'get' && call.subscriptionId === id),
      (reads) => reads.length >= 2,
    );
    const waiting = await seen(id, () => true);
    expect(waiting).toMatchObject({ stage: 'activating', badge: 'Activating', next: { who: 'microsoft' } });
    expect(waiting.activatedAt).toBeUndefined();

    await marketplace.advanceClock(3600);

    await atStage(id, 'active');
    expect(await marketplace.truth(id)).toMatchObject({ activations: 1, activateCalls: 1 });
    await marketplace.switches({ activateBody: 'ignored' });
  });

  test('an activation that fails at Microsoft ends the subscription, and the operators hear of it', async () => {
    const { api, marketplace } = world;
    await marketplace.switches({ activate: 'fails' });
    const { atStage, history } = journeys(world);
    const id = take();
    await api.activate('buyer', id);

    const view = await atStage(id, 'cancelled');

    expect(view).toMatchObject({ badge: 'Unsubscribed', marketplaceStatus: 'Unsubscribed' });
    expect(view.activationCode).toBe('marketplace-refused');
    expect(await history(id)).toEqual(expect.arrayContaining(['cancelled', 'activation-failed']));
    await toldOperators(id, 'Activation failed');
    expectProblem(await api.activate('buyer', id), [409, 'subscription-cancelled']);
    expectProblem(await api.onboard('buyer', id), [409, 'subscription-cancelled']);
    expect((await marketplace.truth(id)).activations).toBe(0);
  });

  test('a 400 because it is Subscribed already is a success', async () => {
    const { api, marketplace } = world;
    const { atStage, history } = journeys(world);
    const id = take();
    // The worker reads Pending, and before it calls Microsoft activates by itself.
    await marketplace.faults({ operation: 'get', delayMs: 500, times: 3 });
    await marketplace.clearCalls();
    await api.activate('buyer', id);
    await eventually(
      () => marketplace.calls(),
      (calls) => calls.some(({ operation }) => operation === 'get'),
    );
    await marketplace.change(id, { status: 'Subscribed' });

    await atStage(id, 'active');

    expect(await history(id)).toContain('activation-doubted');
    const [call] = (await marketplace.calls()).filter(({ operation }) => operation === 'activate');
    expect(call?.status).toBe(400);
    expect(await activateCalls(id)).toBe(1);
  });

  test('an answer lost on the wire bills once', async () => {
    const { api, marketplace } = world;
    const { atStage } = journeys(world);
    const id = take();
    await marketplace.faults({ operation: 'activate', reset: 'after', times: 2 });
    await api.activate('buyer', id);
    await eventually(
      () => activateCalls(id),
      (count) => count > 0,
    );
    const { activationCode } = await journeys(world).seen(
      id,
      (view) => view.activationCode !== undefined || view.stage === 'active',
    );
    if (activationCode !== undefined) await api.operate('operator', id, 'retry');
    await atStage(id, 'active');
    expect((await marketplace.truth(id)).activations).toBe(1);
  });

  test('credentials that Microsoft refuses fail it, and it can be activated again', async () => {
    const { api, marketplace } = world;
    const { atStage } = journeys(world);
    const id = take();
    await marketplace.faults({ operation: 'activate', status: 403 });
    await api.activate('buyer', id);

    const failed = await atStage(id, 'activation-failed');

    expect(failed).toMatchObject({ badge: 'Activation failed', activationCode: 'marketplace-forbidden' });
    await toldOperators(id, 'Activation failed');
    expect((await api.activate('buyer', id)).status).toBe(202);
    await atStage(id, 'active');
    expect((await marketplace.truth(id)).activations).toBe(1);
  });

  test('while Microsoft is down it waits for its next try, and an operator may try at once', async () => {
    const { api, marketplace } = world;
    const { seen, atStage } = journeys(world);
    const id = take();
    await marketplace.faults({ operation: 'get', status: 503, times: 100 });
    await api.activate('buyer', id);

    const waiting = await seen(id, (view) => view.activationCode !== undefined);

    expect(waiting).toMatchObject({ stage: 'activating', activationCode: 'marketplace-unavailable' });
    const { timeline } = (await api.look('reader', id)).body;
    expect(timeline.at(-1)).toMatchObject({
      what: 'activation-delayed',
      detail: expect.stringContaining('marketplace-unavailable'),
    });
    expect(await activateCalls(id)).toBe(0);
    await marketplace.clearFaults();
    expect((await api.operate('operator', id, 'retry')).status).toBe(202);
    await atStage(id, 'active');
    expect((await marketplace.truth(id)).activations).toBe(1);
  });
});

describe('a plan that Microsoft activates at the purchase', () => {
  test('is set up without any activate call, and all are told that billing runs', async () => {
    const { api, marketplace } = world;
    const { buy, seen, atStage, history } = journeys(world);
    const { subscriptionId: id, purchaseToken } = await buy({ planId: 'growth-auto', purchaser: 'reseller' });

    const { body } = await api.resolve('reseller', purchaseToken);

    expect(body).toMatchObject({ stage: 'resolved', marketplaceStatus: 'Subscribed' });
    expect(body.term?.startDate).toMatch(/^\d{4}-\d\d-\d\dT/);
    const [mail] = await toldOperators(id, 'Billing already runs');
    expect(mail?.text).toContain('not asked for the workspace yet');
    await api.onboard('reseller', id);
    await seen(id, ({ stage }) => stage === 'awaiting-confirmation');
    expectProblem(await api.activate('reseller', id), [409, 'not-confirmed']);

    await api.operate('operator', id, 'confirm');

    const active = await atStage(id, 'active');
    expect(active.badge).toBe('Active');
    expect(await history(id)).not.toContain('activation-requested');
    expect(await marketplace.truth(id)).toMatchObject({ activations: 0, activateCalls: 0 });
  });
});

describe('by policy operator', () => {
  beforeAll(() => world.restart({ ACTIVATION_POLICY: 'operator' }));

  test('the buyer may not activate, an operator does and needs no reason', async () => {
    const { api, marketplace } = world;
    const { confirmed, atStage } = journeys(world);
    const id = await confirmed();
    expectProblem(await api.activate('buyer', id), [403, 'not-allowed']);
    expect((await api.get('buyer', id)).body).toMatchObject({
      activationPolicy: 'operator',
      next: { who: 'publisher', action: 'activate' },
      allowedOperations: expect.arrayContaining([{ name: 'activate', allowed: false, reason: 'not-allowed' }]),
    });
    expect(await activateCalls(id)).toBe(0);

    expect((await api.operate('operator', id, 'activate')).status).toBe(202);

    await atStage(id, 'active');
    expect(await marketplace.truth(id)).toMatchObject({ activations: 1, activateCalls: 1 });
  });
});
