import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import type { MessageKey, Messages } from '../landing/text.ts';

const FOLDER = fileURLToPath(new URL('../landing', import.meta.url));

/** Every language there is a `messages.*.ts` of, English first: it stands for all in what has no language. */
export const readCatalogues = async (): Promise<Record<string, Messages>> => {
  const languages = (await readdir(FOLDER))
    .map((name) => /^messages\.([a-z-]+)\.ts$/.exec(name)?.[1])
    .filter((language) => language !== undefined)
    .toSorted((one, other) => Number(other === 'en') - Number(one === 'en') || one.localeCompare(other));
  const catalogues: Record<string, Messages> = {};
  for (const language of languages) {
    const { messages } = (await import(`../landing/messages.${language}.ts`)) as { messages: Messages };
    catalogues[language] = messages;
  }
  return catalogues;
};

/**
 * Fills `landing/catalogues.ts` with the languages, each a chunk of its own. In the chunks and in the page's code the keys
 * are numbers, from 1: what nobody reads need not be sent (1.2 kB of 30).
 */
export const catalogueChunks = (catalogues: Record<string, Messages>): Plugin => {
  const keys = Object.keys(catalogues['en'] ?? {}) as MessageKey[];
  const numbers = new Map<string, number>(keys.map((key, at) => [key, at + 1]));
  const shortened = (code: string): string =>
    code.replace(/'([\w.-]+)'/g, (whole, key: string) => String(numbers.get(key) ?? whole));
  return {
    name: 'catalogue-chunks',
    setup(building) {
      building.onResolve({ filter: /^messages-[a-z-]+$/ }, ({ path }) => ({ path, namespace: 'words' }));
      building.onLoad({ filter: /[\\/]landing[\\/]catalogues\.ts$/ }, () => {
        const members = Object.keys(catalogues).map(
          (language) => `'${language}': () => import('messages-${language}')`,
        );
        return { contents: `export const catalogues = { ${members.join(', ')} };` };
      });
      building.onLoad({ filter: /^messages-/, namespace: 'words' }, ({ path }) => {
        const catalogue = catalogues[path.slice('messages-'.length)];
        return { contents: `export const messages = ${JSON.stringify([0, ...keys.map((key) => catalogue?.[key])])};` };
      });
      building.onLoad({ filter: /[\\/]landing[\\/][^\\/]+\.tsx?$/ }, async ({ path }) => ({
        contents: shortened(await readFile(path, 'utf8')),
        loader: path.endsWith('x') ? 'tsx' : 'ts',
      }));
    },
  };
};
