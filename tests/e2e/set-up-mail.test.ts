import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Site, signInAs, startSite, windowOf } from '../support/site.ts';
import { axeFaults, overflows, smallTargets } from './states/checks.ts';

let site: Site | undefined;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());

test('an operator sends a test mail, sees how to look again, and is told when a report is an old one; a reader is offered none', async () => {
  if (!site) throw new Error('It is started first.');
  await site.marketplace.faults({ operation: 'list', status: 403 });
  const page = await windowOf(site.browser);
  await page.goto(`${site.consoleUrl}?set-up`);
  await signInAs(page, 'operator');
  await page.getByRole('heading', { level: 1, name: 'Set-up' }).waitFor();
  const first = page.getByRole('list', { name: 'Checks' }).getByRole('listitem').first();
  await first.getByText('Then: Check again on this page').waitFor();
  expect(await page.getByText(/Checked .*\d\d:\d\d:\d\d\./).count()).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Check again' }).click();
  await page.getByText('The app looks every 20 seconds').waitFor();

  await page.getByRole('button', { name: 'Send a test mail' }).click();
  await page.getByText('The service took it.').first().waitFor();
  expect(await site.mailbox.mails('cs@publisher.example')).toHaveLength(1);
  await page.getByRole('button', { name: 'Send a test mail' }).click();
  await page.getByText('Wait a minute').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  expect(await overflows(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);

  const other = await windowOf(site.browser);
  await other.goto(`${site.consoleUrl}?set-up`);
  await signInAs(other, 'reader');
  await other.getByRole('list', { name: 'Checks' }).waitFor();
  expect(await other.getByRole('button', { name: 'Send a test mail' }).count()).toBe(0);
});
