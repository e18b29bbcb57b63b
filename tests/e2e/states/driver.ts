import type { APIResponse, Page, Route } from 'playwright-core';
import type { Bought } from '../../../local/marketplace/control.ts';
import type { View } from '../../../src/application/view.ts';
import { day, daysAway } from '../../../static-landing/design/format.ts';
import { type Site, signInAs } from '../../support/site.ts';
import { inTime } from './pace.ts';
import type { Language, Said } from './words.ts';

/** One thing that a buyer can meet, and the way to it. */
export type State = {
  name: string;
  /** The page's heading. */
  title: Said;
  /** What else it has to say. */
  says?: Said[];
  /** What it must not say, because it says something else. */
  leavesOut?: Said[];
  /** Buttons and links that lead on. */
  offers?: Said[];
  /** Where the focus is: on the heading, unless something has to be corrected or was refused. */
  focus?: 'heading' | 'summary' | 'notice';
  /** What it does to the tab stays. */
  spoilsTab?: true;
  /** Once, over the API: the purchase that the state is about. */
  prepare?: (site: Site) => Promise<Bought>;
  /** In a tab in which nothing is left, as often as wanted. */
  show: (page: Page, site: Site, bought: Bought) => Promise<void>;
};

/** Opens the purchase with a new purchase token, as from the Azure portal, and signs in. */
export const visit = async (page: Page, site: Site, bought: Bought, person: string): Promise<void> => {
  await inTime(person);
  const { landingUrl } = await site.marketplace.purchaseToken(bought.subscriptionId);
  await page.goto(landingUrl);
  await signInAs(page, person);
};

export const visitAs =
  (person: string): State['show'] =>
  (page, site, bought) =>
    visit(page, site, bought, person);

const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };

/** The service's answer. A connection that the host was just closing is no answer: asked once more. */
export const fetched = (route: Route): Promise<APIResponse> => route.fetch({ maxRetries: 1 });

type Change = Partial<Record<keyof View, unknown>>;

/**
 * Lets the page see another view than the service's: only for what the system cannot come to, or comes to with the years.
 * `undefined` in `change` takes a member away.
 */
export const seeing = async (page: Page, change: (view: View) => Change): Promise<void> => {
  await page.route(/\/api\/(resolve|subscriptions\/[^/]+)$/, async (route) => {
    if (route.request().method() === 'OPTIONS') return route.fallback();
    const response = await fetched(route);
    const view = (await response.json()) as View;
    return route.fulfill({ response, json: response.ok() ? { ...view, ...change(view) } : view });
  });
};

export const visitSeeing =
  (person: string, change: (view: View) => Change): State['show'] =>
  async (page, site, bought) => {
    await seeing(page, change);
    await visit(page, site, bought, person);
  };

/** Lets the API answer with a problem that the system cannot be brought to, or only by breaking it for everybody. */
export const refusing = (page: Page, path: RegExp, status: number, body: Record<string, unknown>): Promise<unknown> =>
  page.route(path, (route) =>
    route.request().method() === 'OPTIONS'
      ? route.fallback()
      : route.fulfill({
          status,
          headers: { ...CORS, 'content-type': 'application/problem+json' },
          body: JSON.stringify({ instance: 'urn:uuid:5d4a3c1e-0b7e-4a52-9a07-5c2f4f1d8a11', ...body }),
        }),
  );

export const visitRefused =
  (person: string, status: number, body: Record<string, unknown>): State['show'] =>
  async (page, site, bought) => {
    await refusing(page, /\/api\/resolve$/, status, body);
    await visit(page, site, bought, person);
  };

/** The page asks the service at once, as when its tab is chosen again. */
export const lookAgain = (page: Page): Promise<unknown> =>
  page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * MINUTE_MS).toISOString();
export const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

/** A day from now on, as the page says it. */
export const inDays =
  (days: number) =>
  (language: Language): { date: string; when: string } => {
    const instant = daysAgo(-days);
    return { date: day(instant, language), when: daysAway(instant, Date.now(), language) };
  };
