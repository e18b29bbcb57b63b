import { describe, expect, test } from '@jest/globals';
import { person } from '../../../local/people.ts';
import { useMarketplace } from './marketplace-use.ts';

type Listed = { subscriptions: { id: string }[]; '@nextLink'?: string };

/** Contract 2.2, 2.6. */
describe('simulated Marketplace, subscriptions', () => {
  const marketplace = useMarketplace();

  test('a flat purchase has the recorded fields in the recorded order, no quantity and no term dates', async () => {
    const { subscriptionId } = await marketplace.control().purchase({
      planId: 'starter',
      purchaser: 'buyer',
      name: 'My sub',
    });

    const answer = await marketplace.call('GET', `/${subscriptionId}`);

    const buyer = person('buyer');
    const party = {
      emailId: buyer.username,
      objectId: buyer.objectId,
      tenantId: buyer.tenantId,
      puid: expect.stringMatching(/^[0-9A-F]{16}$/),
    };
    const expected = {
      id: subscriptionId,
      publisherId: 'unifize',
      offerId: 'unifize-qms',
      name: 'My sub',
      saasSubscriptionStatus: 'PendingFulfillmentStart',
      beneficiary: party,
      purchaser: party,
      planId: 'starter',
      term: { termUnit: 'P1M' },
      autoRenew: true,
      isTest: false,
      isFreeTrial: false,
      allowedCustomerOperations: ['Delete', 'Update', 'Read'],
      sandboxType: 'None',
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/),
      lastModified: '0001-01-01T00:00:00',
      sessionMode: 'None',
    };
    const body = (await answer.json()) as object;
    expect(body).toEqual(expected);
    expect(Object.keys(body)).toEqual(Object.keys(expected));
  });

  test('a per-seat purchase has its quantity as a number', async () => {
    const order = { planId: 'team', quantity: 12, termUnit: 'P1Y', purchaser: 'buyer' };
    const { subscriptionId } = await marketplace.control().purchase(order);

    const answer = await marketplace.call('GET', `/${subscriptionId}`);

    expect(await answer.json()).toMatchObject({ quantity: 12, term: { termUnit: 'P1Y' } });
  });

  test("a reseller's purchase has two parties and leaves the customer only reading", async () => {
    const { subscriptionId } = await marketplace.control().purchase({
      planId: 'starter',
      purchaser: 'reseller',
      beneficiary: 'buyer',
    });

    const { subscription } = await marketplace.control().truth(subscriptionId);

    expect(subscription.purchaser.tenantId).toBe(person('reseller').tenantId);
    expect(subscription.beneficiary.tenantId).toBe(person('buyer').tenantId);
    expect(subscription.allowedCustomerOperations).toEqual(['Read']);
  });

  test('a purchase for a colleague is no reseller purchase', async () => {
    const order = { planId: 'starter', purchaser: 'buyer', beneficiary: 'colleague' };
    const { subscriptionId } = await marketplace.control().purchase(order);

    const { subscription } = await marketplace.control().truth(subscriptionId);

    expect(subscription.beneficiary.objectId).toBe(person('colleague').objectId);
    expect(subscription.allowedCustomerOperations).toContain('Delete');
  });

  test('an auto-activated plan is Subscribed with term dates from the purchase on', async () => {
    const { subscriptionId } = await marketplace.control().purchase({ planId: 'growth-auto', purchaser: 'buyer' });

    const { subscription, activations } = await marketplace.control().truth(subscriptionId);

    expect(subscription.saasSubscriptionStatus).toBe('Subscribed');
    expect(subscription.term.startDate).toMatch(/T00:00:00Z$/);
    expect(activations).toBe(0);
  });

  test('the list comes in pages of uneven size, all statuses, nothing twice and nothing left out', async () => {
    await marketplace.control().switches({ listPageSizes: [2, 3, 1] });
    const bought: string[] = [];
    for (let count = 0; count < 7; count += 1)
      bought.push((await marketplace.control().purchase({ planId: 'starter', purchaser: 'buyer' })).subscriptionId);
    await marketplace.control().change(bought[0] ?? '', { status: 'Unsubscribed' });

    const pages: string[][] = [];
    let next: string | undefined = `${marketplace.url()}/api/saas/subscriptions/?api-version=2018-08-31`;
    while (next !== undefined) {
      const page = (await (await fetch(next)).json()) as Listed;
      pages.push(page.subscriptions.map((one) => one.id));
      next = page['@nextLink'];
    }

    expect(pages.map((page) => page.length)).toEqual([2, 3, 1, 1]);
    expect(pages.flat()).toEqual(bought);
  });

  test('the list is served with and without a slash at its end', async () => {
    await marketplace.control().purchase({ planId: 'starter', purchaser: 'buyer' });

    const withSlash = await marketplace.call('GET', '/');
    const without = await marketplace.call('GET', '');

    expect(withSlash.status).toBe(200);
    expect(await without.json()).toEqual(await withSlash.json());
  });

  test('an empty list is an empty body', async () => {
    const answer = await marketplace.call('GET', '/');

    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
  });

  test('a continuation token that is none is refused', async () => {
    const answer = await marketplace.call('GET', '/?api-version=2018-08-31&continuationToken=page2');

    expect(answer.status).toBe(400);
  });
});
