import { EmailClient } from '@azure/communication-email';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { marketplaceControl } from '../../local/marketplace/control.ts';
import { launchBrowser } from '../support/browser.ts';
import { windowOf } from '../support/site.ts';
import { startOwn } from '../support/stand-ins/start-own.ts';

const start = async () => {
  const [entra, mailbox, marketplace] = await Promise.all([
    startOwn('entra', {}),
    startOwn('mailbox'),
    startOwn('marketplace', { landingUrl: 'http://127.0.0.1:9/' }),
  ]);
  const shop = marketplaceControl(marketplace.url);
  const name = 'Contoso quality management system for all plants';
  const { subscriptionId } = await shop.purchase({ planId: 'team', quantity: 7, purchaser: 'buyer', name });
  await shop.act(subscriptionId, { action: 'Subscribe' });
  const client = new EmailClient(mailbox.connectionString, { allowInsecureConnection: true });
  for (const address of ['bea.buyer@contoso.example', 'customer-success@publisher.example']) {
    const content = { subject: `Unifize: your subscription “${name}” is active`, plainText: 'Active' };
    const sending = await client.beginSend({
      senderAddress: 'noreply@publisher.example',
      content,
      recipients: { to: [{ address }] },
    });
    await sending.pollUntilDone();
  }
  const addresses = {
    'the shop': marketplace.url,
    'the list of subscriptions': `${marketplace.url}/subscriptions`,
    'a subscription': `${marketplace.url}/subscriptions/${subscriptionId}`,
    'the simulation': `${marketplace.url}/simulation`,
    'the inbox': mailbox.url,
    'the people of Entra': entra.authority,
  };
  return {
    addresses,
    close: () => Promise.all([entra.close(), mailbox.close(), marketplace.close()]),
  };
};

let running: Awaited<ReturnType<typeof start>>;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  [running, browser] = await Promise.all([start(), launchBrowser()]);
  page = await windowOf(browser, { viewport: { width: 390, height: 844 } });
});
afterAll(async () => {
  await browser?.close();
  await running?.close();
});

/** What is cut off, or squeezed so that words break after every few letters. */
const UNREADABLE = `[
  ...(document.documentElement.scrollWidth > innerWidth ? ['the page is ' + document.documentElement.scrollWidth + ' px wide'] : []),
  ...[...document.querySelectorAll('section')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => 'cut: ' + one.innerText.slice(0, 60)),
  ...[...document.querySelectorAll('th, td')].filter((one) => one.innerText.length > 12 && one.getBoundingClientRect().width < 90).map((one) => 'squeezed: ' + one.innerText),
]`;

test.each([
  'the shop',
  'the list of subscriptions',
  'a subscription',
  'the simulation',
  'the inbox',
  'the people of Entra',
] as const)('on a phone %s can be read', async (name) => {
  await page.goto(running.addresses[name]);
  await page.locator('section').first().waitFor();

  expect(await page.evaluate(UNREADABLE)).toEqual([]);
});
