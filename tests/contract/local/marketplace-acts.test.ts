import { describe, expect, test } from '@jest/globals';
import { useLife } from './marketplace-life-use.ts';

/** Contract 4.2, 4.5. */
describe('simulated Marketplace, what the customer and Microsoft do', () => {
  const life = useLife();

  test.each([
    ['Suspend', 'Suspended'],
    ['Unsubscribe', 'Unsubscribed'],
    ['Renew', 'Subscribed'],
  ])('%s has happened when the publisher hears of it', async (action, status) => {
    const id = await life.active();

    const operation = await life.control().act(id, { action });
    const then = await life.statusOf(id);
    await life.quiet();

    expect(operation).toMatchObject({
      action,
      status: 'Succeeded',
      operationRequestSource: 'Azure',
      subscriptionId: id,
    });
    expect(then).toBe(status);
    expect(life.publisher().received.map(({ body }) => body)).toMatchObject([
      { id: operation.id, action, status: 'Succeeded', subscription: { saasSubscriptionStatus: status } },
    ]);
  });

  test('Renew rolls the term: the next one begins the day after the last', async () => {
    const id = await life.active();
    const { term } = (await life.control().truth(id)).subscription;

    await life.control().act(id, { action: 'Renew' });

    const renewed = (await life.control().truth(id)).subscription.term;
    expect(Date.parse(renewed.startDate ?? '')).toBe(Date.parse(term.endDate ?? '') + 86_400_000);
    expect(renewed.endDate).not.toBe(term.endDate);
  });

  test.each([
    ['ChangePlan', { planId: 'starter' }, { planId: 'starter', quantity: undefined }],
    ['ChangeQuantity', { quantity: 9 }, { planId: 'team', quantity: 9 }],
  ])('%s is accepted after 10 seconds of silence', async (action, change, result) => {
    const id = await life.active();

    const asked = await life.control().act(id, { action, ...change });
    await life.control().advanceClock(5);
    const early = await life.control().truth(id);
    const stillOpen = await life.lastOperation(id);
    await life.control().advanceClock(6);

    expect(asked.status).toBe('InProgress');
    expect(stillOpen.status).toBe('InProgress');
    expect(early.subscription).toMatchObject({ planId: 'team', quantity: 5 });
    expect(await life.lastOperation(id)).toMatchObject({ id: asked.id, status: 'Succeeded' });
    const { planId, quantity } = (await life.control().truth(id)).subscription;
    expect({ planId, quantity }).toEqual(result);
  });

  test('Reinstate is asked for while Suspended, and accepted by silence', async () => {
    const id = await life.active();
    await life.control().act(id, { action: 'Suspend' });
    // Deliveries of two events keep no order.
    await life.quiet();

    await life.control().act(id, { action: 'Reinstate' });
    await life.quiet();
    const early = await life.statusOf(id);
    await life.control().advanceClock(11);

    expect(life.publisher().received[1]?.body).toMatchObject({
      action: 'Reinstate',
      status: 'InProgress',
      subscription: { saasSubscriptionStatus: 'Suspended' },
    });
    expect(early).toBe('Suspended');
    expect(await life.statusOf(id)).toBe('Subscribed');
  });

  test('an effect shows as late as the switch says, after the publisher was told', async () => {
    const id = await life.active();
    await life.control().switches({ effectLagSeconds: 60 });

    await life.control().act(id, { action: 'Suspend' });
    await life.control().advanceClock(50);
    const early = await life.statusOf(id);
    await life.control().advanceClock(11);

    expect(await life.told()).toEqual(['Suspend 1: 200']);
    expect(early).toBe('Subscribed');
    expect(await life.statusOf(id)).toBe('Suspended');
  });

  test('what is cancelled ends what was still open, and stays cancelled', async () => {
    const id = await life.active();
    const change = await life.control().act(id, { action: 'ChangeQuantity', quantity: 9 });

    await life.control().act(id, { action: 'Unsubscribe' });
    await life.control().advanceClock(60);

    expect(await life.control().operations(id)).toMatchObject([
      { id: change.id, status: 'Failed' },
      { action: 'Unsubscribe', status: 'Succeeded' },
    ]);
    expect((await life.control().truth(id)).subscription).toMatchObject({
      saasSubscriptionStatus: 'Unsubscribed',
      quantity: 5,
    });
  });

  test('an effect that comes after the cancellation does not bring it back', async () => {
    const id = await life.active();
    await life.control().act(id, { action: 'Suspend' });
    const reinstate = await life.control().act(id, { action: 'Reinstate' });
    await life.control().switches({ effectLagSeconds: 60 });
    await life.call('PATCH', `/${id}/operations/${reinstate.id}`, { status: 'Success' });
    await life.control().switches({ effectLagSeconds: 0 });

    await life.control().act(id, { action: 'Unsubscribe' });
    await life.control().advanceClock(61);

    expect(await life.statusOf(id)).toBe('Unsubscribed');
  });

  test.each([
    ['Transfer', undefined, 'Succeeded'],
    ['Teleport', 'Success', 'Success'],
  ])('%s, which nobody knows, is told and changes nothing', async (action, status, told) => {
    const id = await life.active();
    const before = await life.control().truth(id);

    await life.control().act(id, { action, ...(status === undefined ? {} : { status }) });
    await life.quiet();

    expect(life.publisher().received[0]?.body).toMatchObject({ action, status: told });
    expect((await life.control().truth(id)).subscription).toEqual(before.subscription);
  });

  test('what is told but not true changes nothing and is no operation', async () => {
    const id = await life.active();

    const { id: operationId } = await life.control().act(id, { action: 'Unsubscribe', untrue: true });
    await life.control().advanceClock(60);

    expect(life.publisher().received).toMatchObject([
      { body: { id: operationId, action: 'Unsubscribe', subscription: { saasSubscriptionStatus: 'Unsubscribed' } } },
    ]);
    expect(await life.statusOf(id)).toBe('Subscribed');
    expect(await life.control().operations(id)).toEqual([]);
    expect((await life.call('GET', `/${id}/operations/${operationId}`)).status).toBe(404);
  });

  test.each([
    ['Reinstate of what is Subscribed', { action: 'Reinstate' }, 409],
    ['Subscribe of what is Subscribed', { action: 'Subscribe' }, 409],
    ['the plan it has', { action: 'ChangePlan', planId: 'team' }, 409],
    ['a plan that is not there', { action: 'ChangePlan', planId: 'gold' }, 409],
    ['too many seats', { action: 'ChangeQuantity', quantity: 501 }, 409],
    ['no plan', { action: 'ChangePlan' }, 400],
    ['no seats', { action: 'ChangeQuantity' }, 400],
    ['no action', { action: '' }, 400],
  ])('%s is refused', async (_what, act, status) => {
    const id = await life.active();

    await expect(life.control().act(id, act)).rejects.toThrow(` ${status} `);

    expect(await life.control().operations(id)).toEqual([]);
  });

  test.each(['Renew', 'Suspend', 'ChangePlan', 'ChangeQuantity'])('%s needs a Subscribed one', async (action) => {
    const id = await life.bought();

    await expect(life.control().act(id, { action, planId: 'starter', quantity: 9 })).rejects.toThrow(' 409 ');
  });

  test('one thing at a time: no second change while one is open, and no second Unsubscribe', async () => {
    const id = await life.active();
    await life.control().act(id, { action: 'ChangeQuantity', quantity: 9 });

    await expect(life.control().act(id, { action: 'ChangePlan', planId: 'starter' })).rejects.toThrow('pending');
    await life.control().act(id, { action: 'Unsubscribe' });
    await expect(life.control().act(id, { action: 'Unsubscribe' })).rejects.toThrow('already');
  });

  test('what is under way does not begin again: not while it is open, not before it shows', async () => {
    await life.control().switches({ effectLagSeconds: 60 });
    const id = await life.active();
    await life.control().act(id, { action: 'Suspend' });
    await expect(life.control().act(id, { action: 'Suspend' })).rejects.toThrow('under way');
    await life.control().advanceClock(61);
    await life.control().act(id, { action: 'Reinstate' });

    await expect(life.control().act(id, { action: 'Reinstate' })).rejects.toThrow('under way');
  });
});
