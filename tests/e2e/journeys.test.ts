import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Bought, Order } from '../../local/marketplace/control.ts';
import { CONTOSO_TENANT, person } from '../../local/people.ts';
import { eventually } from '../support/eventually.ts';
import { type Site, signInAs, startSite, windowOf } from '../support/site.ts';
import { OPERATOR_EMAIL } from '../support/world.ts';
import { focusOf } from './states/checks.ts';
import { lookAgain, visit } from './states/driver.ts';
import { onboarded, stage, viewOf } from './states/purchases.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite({ WORKSPACE_URL: 'http://127.0.0.1:9/?organization={organizationId}' });
});
afterAll(() => site.close());

/** Lets the page ask until it says so: its own rhythm is of seconds. */
const until = async (page: Page, title: string): Promise<void> => {
  const ask = async (): Promise<string> => {
    await lookAgain(page);
    return page.getByRole('heading', { level: 1 }).innerText();
  };
  await eventually(ask, (seen) => seen === title);
  await eventually(
    () => focusOf(page),
    (seen) => seen === 'heading',
  );
};

const heading = (page: Page, title: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: title }).waitFor();

const opened = async (bought: Bought, who: string): Promise<Page> => {
  const page = await windowOf(site.browser);
  await visit(page, site, bought, who);
  return page;
};

const buy = (order: Omit<Order, 'planId'> & { planId?: string }): Promise<Bought> =>
  site.marketplace.purchase({ planId: 'starter', ...order });

const onboard = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Onboard' }).click();
  await page.getByText('Onboarding request created successfully.').waitFor();
  await until(page, 'Waiting for Unifize');
};

const confirm = async (id: string): Promise<void> => {
  expect((await site.api.operate('operator', id, 'confirm')).status).toBe(202);
};

const activate = async (page: Page): Promise<void> => {
  await until(page, 'Your workspace is ready');
  await page.getByRole('button', { name: 'Activate subscription' }).click();
  await until(page, 'Your subscription is active');
};

/** Billing was started once, by us, and the page leads to the product. */
const isRunning = async (page: Page, { subscriptionId }: Bought, organization: string): Promise<void> => {
  const { subscription, activations } = await site.marketplace.truth(subscriptionId);
  expect([subscription.saasSubscriptionStatus, activations]).toEqual(['Subscribed', 1]);
  const link = page.getByRole('link', { name: 'Open your workspace' });
  expect(await link.getAttribute('href')).toBe(`http://127.0.0.1:9/?organization=${organization}`);
};

const email = (page: Page) => page.getByLabel('Email address');

test('a buyer goes from the purchase to the workspace, and finds it there later', async () => {
  const bought = await buy({ planId: 'team', quantity: 3, purchaser: 'buyer' });
  const page = await opened(bought, 'buyer');
  await heading(page, 'Welcome to Unifize QMS');
  expect(await email(page).inputValue()).toBe('bea.buyer@contoso.example');

  await onboard(page);
  await confirm(bought.subscriptionId);
  await activate(page);

  await isRunning(page, bought, CONTOSO_TENANT);
  const later = await opened(bought, 'buyer');
  await heading(later, 'Your subscription is active');
  await isRunning(later, bought, CONTOSO_TENANT);
});

test('a colleague sets up, is told whom to ask, and sees the purchaser activate', async () => {
  const bought = await buy({ purchaser: 'buyer' });
  const page = await opened(bought, 'colleague');
  await page.getByText('Billing starts only when the subscription is activated by bea@contoso.example.').waitFor();

  await onboard(page);
  await confirm(bought.subscriptionId);
  await until(page, 'Your workspace is ready');
  expect(await page.getByRole('link', { name: 'Write to bea@contoso.example' }).getAttribute('href')).toBe(
    'mailto:bea@contoso.example',
  );
  expect(await page.getByRole('button').count()).toBe(0);

  await activate(await opened(bought, 'buyer'));
  await until(page, 'Your subscription is active');
  await isRunning(page, bought, CONTOSO_TENANT);
});

test('a guest is led to the purchasing organization and walks on from there', async () => {
  const bought = await buy({ purchaser: 'guest-inside' });
  const page = await opened(bought, 'guest');
  await heading(page, `You signed in as ${person('guest').username} of another organization`);

  await page.getByRole('button', { name: 'Sign in to the purchasing organization' }).click();
  await signInAs(page, 'guest-inside');
  await heading(page, 'Welcome to Unifize QMS');
  expect(await email(page).inputValue()).toBe('gus@partner.example');

  await onboard(page);
  await confirm(bought.subscriptionId);
  await activate(page);
  await isRunning(page, bought, CONTOSO_TENANT);
});

test('a reseller buys and sets up for a customer, who activates', async () => {
  const bought = await buy({ purchaser: 'reseller', beneficiary: 'stranger' });
  const page = await opened(bought, 'reseller');
  await page.getByText('Bought by rita@reseller.example for sam@fabrikam.example').waitFor();
  await page.getByText('The workspace is made for the organization of sam@fabrikam.example.').waitFor();

  await onboard(page);
  await confirm(bought.subscriptionId);
  await until(page, 'Your workspace is ready');

  const customer = await opened(bought, 'stranger');
  await activate(customer);
  await until(page, 'Your subscription is active');
  await isRunning(customer, bought, person('stranger').tenantId);
});

test('a personal account walks the whole way; another personal account does not enter', async () => {
  const bought = await buy({ purchaser: 'personal' });
  const other = await opened(bought, 'personal-other');
  await heading(other, 'You signed in as paul@outlook.example, which has no part in this purchase');

  await other.getByRole('button', { name: 'Use another account' }).click();
  await signInAs(other, 'personal');
  await heading(other, 'Welcome to Unifize QMS');
  expect(await email(other).inputValue()).toBe('pia@outlook.example');

  await onboard(other);
  await confirm(bought.subscriptionId);
  await activate(other);
  await isRunning(other, bought, person('personal').objectId);
});

test('a buyer without a mailbox is asked for an address before anything is sent', async () => {
  const bought = await buy({ purchaser: 'buyer-without-mail' });
  const page = await opened(bought, 'buyer-without-mail');
  await heading(page, 'Welcome to Unifize QMS');
  expect(await email(page).inputValue()).toBe('');

  await page.getByRole('button', { name: 'Onboard' }).click();
  const summary = page.getByRole('alert');
  await eventually(
    () => focusOf(page),
    (seen) => seen === 'summary',
  );
  expect(await page.title()).toMatch(/^Error: /);
  await summary.getByRole('link', { name: 'Enter your email address' }).click();
  await page.keyboard.type('nils@home.example');

  await onboard(page);
  expect(await page.title()).not.toMatch(/^Error: /);
  await confirm(bought.subscriptionId);
  await activate(page);
  await isRunning(page, bought, CONTOSO_TENANT);
  const mails = await site.mailbox.mails('nils@home.example');
  expect(mails.map(({ subject }) => subject).length).toBeGreaterThanOrEqual(2);
});

test('a buyer whose addresses reach nobody is asked for another one, and the set-up goes on', async () => {
  const bought = await buy({ purchaser: 'personal-other' });
  const { subscriptionId: id } = bought;
  const guest = { emailId: 'paul_home.example#EXT#@outlook.example' };
  const page = await opened(bought, 'personal-other');
  await heading(page, 'Welcome to Unifize QMS');
  await site.marketplace.change(id, { purchaser: guest, beneficiary: guest });
  expect((await site.api.operate('operator', id, 'refresh')).status).toBe(202);
  await email(page).fill(guest.emailId);
  await page.getByRole('button', { name: 'Onboard' }).click();
  await until(page, 'We need an email address that reaches you');

  await email(page).fill('paul@reachable.example');
  await page.getByRole('button', { name: 'Onboard' }).click();
  await page.getByText('Onboarding request created successfully.').waitFor();
  await until(page, 'Waiting for Unifize');
  await eventually(
    async () => (await site.mailbox.mails(OPERATOR_EMAIL)).filter(({ text }) => text.includes(id)),
    (mails) => mails.filter(({ subject }) => subject.startsWith('New onboarding')).length === 2,
  );
  await confirm(id);
  await activate(page);
  await isRunning(page, bought, person('personal-other').objectId);
});

test('a buyer who comes after the set-up began says whom to reach, and corrects it', async () => {
  const bought = await site.marketplace.purchase({ planId: 'growth-auto', purchaser: 'reseller' });
  const { subscriptionId: id } = bought;
  await site.api.resolve('reseller', bought.purchaseToken);
  expect((await site.api.operate('operator', id, 'start')).status).toBe(202);
  await viewOf(site, 'reseller', id, stage('awaiting-confirmation'));
  const contact = async () => (await site.api.look('reader', id)).body.contact;

  const page = await opened(bought, 'reseller');
  await heading(page, 'Welcome to Unifize QMS');
  await onboard(page);
  expect(await contact()).toMatchObject({ email: 'rita@reseller.example' });
  await page.getByText('Correct your contact details').click();
  await email(page).fill('rita.r@reseller.example');
  await page.getByRole('button', { name: 'Save details' }).click();
  await page.getByText('Your contact details are changed.').waitFor();

  expect(await contact()).toMatchObject({ email: 'rita.r@reseller.example' });
  expect(await email(page).isVisible()).toBe(false);
  await confirm(id);
  await until(page, 'Your subscription is active');
});

test('a second subscription of a tenant waits for the operator, who lets it join', async () => {
  await onboarded(site, { planId: 'starter', purchaser: 'stranger' });
  const bought = await buy({ purchaser: 'stranger' });
  const page = await opened(bought, 'stranger');

  await onboard(page);
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Your administrator account' })
    .getByText('Waits for Unifize')
    .waitFor();
  const held = await viewOf(site, 'stranger', bought.subscriptionId, stage('awaiting-confirmation'));
  expect(held.steps.map(({ state }) => state).slice(0, 2)).toEqual(['done', 'held']);

  await confirm(bought.subscriptionId);
  await activate(page);
  await isRunning(page, bought, person('stranger').tenantId);
});

test('an auto-activated plan is billed before it is set up, says so, and is never activated by us', async () => {
  const bought = await buy({ planId: 'growth-auto', purchaser: 'buyer' });
  const page = await opened(bought, 'buyer');
  const today = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date());
  await page.getByText(`Your subscription is already active; Microsoft started billing on ${today}.`).waitFor();
  expect(await page.getByText('not billed').count()).toBe(0);

  await onboard(page);
  await page.getByText('Microsoft has already started billing.').waitFor();
  await confirm(bought.subscriptionId);
  await until(page, 'Your subscription is active');

  const { activateCalls } = await site.marketplace.truth(bought.subscriptionId);
  expect(activateCalls).toBe(0);
});
