import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Plugin, transform } from 'esbuild';
import type { Messages, SectionName } from '../landing/text.ts';

const FOLDER = fileURLToPath(new URL('../landing', import.meta.url));

/** The sections of the words, and where each has its `messages.*.ts`. The page itself comes first. */
const FOLDERS: Record<SectionName, string> = { page: '', stopped: 'stopped/', manage: 'manage/' };
const SECTIONS = Object.keys(FOLDERS) as SectionName[];

type Words = Record<string, string>;

// A part that is loaded later imports the page, so that all of the page lies in the one chunk that both need: divided into
// what parts share and what they do not, it would be 2 kB larger.
const PART = /[\\/]landing[\\/](\w+)[\\/]\1\.tsx$/;

const JSX_IMPORT = "import { h as jsxElement_, Fragment as jsxFragment_ } from 'preact';";

/** Elements are made without the JSX runtime, which does again what `h` does: 0.3 kB less. */
export const CLASSIC_JSX = {
  tsconfigRaw: { compilerOptions: { jsx: 'react', jsxFactory: 'jsxElement_', jsxFragmentFactory: 'jsxFragment_' } },
} as const;

/** The words of one language, by section. */
export type Catalogue = Record<SectionName, Words>;

/** Every language there is a `messages.*.ts` of, English first: it stands for all in what has no language. */
export const readCatalogues = async (): Promise<Record<string, Catalogue>> => {
  const languages = (await readdir(FOLDER))
    .map((name) => /^messages\.([a-z-]+)\.ts$/.exec(name)?.[1])
    .filter((language) => language !== undefined)
    .toSorted((one, other) => Number(other === 'en') - Number(one === 'en') || one.localeCompare(other));
  const catalogues: Record<string, Catalogue> = {};
  for (const language of languages) {
    const sections = SECTIONS.map(async (section): Promise<[SectionName, Words]> => {
      const path = `../landing/${FOLDERS[section]}messages.${language}.ts`;
      return [section, ((await import(path)) as { messages: Words }).messages];
    });
    catalogues[language] = Object.fromEntries(await Promise.all(sections)) as Catalogue;
  }
  return catalogues;
};

/** All words of one language. */
export const wordsOf = (catalogue: Catalogue): Messages => Object.assign({}, ...Object.values(catalogue)) as Messages;

/** Said by the documents themselves, for want of a script: it need not know them. */
const isOfDocument = (key: string): boolean => /^page\.(not-found|cannot-start|reload)/.test(key);

/** The words of a section without their keys: in a list, of which each knows its place. */
const moduleOf = (texts: string[], first: number): string => {
  const list = JSON.stringify(first === 1 ? [0, ...texts] : texts);
  const placed = first === 1 ? list : `Object.fromEntries(${list}.map((text, at) => [at + ${first}, text]))`;
  return `export const messages = ${placed};`;
};

/**
 * Fills each `catalogues.ts` of the landing page with the words, each section of each language a chunk of its own. In the chunks and in the
 * page's code the keys are numbers, from 1: what nobody reads need not be sent (1.2 kB of 30).
 */
export const catalogueChunks = (catalogues: Record<string, Catalogue>): Plugin => {
  const english = catalogues['en'];
  const keysOf = (words: Words = {}): string[] => Object.keys(words).filter((key) => !isOfDocument(key));
  const keys = english ? keysOf(wordsOf(english)) : [];
  const numbers = new Map<string, number>(keys.map((key, at) => [key, at + 1]));
  const shortened = (code: string): string =>
    code.replace(/'([\w.-]+)'/g, (whole, key: string) => String(numbers.get(key) ?? whole));
  return {
    name: 'catalogue-chunks',
    setup(building) {
      building.onResolve({ filter: /^([a-z]+-)?messages-[a-z-]+$/ }, ({ path }) => ({ path, namespace: 'words' }));
      building.onLoad({ filter: /[\\/]landing[\\/](\w+[\\/])?catalogues\.ts$/ }, ({ path }) => {
        const part = /[\\/]landing[\\/](\w+)[\\/]/.exec(path)?.[1];
        const name = part ? `${part}-messages` : 'messages';
        const members = Object.keys(catalogues).map((language) => `'${language}': () => import('${name}-${language}')`);
        return { contents: `export const catalogue = { ${members.join(', ')} };` };
      });
      building.onLoad({ filter: /.*/, namespace: 'words' }, ({ path }) => {
        const [, section = 'page', language = ''] = /^(?:([a-z]+)-)?messages-(.+)$/.exec(path) ?? [];
        const words = catalogues[language]?.[section as SectionName] ?? {};
        // In the order of English, whatever that of the file is.
        const inOrder = keysOf(english?.[section as SectionName]);
        const texts = inOrder.map((key) => words[key] ?? '');
        return { contents: moduleOf(texts, numbers.get(inOrder[0] ?? '') ?? 1) };
      });
      building.onLoad({ filter: /[\\/](landing|design)[\\/](\w+[\\/])?[^\\/]+\.tsx?$/ }, async ({ path }) => {
        const code = shortened(await readFile(path, 'utf8')) + (PART.test(path) ? "\nimport '../main.tsx';" : '');
        return path.endsWith('x') ? { contents: JSX_IMPORT + code, loader: 'tsx' } : { contents: code, loader: 'ts' };
      });
      // Styles of a part of the page come as text with its code, and are put in by it.
      building.onLoad({ filter: /[\\/]landing[\\/]\w+[\\/][^\\/]+\.css$/ }, async ({ path }) => {
        const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
        return { contents: code.trim(), loader: 'text' };
      });
    },
  };
};
