import { describe, expect, test } from '@jest/globals';
import { useMarketplace } from './marketplace-use.ts';

type Plans = { plans: { planId: string }[] };

/** Contract 2.7. */
describe('simulated Marketplace, available plans', () => {
  const marketplace = useMarketplace();

  const plansOf = async (purchaser: string, query = ''): Promise<Plans['plans']> => {
    const { subscriptionId } = await marketplace.control().purchase({ planId: 'starter', purchaser });
    const path = `/${subscriptionId}/listAvailablePlans?api-version=2018-08-31${query}`;
    return ((await (await marketplace.call('GET', path)).json()) as Plans).plans;
  };

  test('the private plan is there for the organization it was made for', async () => {
    const plans = await plansOf('buyer');

    expect(plans.map((plan) => plan.planId)).toEqual(['starter', 'team', 'enterprise', 'growth-auto']);
    expect(plans[2]).toMatchObject({ isPrivate: true, isPricePerSeat: false });
  });

  test('the private plan is hidden from others', async () => {
    const plans = await plansOf('stranger');

    expect(plans.map((plan) => plan.planId)).toEqual(['starter', 'team', 'growth-auto']);
  });

  test('the plan one has is there although it is no longer offered to one', async () => {
    const order = { planId: 'enterprise', purchaser: 'buyer' };
    const { subscriptionId } = await marketplace.control().purchase(order);
    await marketplace.control().change(subscriptionId, { beneficiary: { tenantId: 'another' } });

    const answer = await marketplace.call('GET', `/${subscriptionId}/listAvailablePlans`);

    expect(((await answer.json()) as Plans).plans.map((plan) => plan.planId)).toContain('enterprise');
  });

  test('a per-seat plan says its limits and terms, a flat plan has no limits', async () => {
    const [starter, team] = await plansOf('buyer');

    expect(team).toMatchObject({
      displayName: 'Team',
      isPricePerSeat: true,
      isStopSell: false,
      hasFreeTrials: false,
      minQuantity: 1,
      maxQuantity: 500,
      planComponents: {
        recurrentBillingTerms: [
          { currency: 'USD', price: 29, termUnit: 'P1M', termDescription: expect.any(String) },
          { currency: 'USD', price: 290, termUnit: 'P1Y', termDescription: expect.any(String) },
        ],
        meteringDimensions: [],
      },
    });
    expect(starter).not.toHaveProperty('minQuantity');
    expect(starter).not.toHaveProperty('maxQuantity');
  });

  test('a plan id narrows the answer to that plan', async () => {
    const plans = await plansOf('buyer', '&planId=team');

    expect(plans.map((plan) => plan.planId)).toEqual(['team']);
  });

  test('an unknown subscription gets an empty body, not a 404', async () => {
    const answer = await marketplace.call('GET', '/00000000-0000-4000-8000-000000000000/listAvailablePlans');

    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
  });
});
