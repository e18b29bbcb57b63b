import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { CONSOLE_CLIENT_ID, LANDING_CLIENT_ID, PUBLISHER_TENANT, person } from '../../local/people.ts';
import type { PagesConfig } from '../../static-landing/config.ts';
import { launchBrowser } from './browser.ts';
import { pagesPort } from './pages-port.ts';
import { readText } from './source-files.ts';
import { startOwn } from './stand-ins/start-own.ts';
import { startWorld } from './world.ts';

/** The whole system with its pages and a browser, as people meet it. `webhook`: Microsoft's side tells the app what happens. */
export const startSite = async (env: Record<string, string> = {}, { webhook = false } = {}) => {
  const port = await pagesPort();
  const landingUrl = `http://127.0.0.1:${port}/`;
  const consoleUrl = `${landingUrl}console/`;
  const world = await startWorld({ env, landingUrl, consoleUrl, webhook });
  const config: PagesConfig = {
    ...(JSON.parse(readText('static-landing/config.json')) as PagesConfig),
    apiUrl: world.api.base(),
    authority: world.entraUrl,
    graphUrl: `${world.entraUrl}/graph/v1.0`,
    landingClientId: LANDING_CLIENT_ID,
    consoleClientId: CONSOLE_CLIENT_ID,
    publisherTenantId: PUBLISHER_TENANT,
  };
  const [pages, browser] = await Promise.all([startOwn('pages', { port, config }), launchBrowser()]);
  return {
    ...world,
    landingUrl,
    consoleUrl,
    browser,
    close: async (): Promise<void> => {
      await browser.close();
      await pages.close();
      await world.close();
    },
  };
};

export type Site = Awaited<ReturnType<typeof startSite>>;

/** A person's own browser window: nothing shared with others. */
export const windowOf = async (browser: Browser, options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, locale: 'en-US', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
};

/** Chooses somebody on the simulated sign-in page. */
export const signInAs = async (page: Page, key: string): Promise<void> => {
  await page.locator(`button[name="person"][value="${person(key).key}"]`).click();
};
