import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildPages, type Publication } from '../../../static-landing/build/pages.ts';
import { buildToMemory, exampleConfig } from './built.ts';

let folder: string;
let published: Publication[];
let plain: Map<string, Buffer>;
beforeAll(async () => {
  const config = await exampleConfig();
  folder = await mkdtemp(join(tmpdir(), 'pegasus-published-'));
  published = await buildPages({ outdir: folder, config });
  plain = await buildToMemory(config);
});
afterAll(() => rm(folder, { recursive: true }));

test('the folder holds the files of the list, and the list', async () => {
  const there = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );

  expect(there.toSorted()).toEqual([...plain.keys(), 'files.json'].toSorted());
  expect(JSON.parse(await readFile(join(folder, 'files.json'), 'utf8'))).toEqual(published);
});

test('what is said to be gzip is gzip of the page, everything else is the page', async () => {
  for (const { path, contentEncoding } of published) {
    const bytes = await readFile(join(folder, path));
    expect([path, contentEncoding ? gunzipSync(bytes) : bytes]).toEqual([path, plain.get(path)]);
  }
});

test('every script, style and document is compressed', () => {
  const large = published.filter(({ path }) => /\.(js|css)$|index\.html$/.test(path));

  expect(large.length).toBeGreaterThan(6);
  expect(large.filter(({ contentEncoding }) => contentEncoding !== 'gzip')).toEqual([]);
});

test('what has a hash in its name is kept for ever, everything else is asked for again', () => {
  const kept = published.filter(({ cacheControl }) => cacheControl.includes('immutable')).map(({ path }) => path);

  expect(kept.filter((path) => !/^assets\/[\w-]+-[A-Z0-9]{8}\.(js|css)$/.test(path))).toEqual([]);
  expect(published.filter(({ cacheControl }) => cacheControl === 'no-cache').map(({ path }) => path)).toEqual([
    'index.html',
    'console/index.html',
    '404.html',
    'config.json',
    'favicon.svg',
    'logo.svg',
  ]);
});

test('every file has the type that a browser insists on', () => {
  const types = new Map(published.map(({ path, contentType }) => [path.replace(/^.*\./, ''), contentType]));

  expect(Object.fromEntries(types)).toEqual({
    html: 'text/html; charset=utf-8',
    json: 'application/json',
    svg: 'image/svg+xml',
    js: 'text/javascript; charset=utf-8',
    css: 'text/css; charset=utf-8',
  });
});
