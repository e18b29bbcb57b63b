import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readCatalogues } from '../../../static-landing/build/catalogues.ts';
import { buildToMemory, exampleConfig, textOf } from './built.ts';

/** Design 9: over the wire, with everything that a first visit loads. */
const MOST_BYTES = 30_000;

/** What is loaded only by those who need it: the folders of `landing`, each with its words and styles. */
const PARTS = ['stopped', 'manage'];
const MOST_PART_BYTES = 8000;

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

const named = (start: string): string =>
  [...files.keys()].find((name) => nameless(name) === `assets/${start}.js`) ?? '';
const wordsIn = (language: string, part?: string): string => named(`${part ? `${part}-` : ''}messages-${language}`);

/** The script that the document leads to. */
const script = (): string => /<script type="module" src="\.\/([^"]*)"/.exec(textOf(files, 'index.html'))?.[1] ?? '';

const style = (): string => /<link rel="stylesheet" href="\.\/([^"]*)"/.exec(textOf(files, 'index.html'))?.[1] ?? '';

/** What a script names to be loaded: with itself (`now`), or when it is needed (`later`). */
const loadedBy = (name: string): { now: string[]; later: string[] } => {
  const text = textOf(files, name);
  const all = (pattern: RegExp): string[] =>
    [...new Set([...text.matchAll(pattern)].map(([, to = '']) => to.replace('./', 'assets/')))].toSorted();
  return {
    now: all(/\bimport\b\s*(?:[^"'`(;]*from\s*)?["'`]([^"'`]*)["'`]/g),
    later: all(/\bimport\(\s*["'`]([^"'`]*)["'`]/g),
  };
};

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

  test.each(PARTS)('%s is at most 8 kB gzip more, its words and styles included', (part) => {
    const sizes = [named(part), wordsIn(language, part)].map(sizeOf);

    expect(Math.min(...sizes)).toBeGreaterThan(100);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_PART_BYTES);
  });
});

test('the script loads nothing with itself: words in one language, and each part when it is needed', () => {
  expect(loadedBy(script())).toEqual({
    now: [],
    later: [...languages.map((language) => wordsIn(language)), ...PARTS.map(named)].toSorted(),
  });
});

test.each(PARTS)('%s loads its own words, and of the page what is there already', (part) => {
  expect(loadedBy(named(part))).toEqual({
    now: [script()],
    later: languages.map((language) => wordsIn(language, part)).toSorted(),
  });
});

test('words and styles load nothing, and nothing else is built', () => {
  const assets = [...files.keys()].filter((name) => name.startsWith('assets/') && !name.startsWith('assets/console-'));
  const words = languages.flatMap((language) => [undefined, ...PARTS].map((part) => wordsIn(language, part)));
  expect(assets.toSorted()).toEqual([script(), style(), ...PARTS.map(named), ...words].toSorted());

  for (const name of words) expect([name, loadedBy(name)]).toEqual([name, { now: [], later: [] }]);
  for (const name of assets) expect(textOf(files, name)).not.toMatch(/@import|\burl\(/);
});

test('the scripts know the words by number: no key is sent', async () => {
  const catalogues = await readCatalogues();
  const keys = Object.values(catalogues['en'] ?? {}).flatMap((words) => Object.keys(words));

  const sent = [script(), ...PARTS.map(named)].flatMap((name) =>
    keys.filter((key) => textOf(files, name).includes(key)),
  );

  expect(keys.length).toBeGreaterThan(150);
  expect(sent).toEqual([]);
});
