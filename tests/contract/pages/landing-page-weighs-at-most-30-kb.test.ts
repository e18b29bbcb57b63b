import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { buildToMemory, exampleConfig, textOf } from './built.ts';

/** Design 9: over the wire, with everything that the first view needs. */
const MOST_BYTES = 30_000;

test('the landing page with script, style, settings, logo and icon is at most 30 kB gzip', async () => {
  const config = await exampleConfig();

  const files = await buildToMemory(config);

  const linked = [...textOf(files, 'index.html').matchAll(/(?:src|href)="\.\/([^"]*)"/g)].map(([, name]) => name ?? '');
  const names = ['index.html', 'config.json', config.brand.logoUrl ?? '', ...linked];
  const sizes = Object.fromEntries(names.map((name) => [name, gzipSync(textOf(files, name), { level: 9 }).length]));
  expect(names.map((name) => name.replace(/-\w+\./, '.')).toSorted()).toEqual([
    'assets/landing.css',
    'assets/landing.js',
    'config.json',
    'favicon.svg',
    'index.html',
    'logo.svg',
  ]);
  expect(Object.values(sizes).reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_BYTES);
});

test('script and style load nothing more', async () => {
  const files = await buildToMemory(await exampleConfig());

  const assets = [...files.keys()].filter((name) => name.startsWith('assets/landing'));

  expect(assets).toHaveLength(2);
  const loads = assets.filter((name) => /\bimport\b\s*["'(*{]|@import|\burl\(/.test(textOf(files, name)));
  expect(loads).toEqual([]);
});
