import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPages } from '../../../static-landing/build/pages.ts';
import type { PagesConfig } from '../../../static-landing/config.ts';

const EXAMPLE = new URL('../../../static-landing/config.json', import.meta.url);

/** The example settings, as `npm start` takes them, with other addresses. */
export const exampleConfig = async (changes: Partial<PagesConfig> = {}): Promise<PagesConfig> => ({
  ...(JSON.parse(await readFile(EXAMPLE, 'utf8')) as PagesConfig),
  ...changes,
});

/** Builds the pages once and answers every file by its name, which uses `/`. */
export const buildToMemory = async (config: PagesConfig): Promise<Map<string, Buffer>> => {
  const folder = await mkdtemp(join(tmpdir(), 'pegasus-built-'));
  try {
    await buildPages({ outdir: folder, config });
    const files = new Map<string, Buffer>();
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(path.slice(folder.length + 1).replaceAll('\\', '/'), await readFile(path));
    }
    return files;
  } finally {
    await rm(folder, { recursive: true });
  }
};

export const textOf = (files: Map<string, Buffer>, name: string): string => {
  const file = files.get(name);
  if (!file) throw new Error(`${name} was not built; there are ${[...files.keys()].join(', ')}`);
  return file.toString('utf8');
};
