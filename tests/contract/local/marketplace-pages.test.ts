import { describe, expect, test } from '@jest/globals';
import { LANDING_URL, useMarketplace } from './marketplace-use.ts';

describe('simulated Marketplace, pages', () => {
  const marketplace = useMarketplace();
  const NASTY = `<script>alert("1")</script>' onload='x`;

  const open = async (path: string): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`${marketplace.url()}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  const post = (path: string, fields: Record<string, string>): Promise<Response> =>
    fetch(`${marketplace.url()}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  const order = { plan: 'starter/P1M', name: 'Ours', seats: '5', purchaser: 'buyer', beneficiary: '' };

  test('the first address shows every plan and who can buy', async () => {
    const { status, text } = await open('/');

    expect(status).toBe(200);
    for (const words of ['Starter', 'Team', 'Enterprise', 'Growth', '$199 per month', '$29 per user and month'])
      expect(text).toContain(words);
    expect(text).toContain('Private plan: only Contoso can buy it.');
    expect(text).toContain('Activated automatically: billing starts at the purchase.');
    expect(text).toContain('Bea Buyer: buys for Contoso');
    expect(text).not.toContain('Olivia Operator');
  });

  test('Subscribe leads to the subscription, which offers to configure the account', async () => {
    const answer = await post('/subscriptions', order);
    const { status, text } = await open(answer.headers.get('location') ?? '');

    expect(answer.status).toBe(303);
    expect(status).toBe(200);
    expect(text).toContain('<h1>Ours</h1>');
    expect(text).toContain('PendingFulfillmentStart');
    expect(text).toContain('Configure account now</button>');
  });

  test('seats and the other party go into the purchase', async () => {
    const answer = await post('/subscriptions', {
      ...order,
      plan: 'team/P1Y',
      seats: '8',
      purchaser: 'reseller',
      beneficiary: 'buyer',
    });

    const id = answer.headers.get('location')?.split('/').at(-1) ?? '';
    expect((await marketplace.control().truth(id)).subscription).toMatchObject({
      planId: 'team',
      quantity: 8,
      term: { termUnit: 'P1Y' },
      purchaser: { emailId: 'rita@reseller.example' },
      beneficiary: { emailId: 'bea@contoso.example' },
    });
  });

  test('Configure account now goes to the landing page with a fresh purchase token', async () => {
    const { subscriptionId } = await marketplace.control().purchase({ planId: 'starter', purchaser: 'buyer' });

    const answer = await post(`/subscriptions/${subscriptionId}/configure`, {});

    const landing = new URL(answer.headers.get('location') ?? '');
    expect(answer.status).toBe(303);
    expect(`${landing.origin}${landing.pathname}`).toBe(LANDING_URL);
    const resolved = await marketplace.resolve(landing.searchParams.get('token') ?? '');
    expect(await resolved.json()).toMatchObject({ id: subscriptionId });
  });

  test('an active subscription shows its dates, its history and Manage account', async () => {
    const { subscriptionId } = await marketplace.control().purchase({ planId: 'starter', purchaser: 'buyer' });
    await marketplace.call('POST', `/${subscriptionId}/activate`);

    const { text } = await open(`/subscriptions/${subscriptionId}`);

    expect(text).toContain('Manage account</button>');
    expect(text).not.toContain('none before activation');
    expect(text).toContain('The publisher called activate: answered 200');
    expect(text).toContain('Activated: billing started');
  });

  test.each([
    ['a private plan of others', { plan: 'enterprise/P1Y', purchaser: 'stranger' }, 'private plan'],
    ['no seats', { plan: 'team/P1M', seats: '' }, '1 to 500 seats'],
    ['half a seat', { plan: 'team/P1M', seats: '1.5' }, '1 to 500 seats'],
    ['no name', { name: ' ' }, 'Give the subscription a name.'],
    ['nobody', { purchaser: 'nobody' }, 'Choose a buyer'],
    ['no plan', { plan: '' }, 'There is no plan'],
  ])('an order of %s comes back with the reason and what was typed', async (_what, fields, reason) => {
    const answer = await post('/subscriptions', { ...order, name: 'Typed by me', ...fields });

    const text = await answer.text();
    expect(answer.status).toBe(400);
    expect(text).toContain(reason);
    if (!('name' in fields)) expect(text).toContain('value="Typed by me"');
  });

  test('a name with markup is shown as text everywhere', async () => {
    const created = await post('/subscriptions', { ...order, name: NASTY });
    const refused = await post('/subscriptions', { ...order, name: NASTY, plan: '' });

    const pages = [
      await open(created.headers.get('location') ?? ''),
      await open('/subscriptions'),
      { text: await refused.text() },
    ];

    for (const { text } of pages) {
      expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39; onload=&#39;x');
      expect(text).not.toContain('<script>alert');
    }
  });

  test('the list names all subscriptions', async () => {
    const empty = await open('/subscriptions');
    const order = { planId: 'starter', purchaser: 'buyer', name: 'First of all' };
    const { subscriptionId } = await marketplace.control().purchase(order);

    const { status, text } = await open('/subscriptions');

    expect(empty.text).toContain('None yet.');
    expect(status).toBe(200);
    expect(text).toContain(`<a href="/subscriptions/${subscriptionId}">First of all</a>`);
  });

  test.each(['GET', 'POST'])('%s of a subscription that is not there is a 404 that leads back', async (method) => {
    const path = method === 'GET' ? '/subscriptions/unknown' : '/subscriptions/unknown/configure';

    const answer = await fetch(`${marketplace.url()}${path}`, { method });

    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('href="/"');
  });
});
