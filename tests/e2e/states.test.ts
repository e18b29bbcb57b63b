import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { Bought } from '../../local/marketplace/control.ts';
import { eventually } from '../support/eventually.ts';
import { type Site, startSite, windowOf } from '../support/site.ts';
import { STATES } from './states/all.ts';
import { axeFaults, focusOf, lostInForcedColours, motions, overflows, smallTargets } from './states/checks.ts';
import type { State } from './states/driver.ts';
import { type Language, type Said, say, sentencesOf } from './states/words.ts';

/** On a quick machine people are kept from opening too many purchases a minute (states/pace.ts). */
const WITH_PACE_MS = 120_000;

const NOTHING: Bought = { subscriptionId: '', purchaseToken: '', landingUrl: '' };

let site: Site;
let windows: Record<Language, BrowserContext>;
let prepared: Map<State, Promise<Bought>>;
beforeAll(async () => {
  site = await startSite({ WORKSPACE_URL: 'http://127.0.0.1:9/?organization={organizationId}' });
  const windowIn = (locale: string) => site.browser.newContext({ locale, viewport: { width: 1200, height: 900 } });
  windows = { en: await windowIn('en-GB'), de: await windowIn('de-AT') };
  prepared = new Map(STATES.map((state) => [state, state.prepare?.(site) ?? Promise.resolve(NOTHING)]));
  // Each is awaited by its own test, which then says what went wrong.
  for (const bought of prepared.values()) bought.catch(() => undefined);
});
afterAll(() => site.close());

/** Tabs in which nothing is left: a new one is a third of what a state costs. */
const tabs: Partial<Record<Language, Page>> = {};

const tabIn = async (language: Language): Promise<Page> => {
  const left = tabs[language];
  delete tabs[language];
  if (left) return left;
  const page = await windows[language].newPage();
  page.setDefaultTimeout(20_000);
  return page;
};

const leave = async (page: Page, state: State, language: Language): Promise<void> => {
  if (state.spoilsTab) return page.close();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  // Of the same origin, and not there: its storage can be reached, and no page fills it again.
  await page.goto(`${site.landingUrl}assets/`);
  await page.evaluate('sessionStorage.clear()');
  await page.emulateMedia({ colorScheme: null });
  tabs[language] = page;
};

const open = async (state: State, language: Language): Promise<Page> => {
  const page = await tabIn(language);
  await state.show(page, site, (await prepared.get(state)) ?? NOTHING);
  await page.getByRole('heading', { level: 1, name: say(language, state.title), exact: true }).waitFor();
  for (const sentence of state.says ?? []) {
    await page.getByText(say(language, sentence), { exact: false }).first().waitFor();
  }
  const text = await page.locator('body').innerText();
  expect((state.leavesOut ?? []).filter((sentence) => text.includes(say(language, sentence)))).toEqual([]);
  const isOffered = (said: Said) => page.getByRole('main').locator('.button', { hasText: say(language, said) });
  for (const offer of state.offers ?? []) await isOffered(offer).waitFor();
  return page;
};

const inEnglish = async (state: State): Promise<void> => {
  const page = await open(state, 'en');
  await eventually(
    () => focusOf(page),
    (seen) => seen === (state.focus ?? 'heading'),
  );
  expect(await page.locator('h1').count()).toBe(1);
  expect(await axeFaults(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
  expect(await motions(page)).toEqual([]);
  expect(await overflows(page)).toEqual([]);
  expect(await lostInForcedColours(page)).toEqual([]);
  await leave(page, state, 'en');
};

const inGerman = async (state: State): Promise<void> => {
  const page = await open(state, 'de');
  expect(await page.getAttribute('html', 'lang')).toBe('de');
  const text = await page.locator('body').innerText();
  expect(sentencesOf('en').filter((sentence) => text.includes(sentence))).toEqual([]);
  expect(await overflows(page)).toEqual([]);
  await leave(page, state, 'de');
};

describe('every state says what it is and what to do next, in both languages, for everybody', () => {
  test.each(STATES.map((state) => [state.name, state] as const))(
    '%s',
    async (_name, state) => {
      await Promise.all([inEnglish(state), inGerman(state)]);
    },
    WITH_PACE_MS,
  );
});

test('the checks see what they are for', async () => {
  const page = await windowOf(site.browser);
  await page.goto(site.landingUrl);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend',
    '<img src="x"><p id="pale">Pale</p><a id="small" href="#">.</a><div id="long">' + 'x'.repeat(300) + '</div><span class="spin"></span><button id="bare">Go</button>')`);
  await page.evaluate(`(() => {
    pale.style.color = 'light-dark(#111, #333)';
    small.style.cssText = 'display:inline-block;padding:0;width:9px;height:9px;overflow:hidden';
    long.style.whiteSpace = 'nowrap';
    bare.style.cssText = 'border:0;outline:none';
    document.querySelector('.spin').animate([{ opacity: 0 }, { opacity: 1 }], { duration: 9000 });
  })()`);

  const axe = (await axeFaults(page)).join();
  expect(axe).toContain('light: image-alt');
  expect(axe).toContain('dark: color-contrast');
  expect((await smallTargets(page)).join()).toContain('id="small"');
  expect((await motions(page)).length).toBeGreaterThan(0);
  expect((await overflows(page)).join()).toContain('320 px: the page is');
  expect((await lostInForcedColours(page)).join()).toContain('id="bare"');
  await page.evaluate(`bare.focus()`);
  expect(await focusOf(page)).toContain('id="bare"');
});
