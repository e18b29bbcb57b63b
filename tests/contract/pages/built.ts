import { readFile } from 'node:fs/promises';
import { makePages } from '../../../static-landing/build/pages.ts';
import type { PagesConfig } from '../../../static-landing/config.ts';

const EXAMPLE = new URL('../../../static-landing/config.json', import.meta.url);

/** The example settings, as `npm start` takes them, with other addresses. */
export const exampleConfig = async (changes: Partial<PagesConfig> = {}): Promise<PagesConfig> => ({
  ...(JSON.parse(await readFile(EXAMPLE, 'utf8')) as PagesConfig),
  ...changes,
});

/** Builds the pages and answers every file, not compressed, by its name, which uses `/`. */
export const buildToMemory = async (config: PagesConfig): Promise<Map<string, Buffer>> =>
  new Map((await makePages(config)).map(({ path, body }) => [path, body]));

export const textOf = (files: Map<string, Buffer>, name: string): string => {
  const file = files.get(name);
  if (!file) throw new Error(`${name} was not built; there are ${[...files.keys()].join(', ')}`);
  return file.toString('utf8');
};
