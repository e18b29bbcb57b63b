import { describe, expect, test } from '@jest/globals';
import type { SwitchesPatch } from '../../../local/marketplace/control.ts';
import { useLife } from './marketplace-life-use.ts';

type Variations = NonNullable<SwitchesPatch['webhookPayload']>;

/** Contract 4.3. */
describe('simulated Marketplace, webhook body', () => {
  const life = useLife();

  /** The body of a change of seats, of a suspension and of the reinstatement after it. */
  const bodies = async (...webhookPayload: Variations) => {
    await life.control().switches({ webhookPayload });
    const id = await life.active();
    await life.control().act(id, { action: 'ChangeQuantity', quantity: 9 });
    await life.control().advanceClock(11);
    await life.control().act(id, { action: 'Suspend' });
    await life.quiet();
    await life.control().act(id, { action: 'Reinstate' });
    await life.quiet();
    const [change = {}, suspend = {}, reinstate = {}] = life.publisher().received.map(({ body }) => body);
    return { id, change, suspend, reinstate };
  };

  test('the full body has the documented fields in the documented order', async () => {
    const { id, change } = await bodies();

    expect(Object.keys(change)).toEqual([
      'id',
      'activityId',
      'publisherId',
      'offerId',
      'planId',
      'quantity',
      'subscriptionId',
      'timeStamp',
      'action',
      'status',
      'operationRequestSource',
      'subscription',
      'purchaseToken',
    ]);
    expect(change).toMatchObject({
      quantity: 9,
      subscriptionId: id,
      status: 'InProgress',
      subscription: {
        id,
        quantity: 5,
        saasSubscriptionStatus: 'Subscribed',
        term: { termUnit: 'P1M', chargeDuration: null },
      },
      purchaseToken: null,
    });
    expect(life.publisher().received[0]?.headers['content-type']).toBe('application/json');
  });

  test('a change of plan names the new plan on top and the old one below; a flat plan’s quantities are null', async () => {
    const { subscriptionId: id } = await life.control().purchase({ planId: 'starter', purchaser: 'buyer' });
    await life.call('POST', `/${id}/activate`);
    await life.control().act(id, { action: 'ChangePlan', planId: 'enterprise' });
    await life.quiet();

    expect(life.publisher().received[0]?.body).toMatchObject({
      planId: 'enterprise',
      quantity: null,
      subscription: { planId: 'starter', quantity: null },
    });
  });

  test('minimal: six fields, neither plan nor quantity nor subscription', async () => {
    const { change } = await bodies('minimal');

    expect(Object.keys(change)).toEqual([
      'id',
      'activityId',
      'operationRequestSource',
      'subscriptionId',
      'timeStamp',
      'action',
    ]);
  });

  test('minimal Reinstate: no id and no action; other actions stay full', async () => {
    const { id, reinstate, suspend } = await bodies('minimal-reinstate');

    expect(reinstate).toEqual({ subscriptionId: id, operationType: 'Reinstate' });
    expect(suspend).toHaveProperty('subscription');
  });

  test('extra fields, on top and in the subscription', async () => {
    const { change } = await bodies('extra-fields');

    expect(change).toMatchObject({ schemaVersion: 7, subscription: { billingPlan: { cadence: 'P1M' } } });
  });

  test('quantities as text', async () => {
    const { change } = await bodies('string-quantities');

    expect(change).toMatchObject({ quantity: '9', subscription: { quantity: '5' } });
  });

  test('no quantities', async () => {
    const { change } = await bodies('no-quantities');

    expect(change).not.toHaveProperty('quantity');
    expect(change['subscription']).not.toHaveProperty('quantity');
  });

  test('padded ids and statuses', async () => {
    const { id, change } = await bodies('padded');

    expect(change).toMatchObject({
      subscriptionId: `${id} `,
      offerId: 'unifize-qms ',
      subscription: { id: ` ${id} `, saasSubscriptionStatus: ' Subscribed ' },
    });
  });

  test('the very old status', async () => {
    const { change, suspend } = await bodies('old-status');

    expect([change['status'], suspend['status']]).toEqual(['InProgress', 'Success']);
  });

  test('the nested status of before', async () => {
    const { suspend } = await bodies('nested-status-before');

    expect(suspend).toMatchObject({ action: 'Suspend', subscription: { saasSubscriptionStatus: 'Subscribed' } });
  });

  test('variations add up', async () => {
    const { change } = await bodies('extra-fields', 'string-quantities');

    expect(change).toMatchObject({ schemaVersion: 7, quantity: '9' });
  });
});
