import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Life, startLife } from './life.ts';

let life: Life;
beforeAll(async () => {
  life = await startLife();
});
afterAll(() => life.world.close());

describe('what Microsoft tells is asked of Microsoft and taken over (contract 4.2, P4)', () => {
  test('a plan change: acknowledged inside its window, shown with both values, told to the buyer once', async () => {
    const id = await life.active({ planId: 'starter' });
    await life.marketplace.act(id, { action: 'ChangePlan', planId: 'team' });

    const view = await life.seen(id, ({ planId }) => planId === 'team');
    expect(view.quantity).toBe(1);
    await life.settled(id);
    const [operation] = await life.marketplace.operations(id);
    expect(operation?.status).toBe('Succeeded');
    const patches = (await life.marketplace.calls()).filter(({ operation: call }) => call === 'patch-operation');
    expect(patches).toHaveLength(1);
    expect(await life.history(id)).toEqual(expect.arrayContaining(['plan-changed', 'seats-changed']));
  });

  test('a change of seats', async () => {
    const id = await life.active({ planId: 'team', quantity: 5 });
    await life.marketplace.act(id, { action: 'ChangeQuantity', quantity: 9 });
    await life.seen(id, ({ quantity }) => quantity === 9);
  });

  test('suspend, reinstate, unsubscribe', async () => {
    const id = await life.active();
    await life.marketplace.act(id, { action: 'Suspend' });
    await life.atStage(id, 'suspended');
    await life.marketplace.act(id, { action: 'Reinstate' });
    await life.atStage(id, 'active');
    await life.marketplace.act(id, { action: 'Unsubscribe' });
    await life.atStage(id, 'cancelled');
    expect(await life.history(id)).toEqual(expect.arrayContaining(['suspended', 'reinstated', 'cancelled']));
  });

  test('a renewal rolls the term', async () => {
    const id = await life.active();
    const before = (await life.api.look('reader', id)).body.subscription.term?.endDate;
    await life.marketplace.act(id, { action: 'Renew' });
    const { term } = await life.seen(id, (view) => view.term?.endDate !== before);
    expect(Date.parse(term?.endDate ?? '')).toBeGreaterThan(Date.parse(before ?? ''));
  });
});
