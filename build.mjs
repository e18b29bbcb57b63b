import { readFile, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const { version } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'));

await rm('dist', { recursive: true, force: true });

// SDKs sit behind dynamic imports and become chunks of their own: an instance loads them when it first needs them.
await build({
  entryPoints: { index: 'functions/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  minify: true,
  keepNames: true,
  sourcemap: true,
  external: ['@azure/functions-core'],
  define: { PEGASUS_VERSION: JSON.stringify(version) },
  // The functions library asks for its host by `require`, which an ES module does not have.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
