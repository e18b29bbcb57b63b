import { describe, expect, test } from '@jest/globals';
import { useLife } from './marketplace-life-use.ts';

const DAY_SECONDS = 86_400;

/** Contract 5. */
describe('simulated Marketplace, what time does', () => {
  const life = useLife();
  const days = (count: number) => life.control().advanceClock(count * DAY_SECONDS);

  test('terms follow one another for ever, each renewal told once and in order', async () => {
    const id = await life.active();
    const first = (await life.control().truth(id)).subscription.term;

    await days(95);

    expect(await life.told()).toEqual(['Renew 1: 200', 'Renew 1: 200', 'Renew 1: 200']);
    const starts = life
      .publisher()
      .received.map(({ body }) => (body['subscription'] as { term: { startDate: string } }).term.startDate);
    expect(starts).toEqual([...starts].sort());
    expect(new Set([first.startDate, ...starts]).size).toBe(4);
    expect((await life.control().truth(id)).subscription.term.startDate).toBe(starts.at(-1));
    const times = (await life.control().operations(id)).map(({ timeStamp }) => timeStamp.slice(11, 19));
    expect(times).toEqual(['00:00:00', '00:00:00', '00:00:00']);
  });

  test('a renewal that does not show yet is not made twice', async () => {
    const id = await life.active();
    await life.control().act(id, { action: 'ChangeQuantity', quantity: 9 });
    await life.control().advanceClock(11);
    await life.control().switches({ effectLagSeconds: 60 });

    await days(32);

    expect((await life.control().operations(id)).map(({ action }) => action)).toEqual(['ChangeQuantity', 'Renew']);
  });

  test('without renewal it ends with the term', async () => {
    const id = await life.active();
    await life.control().change(id, { autoRenew: false });

    await days(32);

    expect(await life.told()).toEqual(['Unsubscribe 1: 200']);
    expect(await life.statusOf(id)).toBe('Unsubscribed');
  });

  test('a suspension ends the subscription after 30 days', async () => {
    const id = await life.active();
    await life.control().act(id, { action: 'Suspend' });

    await days(29.9);
    const early = await life.statusOf(id);
    await days(0.2);

    expect(early).toBe('Suspended');
    expect(await life.statusOf(id)).toBe('Unsubscribed');
    expect(await life.told()).toEqual(['Suspend 1: 200', 'Unsubscribe 1: 200']);
  });

  test('a suspension that was lifted in time ends nothing, and the next one has its own 30 days', async () => {
    const id = await life.active();
    await life.control().act(id, { action: 'Suspend' });
    await days(20);
    await life.control().act(id, { action: 'Reinstate' });
    await life.control().advanceClock(11);
    await life.control().act(id, { action: 'Suspend' });

    await days(20);

    expect(await life.statusOf(id)).toBe('Suspended');
  });

  test('nothing is renewed while suspended; after it, at once', async () => {
    const id = await life.active();
    const { term } = (await life.control().truth(id)).subscription;
    await days(20);
    await life.control().act(id, { action: 'Suspend' });
    await days(20);
    const suspended = (await life.control().truth(id)).subscription.term;
    await life.control().act(id, { action: 'Reinstate' });
    await life.control().advanceClock(11);

    expect(suspended).toEqual(term);
    expect(await life.told()).toEqual(['Suspend 1: 200', 'Reinstate 1: 200', 'Renew 1: 200']);
    expect((await life.control().truth(id)).subscription.term.startDate).not.toBe(term.startDate);
  });

  test('a purchase that nobody activates is dropped after 30 days, and nobody is told', async () => {
    const id = await life.bought();

    await days(29.9);
    const early = await life.statusOf(id);
    await days(0.2);

    expect(early).toBe('PendingFulfillmentStart');
    expect(await life.statusOf(id)).toBe('Unsubscribed');
    expect(await life.told()).toEqual([]);
  });

  test('by switch the dropped purchase is gone: 404, and not listed', async () => {
    const id = await life.bought();
    const other = await life.active();
    await life.control().switches({ droppedPurchase: 'gone' });

    await days(30.1);

    expect((await life.call('GET', `/${id}`)).status).toBe(404);
    const list = (await (await life.call('GET', '/')).json()) as { subscriptions: { id: string }[] };
    expect(list.subscriptions.map((one) => one.id)).toEqual([other]);
  });

  test('what was activated is not dropped', async () => {
    const id = await life.active();

    await days(30.1);

    expect(await life.statusOf(id)).toBe('Subscribed');
  });

  test('an activation that fails is told as Unsubscribe', async () => {
    await life.control().switches({ activate: 'fails', activateDelaySeconds: 60 });
    const id = await life.active();

    await life.control().advanceClock(61);

    expect(await life.told()).toEqual(['Unsubscribe 1: 200']);
    expect(life.publisher().received[0]?.body).toMatchObject({ action: 'Unsubscribe', subscriptionId: id });
    expect(await life.statusOf(id)).toBe('Unsubscribed');
  });
});
