import { describe, expect, test } from '@jest/globals';
import { useLife } from './marketplace-life-use.ts';

describe('simulated Marketplace, what can happen, on the subscription’s page', () => {
  const life = useLife();
  const page = async (id: string): Promise<string> => (await fetch(`${life.url()}/subscriptions/${id}`)).text();
  const press = (id: string, fields: Record<string, string>): Promise<Response> =>
    fetch(`${life.url()}/subscriptions/${id}/actions`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  const buttons = async (id: string): Promise<string[]> =>
    [...(await page(id)).matchAll(/<button class="plain" type="submit">([^<]+)/g)].map(([, label]) => label ?? '');

  test('a Subscribed one of seats has all buttons, and no other plan than those on sale', async () => {
    const id = await life.active();

    expect(await buttons(id)).toEqual(['Change plan', 'Change seats', 'Renew', 'Suspend', 'Cancel subscription']);
    const text = await page(id);
    expect(text).toContain('<option value="enterprise">');
    expect(text).not.toContain('<option value="team">');
  });

  test.each([
    ['PendingFulfillmentStart', ['Activate by Microsoft', 'Cancel subscription']],
    ['Suspended', ['Reinstate', 'Cancel subscription']],
    ['Unsubscribed', []],
  ])('a %s one has the buttons that fit', async (status, labels) => {
    const id = await life.active();
    await life.control().change(id, { status });

    expect(await buttons(id)).toEqual(labels);
  });

  test('a flat plan has no seats to change', async () => {
    const { subscriptionId: id } = await life.control().purchase({ planId: 'starter', purchaser: 'stranger' });
    await life.call('POST', `/${id}/activate`);

    expect(await buttons(id)).not.toContain('Change seats');
    expect(await page(id)).not.toContain('<option value="enterprise">');
  });

  test.each([
    [{ action: 'ChangePlan', planId: 'starter' }, { planId: 'starter' }],
    [{ action: 'ChangeQuantity', quantity: '9' }, { quantity: 9 }],
    [{ action: 'Suspend' }, { saasSubscriptionStatus: 'Suspended' }],
    [{ action: 'Unsubscribe' }, { saasSubscriptionStatus: 'Unsubscribed' }],
  ])('%j does it, and leads back', async (fields, result) => {
    const id = await life.active();

    const answer = await press(id, fields);
    await life.control().advanceClock(11);

    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/subscriptions/${id}`]);
    expect((await life.control().truth(id)).subscription).toMatchObject(result);
    expect(await life.told()).toEqual([`${fields.action} 1: 200`]);
  });

  test('operations and calls of the webhook are shown', async () => {
    life.publisher().answer(503, 422);
    const id = await life.active();
    await press(id, { action: 'ChangeQuantity', quantity: '9' });
    await life.control().advanceClock(60);

    const text = await page(id);

    expect(text).toMatch(/ChangeQuantity to 9 seats<\/td>\s*<td>Microsoft<\/td>\s*<td>Failed<br>/);
    expect(text).toContain('The publisher refused');
    expect(text).toMatch(/<td>1<\/td><td>503<\/td><td>\d+ ms<\/td>/);
    expect(text).toMatch(/<td>2<\/td><td>422<\/td><td>\d+ ms<\/td>/);
  });

  test('what can change by itself is fetched anew and put in place', async () => {
    const text = await page(await life.active());

    expect([...text.matchAll(/<div id="(\w+)" data-live>/g)].map(([, id]) => id)).toEqual(['next', 'acts', 'facts']);
    expect(text).toContain("querySelectorAll('[data-live]')");
  });

  test('while a change is under way there is no form for another', async () => {
    const id = await life.active();
    await press(id, { action: 'ChangeQuantity', quantity: '9' });

    expect(await buttons(id)).toEqual(['Renew', 'Suspend', 'Cancel subscription']);
    expect(await page(id)).toContain('ChangeQuantity is under way');
  });

  test.each([
    [{ action: 'ChangeQuantity', quantity: '' }, 'between 1 and 500'],
    [{ action: 'Reinstate' }, 'Suspended'],
    [{ action: '' }, 'action'],
    [{ action: 'Renew', untrue: 'true' }, 'untrue'],
  ])('%j is refused with the reason, on the same page', async (fields, reason) => {
    const id = await life.active();

    const answer = await press(id, fields);

    expect(answer.status).toBe(409);
    expect(await answer.text()).toMatch(new RegExp(`role="alert"[^§]*${reason}`));
    expect(await life.control().operations(id)).toEqual([]);
  });

  test('a subscription that is not there is a 404', async () => {
    expect((await press('unknown', { action: 'Renew' })).status).toBe(404);
  });
});
