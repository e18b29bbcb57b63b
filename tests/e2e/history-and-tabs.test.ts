import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Bought } from '../../local/marketplace/control.ts';
import { eventually } from '../support/eventually.ts';
import { type Site, signInAs, startSite, windowOf } from '../support/site.ts';
import { OPERATOR_EMAIL } from '../support/world.ts';
import { lookAgain, visit } from './states/driver.ts';
import { stage, viewOf } from './states/purchases.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const buy = (name: string, purchaser = 'buyer'): Promise<Bought> =>
  site.marketplace.purchase({ planId: 'starter', purchaser, name });

const open = async (bought: Bought, page?: Page, who = 'buyer'): Promise<Page> => {
  const window = page ?? (await windowOf(site.browser));
  await visit(window, site, bought, who);
  await shows(window, 'Welcome to Unifize QMS');
  return window;
};

const shows = (page: Page, title: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();

/** The purchase that the page is about, by the name that it was given. */
const isAbout = (page: Page, name: string): Promise<void> => page.locator('dd', { hasText: name }).waitFor();

/** Every address that the window went to, as servers and the history see them. */
const addressesOf = (page: Page): string[] => {
  const seen: string[] = [];
  page.on('framenavigated', (frame) => seen.push(frame.url()));
  return seen;
};

test('the purchase token is in the address that Microsoft made, and in none after it', async () => {
  const bought = await buy('Once');
  const page = await windowOf(site.browser);
  const addresses = addressesOf(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));

  await page.goto(bought.landingUrl);
  await signInAs(page, 'buyer');
  await shows(page, 'Welcome to Unifize QMS');
  await page.reload();
  await shows(page, 'Welcome to Unifize QMS');

  const token = encodeURIComponent(bought.purchaseToken).slice(0, 40);
  expect(asked.filter((url) => url.includes(token))).toEqual([bought.landingUrl]);
  expect(addresses.filter((url) => url.includes(token) && url !== bought.landingUrl)).toEqual([]);
  expect(page.url()).toBe(site.landingUrl);
});

describe('the back button', () => {
  test('leads from the sign-in to a page that waits, and on from there', async () => {
    const page = await windowOf(site.browser);
    await page.goto((await buy('Back once')).landingUrl);
    await page.getByRole('button', { name: 'Cancel' }).waitFor();

    await page.goBack();
    await shows(page, 'Sign in to continue');
    expect(page.url()).toBe(site.landingUrl);
    await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    await signInAs(page, 'buyer');

    await shows(page, 'Welcome to Unifize QMS');
    await isAbout(page, 'Back once');
  });

  test('from the purchase to the sign-in, and the same account again: the purchase is there', async () => {
    const page = await open(await buy('Back and again'));

    await page.goBack();
    await signInAs(page, 'buyer');

    await shows(page, 'Welcome to Unifize QMS');
    await isAbout(page, 'Back and again');
  });

  test('past the sign-in to where one arrived: the purchase is there', async () => {
    const page = await open(await buy('Back twice'));

    await page.goBack();
    await page.goBack();

    await shows(page, 'Welcome to Unifize QMS');
    await isAbout(page, 'Back twice');
  });

  test('a page that the browser kept as it was left does not wait for ever', async () => {
    const page = await windowOf(site.browser);
    await page.route(/\/authorize/, (route) => route.fulfill({ status: 204 }));
    await page.goto((await buy('Kept')).landingUrl);
    await shows(page, 'Signing you in…');

    await page.evaluate(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);

    await shows(page, 'Sign in to continue');
  });
});

describe('a second purchase', () => {
  test('in the same tab takes the place of the first, which the back button finds again', async () => {
    const [first, second] = [await buy('First of two'), await buy('Second of two', 'colleague')];
    const page = await open(first);
    await isAbout(page, 'First of two');

    await open(second, page, 'colleague');
    await isAbout(page, 'Second of two');
    await page.reload();
    await isAbout(page, 'Second of two');

    for (let steps = 0; steps < 3; steps += 1) await page.goBack();
    await shows(page, 'Welcome to Unifize QMS');
    await isAbout(page, 'First of two');
  });

  test('in another tab leaves the first alone', async () => {
    const page = await open(await buy('In one tab'));
    const other = await page.context().newPage();
    await open(await buy('In another tab', 'colleague'), other, 'colleague');

    await page.reload();
    await isAbout(page, 'In one tab');
    await other.reload();
    await isAbout(other, 'In another tab');
  });
});

describe('two tabs with one purchase', () => {
  test('Onboard in both is one onboarding', async () => {
    const bought = await buy('In both tabs', 'stranger');
    const page = await open(bought, undefined, 'stranger');
    const other = await open(bought, await page.context().newPage(), 'stranger');

    for (const tab of [page, other]) {
      await tab.getByRole('button', { name: 'Onboard' }).click();
      await tab.getByText('Onboarding request created successfully.').waitFor();
    }

    await viewOf(site, 'stranger', bought.subscriptionId, ({ steps }) => steps.every(({ state }) => state === 'done'));
    const mails = await site.mailbox.mails(OPERATOR_EMAIL);
    expect(mails.filter(({ text }) => text.includes('In both tabs'))).toHaveLength(1);
  });

  test('a tab that is looked at again shows what was done in the other', async () => {
    const bought = await buy('Seen again', 'reseller');
    const page = await open(bought, undefined, 'reseller');
    await site.api.onboard('reseller', bought.subscriptionId);
    await viewOf(site, 'reseller', bought.subscriptionId, stage('awaiting-confirmation'));

    await lookAgain(page);

    await shows(page, 'Waiting for Unifize');
  });
});

test('a button pressed twice asks once', async () => {
  const page = await open(await buy('Pressed twice', 'personal'), undefined, 'personal');
  let asked = 0;
  await page.route(/\/api\/onboard$/, async (route) => {
    if (route.request().method() === 'POST') asked += 1;
    await route.continue();
  });

  await page.getByRole('button', { name: 'Onboard' }).dblclick();

  await page.getByText('Onboarding request created successfully.').waitFor();
  expect(asked).toBe(1);
});

test('an access token that ends while the page is open is renewed without a word', async () => {
  const page = await open(await buy('Renewed', 'personal'), undefined, 'personal');
  await page.evaluate(`(() => {
    const name = 'pegasus.landing.tokens';
    const tokens = JSON.parse(sessionStorage.getItem(name));
    sessionStorage.setItem(name, JSON.stringify({ ...tokens, expiresAtMs: 0 }));
  })()`);
  const before = (await site.entra.calls()).filter(({ path }) => path === 'token').length;

  await lookAgain(page);

  await eventually(
    async () => (await site.entra.calls()).filter(({ path }) => path === 'token').length,
    (count) => count === before + 1,
  );
  await shows(page, 'Welcome to Unifize QMS');
});
