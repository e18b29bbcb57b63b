type Rgb = [number, number, number];

const parse = (color: string): Rgb => {
  const digits = /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  if (digits === undefined) throw new Error(`brand.color must look like #0f6cbd, not ${color}`);
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as Rgb;
};

const print = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

const linear = (part: number): number => {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const luminance = (color: string): number => {
  const [red, green, blue] = parse(color);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
};

/** Contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, 1.4.3). */
export const contrast = (one: string, other: string): number => {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((left, right) => left - right) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

/** The colour nearest to `color`, mixed with `towards`, that has a contrast of at least `ratio` with every ground. */
const legible = (color: string, towards: string, grounds: string[], ratio: number): string => {
  const from = parse(color);
  const to = parse(towards);
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = print(from.map((part, at) => part + ((to[at] ?? 0) - part) * share) as Rgb);
    if (grounds.every((ground) => contrast(mixed, ground) >= ratio)) return mixed;
  }
  return towards;
};

const WHITE = '#ffffff';
const BLACK = '#000000';
const LIGHT_GROUNDS = [WHITE, '#f5f5f5'];
const DARK_GROUNDS = ['#1f1f1f', '#141414'];

const shades = (color: string, towards: string, grounds: string[]): string => {
  const accent = legible(color, towards, grounds, 3);
  const link = legible(color, towards, grounds, 4.6);
  const ink = contrast(accent, WHITE) >= 4.5 ? WHITE : BLACK;
  return `--accent:${accent};--accent-ink:${ink};--accent-strong:${legible(accent, ink === WHITE ? BLACK : WHITE, [accent], 1.3)};--link:${link}`;
};

/** The brand's custom properties: buttons of at least 3:1 with text of 4.5:1 on them, links of 4.5:1, in light and dark. */
export const brandStyles = (color: string): string =>
  `:root{${shades(color, BLACK, LIGHT_GROUNDS)}}@media (prefers-color-scheme:dark){:root{${shades(color, WHITE, DARK_GROUNDS)}}}`;
