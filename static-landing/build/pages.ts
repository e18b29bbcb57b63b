import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { PagesConfig } from '../config.ts';
import { brandStyles } from '../design/brand.ts';
import { format } from '../design/format.ts';
import { bundle, SOURCE } from './bundle.ts';
import { readCatalogues, wordsOf } from './catalogues.ts';
import { favicon, html, inEveryLanguage } from './html.ts';

/** One file of the site with the headers it is served with. `body` is not compressed. */
export type PageFile = { path: string; contentType: string; cacheControl: string; body: Buffer };

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

const file = (path: string, body: Buffer | string): PageFile => ({
  path,
  contentType: TYPES[extname(path)] ?? 'application/octet-stream',
  // What has a hash in its name never changes.
  cacheControl: path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  body: Buffer.from(body),
});

/**
 * Makes the landing page and the operator console: `index.html`, `console/index.html`, `404.html`, hashed assets (one of them
 * per language), `config.json`, `favicon.svg` and the logo. The pages' policy admits exactly the origins in `config`.
 */
export const makePages = async (config: PagesConfig): Promise<PageFile[]> => {
  const { brand } = config;
  const catalogues = await readCatalogues();
  const words = Object.fromEntries(
    Object.entries(catalogues).map(([language, catalogue]) => [language, wordsOf(catalogue)]),
  );
  const english = words['en'];
  if (!english) throw new Error('There is no messages.en.ts.');
  const { files, asset } = await bundle(brandStyles(brand.color), catalogues);
  const landing = {
    title: format(english['page.title'], { product: brand.productName }),
    root: './',
    style: asset('landing/landing.css'),
    script: asset('landing/main.tsx'),
    fallback: inEveryLanguage(words, {
      title: 'page.cannot-start.title',
      text: 'page.cannot-start.text',
      reload: 'page.reload',
    }),
  };
  const operators = {
    title: `${brand.productName} operator console`,
    root: '../',
    style: asset('console/console.css'),
    script: asset('console/main.tsx'),
  };
  const notFound = {
    title: english['page.not-found.title'],
    // The page stands for addresses of any depth.
    root: '/',
    style: asset('landing/landing.css'),
    body: inEveryLanguage(words, { title: 'page.not-found.title', text: 'page.not-found.text' }),
  };
  const { logoUrl } = brand;
  const logo = logoUrl && !logoUrl.startsWith('data:') ? [file(logoUrl, await readFile(join(SOURCE, logoUrl)))] : [];
  return [
    file('index.html', html(config, landing)),
    file('console/index.html', html(config, operators)),
    file('404.html', html(config, notFound)),
    file('config.json', JSON.stringify(config)),
    file('favicon.svg', favicon(brand)),
    ...logo,
    ...files.map(({ path, body }) => file(path, body)),
  ];
};

/** How one file is to be uploaded: its path, and what the upload states besides. */
export type Publication = { path: string; contentType: string; cacheControl: string; contentEncoding?: 'gzip' };

/**
 * Writes the pages into `outdir` as they are published, and `files.json`, which says for each what to upload it with.
 * Storage does not compress (infra 2.6): the files are compressed here, and say so by their content encoding.
 */
export const buildPages = async ({
  outdir,
  config,
}: {
  outdir: string;
  config: PagesConfig;
}): Promise<Publication[]> => {
  const published: Publication[] = [];
  for (const { path, contentType, cacheControl, body } of await makePages(config)) {
    const zipped = gzipSync(body, { level: 9 });
    const isZipped = zipped.length < body.length;
    const target = join(outdir, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, isZipped ? zipped : body);
    published.push({ path, contentType, cacheControl, ...(isZipped ? { contentEncoding: 'gzip' } : {}) });
  }
  await writeFile(join(outdir, 'files.json'), JSON.stringify(published, null, 2));
  return published;
};
