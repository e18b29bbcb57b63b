import { describe, expect, test } from '@jest/globals';
import { runningTerm } from '../../../local/marketplace/subscription.ts';
import { useMarketplace } from './marketplace-use.ts';

/** Contract 2.4. */
describe('simulated Marketplace, activation', () => {
  const marketplace = useMarketplace();

  const buy = async (): Promise<string> => {
    const order = { planId: 'team', quantity: 5, purchaser: 'buyer' };
    return (await marketplace.control().purchase(order)).subscriptionId;
  };
  const activate = (id: string, body?: string): Promise<Response> =>
    marketplace.call('POST', `/${id}/activate`, body === undefined ? {} : { body });
  const statusOf = async (id: string): Promise<string> =>
    (await marketplace.control().truth(id)).subscription.saasSubscriptionStatus;

  test.each([
    ['without a body', undefined],
    ['with an empty object', '{}'],
    ['with what was bought', '{"planId":"team","quantity":5}'],
    ['with another plan, which is not looked at', '{"planId":"starter"}'],
  ])('one call %s starts billing: 200 and nothing in it', async (_how, body) => {
    const id = await buy();

    const answer = await activate(id, body);

    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
    const truth = await marketplace.control().truth(id);
    expect(truth).toMatchObject({ activations: 1, activateCalls: 1 });
    expect(truth.subscription.saasSubscriptionStatus).toBe('Subscribed');
    expect(truth.subscription.term).toEqual({
      termUnit: 'P1M',
      startDate: expect.stringMatching(/T00:00:00Z$/),
      endDate: expect.stringMatching(/T00:00:00Z$/),
    });
  });

  test.each([
    ['nothing', '', 200],
    ['an empty object', '{}', 200],
    ['what was bought', '{"planId":"team","quantity":5}', 200],
    ['an empty quantity', '{"planId":"team","quantity":""}', 200],
    ['another plan', '{"planId":"starter","quantity":5}', 400],
    ['another quantity', '{"planId":"team","quantity":6}', 400],
    ['no JSON', '{"planId":', 400],
  ])('when strict, a body of %s gets its due', async (_what, body, status) => {
    await marketplace.control().switches({ activateBody: 'strict' });
    const id = await buy();

    const answer = await activate(id, body);

    expect(answer.status).toBe(status);
    expect((await marketplace.control().truth(id)).activations).toBe(status === 200 ? 1 : 0);
    if (status === 400) expect(await answer.json()).toMatchObject({ code: 'BadRequest', target: 'activate' });
  });

  test('a delayed activation takes effect later and only once, however often it is asked for', async () => {
    await marketplace.control().switches({ activate: 'delayed', activateDelaySeconds: 300 });
    const id = await buy();

    const answers = [await activate(id), await activate(id)];
    await marketplace.control().advanceClock(299);
    const early = await statusOf(id);
    await marketplace.control().advanceClock(2);

    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    expect(early).toBe('PendingFulfillmentStart');
    expect(await statusOf(id)).toBe('Subscribed');
    expect(await marketplace.control().truth(id)).toMatchObject({ activations: 1, activateCalls: 2 });
  });

  test('asking again does not hasten an activation under way', async () => {
    await marketplace.control().switches({ activate: 'delayed', activateDelaySeconds: 300 });
    const id = await buy();

    await activate(id);
    await marketplace.control().switches({ activate: 'sync' });
    await activate(id);

    expect(await statusOf(id)).toBe('PendingFulfillmentStart');
  });

  test('a delayed activation takes effect by itself as time passes', async () => {
    await marketplace.control().switches({ activate: 'delayed', activateDelaySeconds: 0.2 });
    const id = await buy();

    await activate(id);

    expect(await statusOf(id)).toBe('PendingFulfillmentStart');
    const giveUpAt = Date.now() + 5000;
    while ((await statusOf(id)) !== 'Subscribed' && Date.now() < giveUpAt);
    expect(await statusOf(id)).toBe('Subscribed');
  });

  test('a failing activation is accepted and ends Unsubscribed, never billed', async () => {
    await marketplace.control().switches({ activate: 'fails', activateDelaySeconds: 60 });
    const id = await buy();

    const answer = await activate(id);
    await marketplace.control().advanceClock(61);

    expect(answer.status).toBe(200);
    expect(await statusOf(id)).toBe('Unsubscribed');
    expect((await marketplace.control().truth(id)).activations).toBe(0);
  });

  test('a subscription that is cancelled meanwhile does not come back', async () => {
    await marketplace.control().switches({ activate: 'delayed', activateDelaySeconds: 60 });
    const id = await buy();

    await activate(id);
    await marketplace.control().change(id, { status: 'Unsubscribed' });
    await marketplace.control().advanceClock(61);

    expect(await statusOf(id)).toBe('Unsubscribed');
    expect((await marketplace.control().truth(id)).activations).toBe(0);
  });

  test.each(['Subscribed', 'Suspended'])('activating what is %s is a 400, or a 200 by switch', async (status) => {
    const id = await buy();
    await marketplace.control().change(id, { status });

    const refused = await activate(id);
    await marketplace.control().switches({ repeatActivate: 200 });
    const repeated = await activate(id);

    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: 'BadRequest', target: 'activate' });
    expect(repeated.status).toBe(200);
    expect(await statusOf(id)).toBe(status);
    expect(await marketplace.control().truth(id)).toMatchObject({ activations: 0, activateCalls: 2 });
  });

  test('activating what is cancelled or unknown is a 404', async () => {
    const id = await buy();
    await marketplace.control().change(id, { status: 'Unsubscribed' });

    const cancelled = await activate(id);
    const unknown = await activate('00000000-0000-4000-8000-000000000000');

    expect([cancelled.status, unknown.status]).toEqual([404, 404]);
    expect(await cancelled.json()).toMatchObject({ code: 'EntityNotFound' });
    expect((await marketplace.control().truth(id)).activations).toBe(0);
  });

  test.each([
    ['P1M', '2026-11-21T23:59:59Z', '2026-11-21', '2026-12-20'],
    ['P1M', '2027-01-31T12:00:00Z', '2027-01-31', '2027-02-27'],
    ['P1M', '2026-12-01T00:00:00Z', '2026-12-01', '2026-12-31'],
    ['P1Y', '2026-11-21T08:00:00Z', '2026-11-21', '2027-11-20'],
    ['P18M', '2026-11-21T08:00:00Z', '2026-11-21', '2028-05-20'],
    ['P1Y', '2028-02-29T08:00:00Z', '2028-02-29', '2029-02-27'],
  ])('a term of %s from %s ends on its last day', (termUnit, from, startDay, endDay) => {
    expect(runningTerm(termUnit, new Date(from))).toEqual({
      termUnit,
      startDate: `${startDay}T00:00:00Z`,
      endDate: `${endDay}T00:00:00Z`,
    });
  });
});
