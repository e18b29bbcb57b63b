import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify, version } from '@swc/core';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { type Catalogue, CLASSIC_JSX, catalogueChunks } from './catalogues.ts';

export const SOURCE = fileURLToPath(new URL('..', import.meta.url));

/** Where the files would lie; nothing is written. */
const NOWHERE = join(SOURCE, '..', 'nowhere');

const brandColors = (styles: string): Plugin => ({
  name: 'brand-colors',
  setup(building) {
    building.onResolve({ filter: /^brand\.css$/ }, () => ({ path: 'brand.css', namespace: 'brand' }));
    building.onLoad({ filter: /.*/, namespace: 'brand' }, () => ({ contents: styles, loader: 'css' }));
  },
});

const OPTIONS = {
  absWorkingDir: SOURCE,
  entryNames: 'assets/[name]-[hash]',
  chunkNames: 'assets/[name]-[hash]',
  outdir: NOWHERE,
  write: false,
  bundle: true,
  minify: true,
  format: 'esm',
  // Browsers of the last three years.
  target: ['es2022', 'chrome117', 'edge117', 'firefox118', 'safari17'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  // Of V8 only, and nobody reads it: 0.1 kB.
  define: { 'Error.captureStackTrace': 'undefined' },
  legalComments: 'none',
  metafile: true,
  // Into the hash in the names: what minifies again below is part of what makes the content.
  banner: { js: `/* ${version} */` },
} as const satisfies BuildOptions;

/** Scripts and styles by their path in the site, and where each entry of the source went. */
export type Bundle = { files: { path: string; body: Buffer }[]; asset: (entry: string) => string };

// A second minifier finds what the first leaves: 0.8 kB of the landing page's 30.
const smallest = async (path: string, contents: Uint8Array): Promise<Buffer> => {
  if (!path.endsWith('.js')) return Buffer.from(contents);
  const compress = { passes: 3, ecma: 2020, unsafe_arrows: true } as const;
  const { code } = await minify(Buffer.from(contents).toString('utf8'), {
    module: true,
    compress,
    mangle: true,
    format: { comments: false },
  });
  return Buffer.from(code.replaceAll('./chunk-', './landing-'));
};

/** The chunk that the page is in goes by the page's name. */
const within = (path: string): string => relative(NOWHERE, path).replaceAll('\\', '/').replace('/chunk-', '/landing-');

/** Bundles both pages, each for itself, so that neither loads anything of the other. */
export const bundle = async (styles: string, catalogues: Record<string, Catalogue>): Promise<Bundle> => {
  const [landing, operators] = await Promise.all([
    build({
      ...OPTIONS,
      entryPoints: [
        { in: 'landing/main.tsx', out: 'landing' },
        { in: 'landing/landing.css', out: 'landing' },
      ],
      ...CLASSIC_JSX,
      splitting: true,
      plugins: [brandColors(styles), catalogueChunks(catalogues)],
    }),
    build({
      ...OPTIONS,
      entryPoints: [
        { in: 'console/main.tsx', out: 'console' },
        { in: 'console/console.css', out: 'console' },
      ],
      plugins: [brandColors(styles)],
    }),
  ]);
  const outputs = { ...landing.metafile.outputs, ...operators.metafile.outputs };
  const files = [...landing.outputFiles, ...operators.outputFiles].map(async ({ path, contents }) => ({
    path: within(path),
    body: await smallest(path, contents),
  }));
  const built = (entry: string) => {
    const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === entry);
    if (!found) throw new Error(`${entry} was not built`);
    return { path: found[0], ...found[1] };
  };
  // The page itself is in a chunk (see `catalogueChunks`), and nothing else is left to load.
  const page = built('landing/main.tsx');
  const [chunk, ...others] = page.imports.filter(({ kind }) => kind === 'import-statement');
  if (!chunk || others.length > 0 || Object.keys(page.inputs).length > 0) throw new Error('The page is not one chunk.');
  const placeOf = (output: string): string => within(join(SOURCE, output));
  return {
    files: (await Promise.all(files)).filter(({ path }) => path !== placeOf(page.path)),
    asset: (entry) => placeOf(entry === 'landing/main.tsx' ? chunk.path : built(entry).path),
  };
};
