import { expect, test } from '@jest/globals';
import { brandStyles, contrast } from '../../../static-landing/design/brand.ts';

const ofTheme = (color: string, theme: 'light' | 'dark'): Record<string, string> => {
  const [light = '', dark = ''] = brandStyles(color).split('@media');
  return Object.fromEntries(
    [...(theme === 'light' ? light : dark).matchAll(/--([\w-]+):(#\w+)/g)].map(([, name, value]) => [name, value]),
  ) as Record<string, string>;
};

test('black on white has the highest contrast there is', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

test.each(['#0f6cbd', '#ffff00', '#ffffff', '#000000', '#808080', '#ff0000', '#7fdbff', '#001f3f'])(
  'a brand in %s has buttons and links that can be read, in light and dark',
  (color) => {
    for (const [theme, grounds] of [
      ['light', ['#ffffff', '#f5f5f5']],
      ['dark', ['#1f1f1f', '#141414']],
    ] as const) {
      const shades = ofTheme(color, theme);
      const of = (name: string): string => shades[name] ?? '';
      expect(contrast(of('accent'), of('accent-ink'))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(of('accent-strong'), of('accent-ink'))).toBeGreaterThanOrEqual(4.5);
      for (const ground of grounds) {
        expect(contrast(of('accent'), ground)).toBeGreaterThanOrEqual(3);
        expect(contrast(of('link'), ground)).toBeGreaterThanOrEqual(4.5);
      }
    }
  },
);

test('a colour that is legible as it is stays as it is', () => {
  expect(ofTheme('#0f6cbd', 'light')).toMatchObject({ accent: '#0f6cbd', link: '#0f6cbd' });
});
