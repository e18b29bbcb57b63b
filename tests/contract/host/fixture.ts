import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const FOLDER = fileURLToPath(new URL('../../fixtures/host-app/', import.meta.url));

/** The fixture app as it stands in the source tree: it finds the library in node_modules. */
export const unbundled = (name: string) => join(FOLDER, `${name}.ts`);

/** The fixture app bundled as build.mjs bundles ours, in a folder where no node_modules is to be found. */
export const bundle = async (name: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'pegasus-host-'));
  const script = join(folder, 'dist', 'index.mjs');
  await build({
    entryPoints: { index: unbundled(name) },
    outdir: join(folder, 'dist'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: ['@azure/functions-core'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  await copyFile(join(FOLDER, 'host.json'), join(folder, 'host.json'));
  return { script, remove: () => rm(folder, { recursive: true }) };
};

/** Looks every 20 ms until `look` finds something, at most `withinMs`. @throws Error with `about` when it does not */
export const until = async <Found>(
  look: () => Found | null | undefined | Promise<Found | null | undefined>,
  about: () => string,
  withinMs = 8000,
): Promise<Found> => {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null) return found;
    if (Date.now() > end) throw new Error(`Waited ${withinMs} ms in vain.\n${about()}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
};
