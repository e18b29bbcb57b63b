import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type BuildResult, build } from 'esbuild';

const { version } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Bundles an app of functions for Azure. SDKs behind dynamic imports become chunks that load when first needed. */
export const bundle = (entryPoints: Record<string, string>, outdir: string): Promise<BuildResult> =>
  build({
    absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    // Names stay, so that a stack in the log says where; wrapping each function to keep its name would cost load time.
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: true,
    external: ['@azure/functions-core'],
    define: { PEGASUS_VERSION: JSON.stringify(version) },
    // The functions library asks for its host by `require`, which an ES module does not have.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });

/** What is built, by its folder. Host and doctor because tests start them hundreds of times: in one piece they start three times as fast. */
const BUILT: Record<string, Record<string, string>> = {
  dist: { index: 'functions/index.ts' },
  '.cache/host': { main: 'local/host/main.ts' },
  '.cache/doctor': { main: 'doctor/main.ts' },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await Promise.all(
    Object.entries(BUILT).map(async ([folder, entryPoints]) => {
      await rm(folder, { recursive: true, force: true });
      await bundle(entryPoints, folder);
    }),
  );
}
