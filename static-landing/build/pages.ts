import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { PagesConfig } from '../config.ts';
import { brandStyles } from '../design/brand.ts';
import { format } from '../design/format.ts';
import { messages } from '../landing/messages.en.ts';
import { escapeHtml, favicon, html } from './html.ts';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));

const brandColors = (styles: string): Plugin => ({
  name: 'brand-colors',
  setup(building) {
    building.onResolve({ filter: /^brand\.css$/ }, () => ({ path: 'brand.css', namespace: 'brand' }));
    building.onLoad({ filter: /.*/, namespace: 'brand' }, () => ({ contents: styles, loader: 'css' }));
  },
});

/** Bundles both pages and answers where each entry went, relative to `outdir`. */
const bundle = async (outdir: string, styles: string): Promise<(entry: string) => string> => {
  const { metafile } = await build({
    absWorkingDir: SOURCE,
    entryPoints: [
      { in: 'landing/main.tsx', out: 'landing' },
      { in: 'landing/landing.css', out: 'landing' },
      { in: 'console/main.tsx', out: 'console' },
      { in: 'console/console.css', out: 'console' },
    ],
    entryNames: 'assets/[name]-[hash]',
    outdir,
    bundle: true,
    minify: true,
    format: 'esm',
    // Browsers of the last three years.
    target: ['es2022', 'chrome117', 'edge117', 'firefox118', 'safari17'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    metafile: true,
    plugins: [brandColors(styles)],
  });
  return (entry) => {
    const found = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === entry);
    if (!found) throw new Error(`${entry} was not built`);
    return relative(outdir, join(SOURCE, found[0])).replaceAll('\\', '/');
  };
};

/**
 * Writes the landing page and the operator console as static files: `index.html`, `console/index.html`, `404.html`, hashed
 * assets, `config.json`, `favicon.svg` and the logo. The policy of the pages admits exactly the origins in `config`.
 */
export const buildPages = async ({ outdir, config }: { outdir: string; config: PagesConfig }): Promise<void> => {
  await mkdir(join(outdir, 'console'), { recursive: true });
  const { brand } = config;
  const asset = await bundle(outdir, brandStyles(brand.color));
  const write = async (name: string, content: string): Promise<void> => writeFile(join(outdir, name), content);
  const notFound = {
    title: messages['page.not-found.title'],
    // The page stands for addresses of any depth.
    root: '/',
    style: asset('landing/landing.css'),
    body: `<main class="page"><h1>${escapeHtml(messages['page.not-found.title'])}</h1><p class="lead">${escapeHtml(messages['page.not-found.text'])}</p></main>`,
  };
  const landing = {
    title: format(messages['page.title'], { product: brand.productName }),
    root: './',
    style: asset('landing/landing.css'),
    script: asset('landing/main.tsx'),
  };
  const operators = {
    title: `${brand.productName} operator console`,
    root: '../',
    style: asset('console/console.css'),
    script: asset('console/main.tsx'),
  };
  await write('index.html', html(config, landing));
  await write('console/index.html', html(config, operators));
  await write('404.html', html(config, notFound));
  await write('config.json', JSON.stringify(config));
  await write('favicon.svg', favicon(brand));
  if (brand.logoUrl && !brand.logoUrl.startsWith('data:')) {
    await copyFile(join(SOURCE, brand.logoUrl), join(outdir, brand.logoUrl));
  }
};
