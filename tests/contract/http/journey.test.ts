import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { OPERATOR_EMAIL, startWorld, type World } from '../../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test('a purchase becomes a billed workspace through the public interface alone', async () => {
  const { api, marketplace, mailbox } = world;
  const bought = await marketplace.purchase({ planId: 'team', quantity: 7, purchaser: 'buyer', name: 'Contoso QMS' });
  const id = bought.subscriptionId;

  const resolved = await api.resolve('buyer', bought.purchaseToken);
  expect(resolved.status).toBe(200);
  expect(resolved.body).toMatchObject({
    id,
    name: 'Contoso QMS',
    planId: 'team',
    quantity: 7,
    stage: 'resolved',
    badge: 'Pending Activation',
    marketplaceStatus: 'PendingFulfillmentStart',
    next: { who: 'buyer', action: 'onboard' },
  });
  expect(resolved.body.planName).toBeTruthy();

  const onboarded = await api.onboard('buyer', id);
  expect(onboarded.status).toBe(202);
  expect(onboarded.body.message).toBe('Onboarding request created successfully.');

  await eventually(
    () => api.get('buyer', id),
    ({ body }) => body.stage === 'awaiting-confirmation' && body.steps.every((step) => step.state === 'done'),
  );
  expect((await api.activate('buyer', id)).problem.code).toBe('not-confirmed');

  expect((await api.operate('operator', id, 'confirm')).body.subscription.stage).toBe('confirmed');
  expect((await marketplace.truth(id)).activateCalls).toBe(0);

  const activating = await api.activate('buyer', id);
  expect(activating.status).toBe(202);
  await eventually(
    () => api.get('buyer', id),
    ({ body }) => body.stage === 'active',
  );
  const truth = await marketplace.truth(id);
  expect(truth.subscription.saasSubscriptionStatus).toBe('Subscribed');
  expect(truth.activations).toBe(1);

  const buyerMails = await eventually(
    () => mailbox.mails('bea.buyer@contoso.example'),
    (mails) => mails.length >= 3,
  );
  expect(buyerMails).toHaveLength(3);
  const operatorMails = await eventually(
    () => mailbox.mails(OPERATOR_EMAIL),
    (mails) => mails.length >= 2,
  );
  expect(operatorMails).toHaveLength(2);

  const { body } = await api.look('reader', id);
  expect(body.timeline.map((entry) => entry.what)).toEqual(
    expect.arrayContaining([
      'resolved',
      'onboarding-requested',
      'organization-created',
      'set-up-confirmed',
      'activated',
    ]),
  );
  expect(body.timeline.find((entry) => entry.what === 'set-up-confirmed')?.actor).toBe('Olivia Operator');
});
