import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { contrast } from '../../../static-landing/design/brand.ts';

const tokens = await readFile(new URL('../../../static-landing/design/tokens.css', import.meta.url), 'utf8');

const themes = tokens
  .split('@media')
  .map(
    (theme) =>
      new Map([...theme.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value])),
  );

test('there is a light and a dark theme of the same names', () => {
  expect(themes).toHaveLength(2);
  expect(themes[0]?.size).toBeGreaterThan(15);
  expect([...(themes[1]?.keys() ?? [])]).toEqual([...(themes[0]?.keys() ?? [])]);
});

test.each([
  ['light', 0],
  ['dark', 1],
])('text of the %s theme has a contrast of 4.5, borders that matter one of 3', (_name, at) => {
  const of = (name: string): string => themes[at]?.get(name) ?? '';

  for (const ground of ['ground', 'surface']) {
    expect(contrast(of('ink'), of(ground))).toBeGreaterThanOrEqual(7);
    expect(contrast(of('soft'), of(ground))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('line-strong'), of(ground))).toBeGreaterThanOrEqual(3);
    expect(contrast(of('bad'), of(ground))).toBeGreaterThanOrEqual(4.5);
  }
  for (const tone of ['good', 'wait', 'bad', 'info']) {
    expect(contrast(of(tone), of(`${tone}-ground`))).toBeGreaterThanOrEqual(4.5);
  }
});
