import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { type Site, signInAs, startSite, windowOf } from '../support/site.ts';
import { OPERATOR_EMAIL } from '../support/world.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe('the whole journey', () => {
  test('a buyer and an operator take a purchase to Subscribed in their browsers', async () => {
    const buyer = await windowOf(site.browser);

    await buyer.goto(site.marketplaceUrl);
    await buyer.getByRole('radio', { name: 'Team, by the month' }).check();
    await buyer.getByLabel('Subscription name').fill('Contoso QMS');
    await buyer.getByRole('button', { name: 'Subscribe' }).click();
    await buyer.getByRole('button', { name: 'Configure account now' }).click();
    await signInAs(buyer, 'buyer');

    await buyer.getByRole('heading', { level: 1, name: /Welcome/ }).waitFor();
    expect(buyer.url()).toBe(site.landingUrl);
    const facts = await buyer.getByRole('main').innerText();
    for (const label of [
      'Subscription Name',
      'Plan Name',
      'Plan ID',
      'Offer ID',
      'Quantity',
      'Term',
      'Term Dates',
      'Purchaser Email',
      'Tenant ID',
      'Subscription ID',
      'Customer Name',
      'Customer Email',
      'Status',
      'Pending Activation',
      'starts when billing starts',
    ]) {
      expect(facts).toContain(label);
    }
    expect(await buyer.getByLabel('Email address').inputValue()).toBe('bea.buyer@contoso.example');

    await buyer.reload();
    await buyer.getByRole('heading', { level: 1, name: /Welcome/ }).waitFor();
    await buyer.getByRole('button', { name: 'Onboard' }).click();
    await buyer.getByText('Onboarding request created successfully.').waitFor();
    await buyer.getByRole('heading', { level: 1, name: /Waiting for/ }).waitFor();

    const [mail] = await eventually(
      () => site.mailbox.mails(OPERATOR_EMAIL),
      (mails) => mails.length > 0,
    );
    const link = /href="(http[^"]*console[^"]*)"/.exec(mail?.html ?? '')?.[1]?.replaceAll('&amp;', '&') ?? '';
    const operator = await windowOf(site.browser);
    await operator.goto(link);
    const signIn = operator.getByRole('button', { name: 'Sign in with Microsoft' });
    await signIn.or(operator.locator('button[name="person"]').first()).first().waitFor();
    if (await signIn.isVisible()) await signIn.click();
    await signInAs(operator, 'operator');
    await operator.getByRole('heading', { level: 1, name: 'Contoso QMS' }).waitFor();
    await operator.getByRole('button', { name: 'Confirm set-up' }).click();
    await operator.getByRole('dialog').getByRole('button', { name: 'Confirm set-up' }).click();

    await buyer.getByRole('heading', { level: 1, name: 'Your workspace is ready' }).waitFor();
    await buyer.getByRole('button', { name: 'Activate subscription' }).click();
    await buyer.getByRole('heading', { level: 1, name: 'Your subscription is active' }).waitFor();

    await buyer.goto(`${site.marketplaceUrl}/subscriptions`);
    await buyer.getByRole('link', { name: 'Contoso QMS' }).click();
    await buyer.getByText('Subscribed').first().waitFor();
    const subjects = async (to: string) => (await site.mailbox.mails(to)).map(({ subject }) => subject);
    await eventually(
      () => subjects('bea.buyer@contoso.example'),
      (seen) => seen.length === 3,
    );
    await eventually(
      () => subjects(OPERATOR_EMAIL),
      (seen) => seen.length === 2,
    );
  });
});

describe('who is turned away', () => {
  const open = async (url: string, person?: string) => {
    const page = await windowOf(site.browser);
    await page.goto(url);
    if (person !== undefined) await signInAs(page, person);
    return page;
  };
  const tampered = (purchaseToken: string): string => {
    const middle = Math.floor(purchaseToken.length / 2);
    const other = purchaseToken[middle] === 'A' ? 'B' : 'A';
    return `${purchaseToken.slice(0, middle)}${other}${purchaseToken.slice(middle + 1)}`;
  };

  test('without a purchase token there is one sentence and no way on', async () => {
    const page = await open(site.landingUrl);
    await page
      .getByRole('heading', { name: 'Missing token. Please access this page from Azure Marketplace.' })
      .waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
  });

  test('a stranger with somebody else’s purchase token is told to use an account of the organization', async () => {
    const { landingUrl } = await site.marketplace.purchase({ planId: 'starter', purchaser: 'buyer' });
    const page = await open(landingUrl, 'stranger');
    await page
      .getByRole('heading', { level: 1, name: 'You signed in as sam@fabrikam.example of another organization' })
      .waitFor();
    expect(await page.getByRole('main').innerText()).not.toContain('bea@contoso.example');
    await page.getByRole('button', { name: 'Use another account' }).click();
    await signInAs(page, 'buyer');
    await page.getByRole('heading', { level: 1, name: /Welcome/ }).waitFor();
  });

  test('a tampered purchase token is answered with Microsoft’s advice', async () => {
    const { purchaseToken } = await site.marketplace.purchase({ planId: 'starter', purchaser: 'buyer' });
    const page = await open(`${site.landingUrl}?token=${encodeURIComponent(tampered(purchaseToken))}`, 'buyer');
    await page.getByText('Reopen the SaaS subscription in the Azure portal').waitFor();
  });

  test('an expired purchase token is answered with Microsoft’s advice', async () => {
    const { landingUrl } = await site.marketplace.purchase({ planId: 'starter', purchaser: 'buyer' });
    await site.marketplace.advanceClock(25 * 3600);
    const page = await open(landingUrl, 'buyer');
    await page.getByRole('heading', { level: 1, name: 'This link can no longer be used' }).waitFor();
    await page.getByText('Reopen the SaaS subscription in the Azure portal').waitFor();
  });
});
