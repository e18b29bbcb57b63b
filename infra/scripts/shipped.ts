import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Entry = { version?: string; license?: string; dependencies?: Record<string, string> };
export type Lock = { packages: Record<string, Entry & { optionalDependencies?: Record<string, string> }> };

/** A package that is part of what runs: in the app, in the browser's pages, or both. */
export type Shipped = { name: string; version: string; licence: string; where: ('app' | 'pages')[] };

/** Under these anybody may use and pass on what we ship, and nothing is asked of our own code. */
const WELCOME = new Set(['MIT', 'Apache-2.0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause']);

const inFolder = 'node_modules/';

/** Where Node finds `name` for a package at `path`. */
const placeOf = ({ packages }: Lock, path: string, name: string): string | undefined => {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf(`/${inFolder}`)))) {
    const place = `${at === '' ? '' : `${at}/`}${inFolder}${name}`;
    if (packages[place]) return place;
    if (at === '') return undefined;
  }
};

/** Places in the lockfile of packages and all that they bring along. */
const reachedFrom = (lock: Lock, names: string[]): Set<string> => {
  const reached = new Set<string>();
  const visit = (path: string, name: string): void => {
    const place = placeOf(lock, path, name);
    if (place === undefined) throw new Error(`${name} is not in the lockfile.`);
    if (reached.has(place)) return;
    reached.add(place);
    for (const next of Object.keys(lock.packages[place]?.dependencies ?? {})) visit(place, next);
  };
  for (const name of names) visit('', name);
  return reached;
};

const IMPORT = /from '((?:@[^'/]+\/)?[^'./@][^'/]*)(?:\/[^']*)?'/g;

/** The packages that the pages import: the bundler puts them into what browsers get. What builds the pages stays here. */
export const importedByPages = (root: string): string[] => {
  const files = readdirSync(join(root, 'static-landing'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.startsWith('build'),
  );
  const found = files.flatMap((file) => [...readFileSync(join(root, 'static-landing', file), 'utf8').matchAll(IMPORT)]);
  return [...new Set(found.map(([, name = '']) => name))].filter((name) => !name.startsWith('node:')).toSorted();
};

/** All that is shipped, by name. */
export const shipped = (lock: Lock, pages: string[]): Shipped[] => {
  const app = reachedFrom(lock, Object.keys(lock.packages['']?.dependencies ?? {}));
  const inPages = reachedFrom(lock, pages);
  return [...new Set([...app, ...inPages])]
    .map((place): Shipped => {
      const { version = '', license = 'none' } = lock.packages[place] ?? {};
      const name = place.slice(place.lastIndexOf(inFolder) + inFolder.length);
      const where: Shipped['where'] = [];
      if (app.has(place)) where.push('app');
      if (inPages.has(place)) where.push('pages');
      return { name, version, licence: license, where };
    })
    .toSorted((one, other) => (`${one.name}@${one.version}` < `${other.name}@${other.version}` ? -1 : 1));
};

/** What is shipped under a licence that somebody has to read first. */
export const unwelcome = (packages: Shipped[]): Shipped[] => packages.filter(({ licence }) => !WELCOME.has(licence));

export const readLock = (root: string): Lock =>
  JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;

/** The page that lists them. */
export const toPage = (packages: Shipped[]): string => {
  const licences = [...new Set(packages.map(({ licence }) => licence))].toSorted();
  const counted = licences.map((one) => `${one} ${packages.filter(({ licence }) => licence === one).length}`);
  return `# Dependencies

Written by \`npm run dependencies\` from package-lock.json; a test holds it against that file. These ${packages.length} packages are part
of what runs, in the app or in the pages, bundled, with their licences: ${counted.join(', ')}. What builds and tests is not among them.
\`npm run sbom\` prints the same as CycloneDX.

| Package | Version | Licence | Where |
| ------- | ------- | ------- | ----- |
${packages.map(({ name, version, licence, where }) => `| ${name} | ${version} | ${licence} | ${where.join(', ')} |`).join('\n')}
`;
};
