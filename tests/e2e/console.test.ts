import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Site, signInAs, startSite, windowOf } from '../support/site.ts';
import { axeFaults, overflows, smallTargets } from './states/checks.ts';
import { lookAgain } from './states/driver.ts';
import { begun, confirmed, onboarded, resolved, stage, viewOf } from './states/purchases.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());

/** The subscription's page as an operator has it open, on a clock that only `pass` moves on by more than a second. */
const opened = async (subscriptionId: string): Promise<Page> => {
  const page = await windowOf(site.browser);
  await page.goto(`${site.consoleUrl}?id=${subscriptionId}`);
  const signIn = page.getByRole('button', { name: 'Sign in with Microsoft' });
  await signIn.or(page.locator('button[name="person"]').first()).first().waitFor();
  if (await signIn.isVisible()) await signIn.click();
  await signInAs(page, 'operator');
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
  return page;
};

/** Loads the page again, and lets it come to rest: nothing has changed for minutes. */
const left = async (page: Page): Promise<void> => {
  await page.clock.install();
  await page.reload();
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
  for (let look = 0; look < 8; look += 1) {
    await page.clock.runFor(31_000);
    await page.waitForTimeout(100);
  }
};

const turn = (page: Page, words: string): Promise<void> => page.locator('.turn').getByText(words).waitFor();

test('a page left open sees what the buyer does, without being touched', async () => {
  const { subscriptionId: id } = await confirmed(site, { planId: 'starter', purchaser: 'stranger' });
  const page = await opened(id);
  await turn(page, 'Buyer: activate');
  await left(page);

  await site.api.activate('stranger', id);
  await viewOf(site, 'stranger', id, stage('active'));
  await page.clock.runFor(31_000);

  await page.locator('.head').getByText('Active', { exact: true }).waitFor();
});

test('a page left open sees what another operator did, once it is seen again', async () => {
  const { subscriptionId: id } = await onboarded(site, { planId: 'starter', purchaser: 'personal' });
  const page = await opened(id);
  await turn(page, 'Operators: confirm the set-up');
  await left(page);

  await site.api.operate('operator', id, 'confirm');
  await lookAgain(page);

  await turn(page, 'Buyer: activate');
});

test('what is the buyer’s to do is the operator’s second choice', async () => {
  const { subscriptionId: id } = await confirmed(site, { planId: 'starter', purchaser: 'personal-other' });
  const page = await opened(id);
  const classOf = (name: string) => page.getByRole('button', { name }).getAttribute('class');

  expect(await classOf('Activate subscription')).toBe('button second');
  const waiting = await onboarded(site, { planId: 'starter', purchaser: 'reseller' });
  await page.goto(`${site.consoleUrl}?id=${waiting.subscriptionId}`);
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
  expect(await classOf('Confirm set-up')).toBe('button');
});

test('a note is asked for as a note, and a missing one too', async () => {
  const { subscriptionId: id } = await resolved(site, { planId: 'starter', purchaser: 'buyer' });
  const page = await opened(id);
  await page.getByText('Purchaser and beneficiary').first().waitFor();

  await page.getByRole('button', { name: 'Write a note' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Write a note' }).click();
  await dialog.getByText('Enter the note: it is kept in the timeline.').waitFor();
  await dialog.getByLabel('Note').fill('They call on Monday.');
  await dialog.getByRole('button', { name: 'Write a note' }).click();
  await page.getByText('Note: They call on Monday.').waitFor();
});

test('a set-up that began without the customer is not said to have been asked for', async () => {
  const { subscriptionId: id } = await begun(site, { planId: 'growth-auto', purchaser: 'colleague' });
  const page = await opened(id);

  const text = await page.getByRole('main').innerText();
  expect(text).toContain('Not given yet: the customer has not pressed Onboard.');
  expect(text).toMatch(/Who activates\s+Nobody: Microsoft bills already/);
  expect(text).toMatch(/Set-up begun\s+\d/);
  expect(text).not.toMatch(/Onboarding (was )?requested|after the set-up is confirmed/);
  expect(await axeFaults(page)).toEqual([]);
  expect(await overflows(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
});

test('one subscription is not called many', async () => {
  const { subscriptionId: id } = await resolved(site, { planId: 'starter', purchaser: 'buyer', name: 'Only this one' });
  const page = await opened(id);
  await page.getByRole('link', { name: 'All subscriptions' }).click();
  await page.getByLabel('Search').fill('Only this');
  await page.getByRole('button', { name: 'Search' }).click();

  await page.getByRole('status').getByText('1 subscription shown', { exact: true }).waitFor();
});
