import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readCatalogues } from '../../../static-landing/build/catalogues.ts';
import { buildToMemory, exampleConfig, textOf } from './built.ts';

/** Design 9: over the wire, with everything that a first visit loads. */
const MOST_BYTES = 30_000;

const languages = Object.keys(await readCatalogues());

let files: Map<string, Buffer>;
beforeAll(async () => {
  files = await buildToMemory(await exampleConfig());
});

const sizeOf = (name: string): number => gzipSync(textOf(files, name), { level: 9 }).length;
const nameless = (name: string): string => name.replace(/-\w{8}\./, '.');

/** The document with what it links to, the settings and the picture: what every language needs. */
const common = async (): Promise<string[]> => {
  const { brand } = await exampleConfig();
  const linked = [...textOf(files, 'index.html').matchAll(/(?:src|href)="\.\/([^"]*)"/g)].map(([, name]) => name ?? '');
  return ['index.html', 'config.json', brand.logoUrl ?? '', ...linked];
};

const wordsIn = (language: string): string =>
  [...files.keys()].find((name) => name.startsWith(`assets/messages-${language}-`)) ?? '';

test('the document leads to one script, one style and the icon', async () => {
  expect((await common()).map(nameless).toSorted()).toEqual([
    'assets/landing.css',
    'assets/landing.js',
    'config.json',
    'favicon.svg',
    'index.html',
    'logo.svg',
  ]);
});

describe.each(languages)('in the language %s', (language) => {
  test('everything a visit loads is at most 30 kB gzip', async () => {
    const sizes = [...(await common()), wordsIn(language)].map(sizeOf);

    expect(sizes).toHaveLength(7);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_BYTES);
  });
});

test('the script loads the words of one language and nothing else, the style nothing', async () => {
  const assets = [...files.keys()].filter((name) => /^assets\/(landing|messages)-/.test(name));
  expect(assets.map(nameless).toSorted()).toEqual([
    'assets/landing.css',
    'assets/landing.js',
    ...languages.map((language) => `assets/messages-${language}.js`).toSorted(),
  ]);

  for (const name of assets) {
    const text = textOf(files, name);
    const imports = /\bimport\b\s*(?:\(\s*|[^"'(;]*from\s*)?["'`]([^"'`]*)["'`]/g;
    const loaded = new Set([...text.matchAll(imports)].map(([, to]) => to));
    const isScript = /^assets\/landing-\w+\.js$/.test(name);
    const words = languages.map((language) => wordsIn(language).replace('assets/', './'));
    expect([name, loaded]).toEqual([name, new Set(isScript ? words : [])]);
    expect(text).not.toMatch(/@import|\burl\(/);
  }
});

test('the script knows the words by number: no key is sent', async () => {
  const catalogues = await readCatalogues();
  const script = [...files.keys()].find((name) => /^assets\/landing-\w+\.js$/.test(name)) ?? '';

  const sent = Object.keys(catalogues['en'] ?? {}).filter((key) => textOf(files, script).includes(key));

  expect(sent).toEqual([]);
});
