import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

// What runs in the page is text: its world has a document, that of the tests has none.
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const AXE_RUN = `(options) => axe.run(document, { resultTypes: ['violations'], ...options }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target, failureSummary }) => target + ' ' + failureSummary).join('; ')))`;

/** The rules that a theme can break. */
const OF_COLOURS = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/** What axe finds wrong, in light and in dark. */
export const axeFaults = async (page: Page): Promise<string[]> => {
  await page.evaluate(AXE);
  const faults: string[] = [];
  for (const [colorScheme, options] of [
    ['light', {}],
    ['dark', OF_COLOURS],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate<string[]>(`(${AXE_RUN})(${JSON.stringify(options)})`);
    faults.push(...found.map((fault) => `${colorScheme}: ${fault}`));
  }
  return faults;
};

const VISIBLE = `[...document.querySelectorAll('a, button, input, textarea, select')].filter((one) => one.checkVisibility() && !one.disabled)`;

/** Buttons, links and fields smaller than 24 by 24 px (WCAG 2.5.8). */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(`${VISIBLE}.flatMap((one) => {
    const { width, height } = one.getBoundingClientRect();
    return width < 24 || height < 24 ? [one.outerHTML + ' ' + width + ' x ' + height] : [];
  })`);

const OVERFLOW = `[
  ...(document.documentElement.scrollWidth > innerWidth ? ['the page is ' + document.documentElement.scrollWidth + ' px wide'] : []),
  ...[...document.querySelectorAll('main *, header *, footer *')].flatMap((one) => {
    const { left, right } = one.getBoundingClientRect();
    const isUnseen = one.closest('.unseen') || right === left;
    const isCut = !one.matches('input, textarea') && getComputedStyle(one).overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1;
    return !isUnseen && (left < 0 || right > innerWidth + 0.5 || isCut) ? [one.outerHTML.slice(0, 120)] : [];
  }),
]`;

/** What does not fit into a window 320 px wide, or is twice the size (WCAG 1.4.10, 1.4.4), or both, as on a phone. */
export const overflows = async (page: Page): Promise<string[]> => {
  const before = page.viewportSize() ?? { width: 1200, height: 900 };
  await page.setViewportSize({ width: 320, height: 640 });
  const narrow = await page.evaluate<string[]>(OVERFLOW);
  await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
  const both = await page.evaluate<string[]>(OVERFLOW);
  await page.setViewportSize({ width: 1200, height: 900 });
  const large = await page.evaluate<string[]>(OVERFLOW);
  await page.evaluate(`document.documentElement.style.fontSize = ''`);
  await page.setViewportSize(before);
  return [
    ...narrow.map((fault) => `320 px: ${fault}`),
    ...both.map((fault) => `320 px and 200 %: ${fault}`),
    ...large.map((fault) => `200 %: ${fault}`),
  ];
};

/** What still moves where the person asked for less motion. */
export const motions = async (page: Page): Promise<string[]> => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const found = await page.evaluate<string[]>(`document.getAnimations().map((one) => one.animationName)`);
  await page.emulateMedia({ reducedMotion: null });
  return found;
};

/** Buttons and fields without an edge, or without a mark of the focus, where the system chooses the colours. */
export const lostInForcedColours = async (page: Page): Promise<string[]> => {
  await page.emulateMedia({ forcedColors: 'active' });
  const found = await page.evaluate<string[]>(`${VISIBLE}.flatMap((one) => {
    const shape = getComputedStyle(one);
    const isLink = one.matches('a:not(.button)');
    const isDrawn = one.matches('[type=radio]') && shape.appearance !== 'none';
    const hasEdge = isDrawn || (isLink ? shape.textDecorationLine === 'underline'
      : shape.borderTopStyle === 'solid' && parseFloat(shape.borderTopWidth) >= 1 && !/^rgba.*, 0\\)$/.test(shape.borderTopColor));
    one.focus({ focusVisible: true });
    const focused = getComputedStyle(one);
    const hasMark = focused.outlineStyle !== 'none' && parseFloat(focused.outlineWidth) >= 2;
    return hasEdge && hasMark ? [] : [one.outerHTML + ' edge ' + hasEdge + ' mark ' + hasMark];
  })`);
  await page.emulateMedia({ forcedColors: null });
  return found;
};

/** Which of the three has the focus. */
export const focusOf = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const one = document.activeElement;
    if (one.matches('h1')) return 'heading';
    if (one.matches('.summary')) return 'summary';
    return one.matches('.notice') ? 'notice' : one.outerHTML;
  })()`);
