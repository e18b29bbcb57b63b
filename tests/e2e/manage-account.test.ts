import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Act } from '../../local/marketplace/control.ts';
import { eventually } from '../support/eventually.ts';
import { type Site, startSite, windowOf } from '../support/site.ts';
import { axeFaults, focusOf } from './states/checks.ts';
import { inDays, lookAgain, visit } from './states/driver.ts';
import { active } from './states/purchases.ts';

let site: Site;
let id: string;
let page: Page;
beforeAll(async () => {
  site = await startSite({ WORKSPACE_URL: 'http://127.0.0.1:9/?organization={organizationId}' }, { webhook: true });
  const bought = await active(site, { planId: 'team', quantity: 7, purchaser: 'buyer', name: 'Contoso QMS' });
  id = bought.subscriptionId;
  page = await windowOf(site.browser);
  await visit(page, site, bought, 'buyer');
});
afterAll(() => site.close());

const titled = (title: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();

/** For everybody: the focus where it belongs, and nothing that axe finds wrong. */
const isUsable = async (focus = 'heading'): Promise<void> => {
  await eventually(
    () => focusOf(page),
    (seen) => seen === focus,
  );
  expect(await axeFaults(page)).toEqual([]);
};

/** Waits for the page to say so by itself: it asks, as it does all the time, but not only every few seconds. */
const comes = async (what: string, isThere: (text: string) => boolean): Promise<void> => {
  const ask = async (): Promise<string> => {
    await lookAgain(page);
    return page.getByRole('main').innerText();
  };
  await eventually(ask, isThere, 15_000).catch((error: unknown) => {
    throw new Error(`${what} did not come`, { cause: error });
  });
};

const becomes = (title: string): Promise<void> =>
  comes(title, (text) => text.split('\n').some((line) => line.trim() === title));

const fact = (label: string): Promise<string> =>
  page.locator('.bought .facts > div', { hasText: label }).first().locator('dd').innerText();

const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

const truth = async () => (await site.marketplace.truth(id)).subscription;

const microsoft = (action: Act['action']) => site.marketplace.act(id, { action });

/** The words and the old and the new value, as they stand side by side. */
const pair = (): Promise<string[]> => page.locator('.pair .facts').allInnerTexts();

test('the plan is changed: old and new are seen first, and it is done when Microsoft says so', async () => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await titled('Your subscription is active');
  await press('Change or cancel');
  await titled('Change or cancel your subscription');
  await isUsable();

  await press('Change plan');
  await titled('Choose another plan');
  await press('Continue');
  await isUsable('summary');
  await page.getByRole('radio', { name: /Growth/ }).check();
  await press('Continue');
  await titled('Check the change');
  const [now, next] = await pair();
  expect(now).toMatch(/Team[^]*7[^]*\$29\.00 per user[^]*1 month/);
  expect(next).toMatch(/Growth[^]*Not per user[^]*\$499\.00[^]*1 month/);
  await isUsable();
  expect(asked.filter((one) => one.startsWith('PATCH'))).toEqual([]);
  await press('Confirm change');

  await titled('Change in progress');
  await page.getByText('Plan Name: Team → Growth.').waitFor();
  expect(await fact('Status')).toBe('Change in progress');
  expect(await fact('Plan Name')).toBe('Team');
  await isUsable();
  await becomes('Your subscription is active');
  await page.getByText('The change is done.').waitFor();
  expect(await fact('Plan Name')).toBe('Growth');
  expect(asked.filter((one) => one.startsWith('PATCH'))).toHaveLength(1);
  expect((await truth()).planId).toBe('growth-auto');
});

test('changed back to a plan per user, the number of users is changed, and a wrong one is not sent', async () => {
  await site.marketplace.change(id, { planId: 'team', quantity: 7 });
  await site.api.operate('operator', id, 'refresh');
  await comes('the plan Team', (text) => /Plan Name\s+Team/i.test(text));

  await press('Change or cancel');
  await press('Change number of users');
  const field = page.getByLabel('New number of users');
  await field.fill('501');
  await press('Continue');
  await isUsable('summary');
  await page.getByRole('link', { name: 'Enter a number from 1 to 500' }).click();
  await field.fill('9');
  await page.keyboard.press('Enter');
  await titled('Check the change');
  expect((await pair()).map((text) => /Number of users\s+(\d+)/.exec(text)?.[1])).toEqual(['7', '9']);
  await page.goBack();
  expect(await field.inputValue()).toBe('9');
  await press('Continue');
  await press('Confirm change');

  await titled('Change in progress');
  await page.getByText('Quantity: 7 → 9.').waitFor();
  await becomes('Your subscription is active');
  expect(await fact('Quantity')).toBe('9');
  expect((await truth()).quantity).toBe(9);
});

test('a change that Microsoft does not make is said to have failed', async () => {
  await site.marketplace.switches({ partnerOutcome: 'Failed' });
  await press('Change or cancel');
  await press('Change number of users');
  await page.getByLabel('New number of users').fill('12');
  await press('Continue');
  await press('Confirm change');
  await becomes('Your subscription is active');
  await site.marketplace.switches({ partnerOutcome: 'Succeeded' });

  await page.getByText('Microsoft did not make the change.').waitFor();
  expect(await fact('Quantity')).toBe('9');
  await isUsable();
});

test('what Microsoft does arrives on the open page: suspended, reinstated, renewed', async () => {
  const before = await fact('Term Dates');
  await page.evaluate(`window.isSamePage = true`);

  await microsoft('Suspend');
  await becomes('Your subscription is suspended');
  await page.getByText(`If nothing is paid by ${inDays(30)('en').date}`).waitFor();
  await isUsable();

  await microsoft('Reinstate');
  await becomes('Your subscription is active');
  expect(await fact('Status')).toBe('Active');

  await microsoft('Renew');
  // In the page's own rhythm.
  await eventually(
    () => fact('Term Dates'),
    (dates) => dates !== before,
    15_000,
  );
  expect(await page.evaluate(`window.isSamePage`)).toBe(true);
});

test('it is cancelled only after saying what that means, and says how long data is kept', async () => {
  await press('Change or cancel');
  await press('Cancel subscription');
  await titled('Cancel your subscription');
  const text = await page.getByRole('main').innerText();
  for (const part of ['72 hours', 'next billing cycle', 'Usage', 'ends now', `kept until ${inDays(30)('en').date}`])
    expect(text).toContain(part);
  await isUsable();
  await press('Keep the subscription');
  await titled('Change or cancel your subscription');
  expect((await truth()).saasSubscriptionStatus).toBe('Subscribed');

  await press('Cancel subscription');
  await press('Cancel the subscription now');
  await titled('Change in progress');
  await becomes('Your subscription has ended');
  await page.getByText(`Your data is kept until ${inDays(30)('en').date}.`).waitFor();
  expect(await fact('Status')).toBe('Unsubscribed');
  expect((await truth()).saasSubscriptionStatus).toBe('Unsubscribed');
  await isUsable();
});
