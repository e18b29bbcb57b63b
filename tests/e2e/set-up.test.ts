import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Site, signInAs, startSite, windowOf } from '../support/site.ts';
import { axeFaults, overflows, smallTargets } from './states/checks.ts';

let site: Site | undefined;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());

test('an operator opens Set-up, sees what failed first, and finds back to the list', async () => {
  if (!site) throw new Error('It is started first.');
  await site.marketplace.faults({
    operation: 'list',
    status: 403,
    body: '"The publisher for aad app 0 is authenticated but is not registered."',
  });
  const page = await windowOf(site.browser);
  await page.goto(site.consoleUrl);
  await signInAs(page, 'reader');
  await page.getByRole('link', { name: 'Set-up' }).click();
  await page.getByRole('heading', { level: 1, name: 'Set-up' }).waitFor();

  const first = page.getByRole('list', { name: 'Checks' }).getByRole('listitem').first();
  await first.getByText('Failed', { exact: true }).waitFor();
  const text = await first.innerText();
  expect(text).toContain('Calls of the Marketplace');
  expect(text).toMatch(/Why: No offer of any publisher.*\n.*What to do: partner\.microsoft\.com > /s);
  const fields = page.getByRole('list', { name: 'Partner Center' }).getByRole('listitem');
  expect(await fields.count()).toBe(9);
  expect(await axeFaults(page)).toEqual([]);
  expect(await overflows(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);

  await page.getByRole('link', { name: 'Subscriptions' }).click();
  await page.getByRole('heading', { level: 1, name: 'Subscriptions' }).waitFor();
});
