import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT, readText } from '../../support/source-files.ts';
import { type BicepFile, parseBicep } from './bicep.ts';

/** Every file under `infra/`, by its path from the project's root. */
export const infraPaths = (): string[] =>
  readdirSync(join(PROJECT, 'infra'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(PROJECT.length).replaceAll('\\', '/'))
    .sort();

/** Every Bicep file under `infra/`, read; parameter files apart. */
export const infraFiles = (): BicepFile[] =>
  infraPaths()
    .filter((path) => path.endsWith('.bicep'))
    .map((path) => parseBicep(path, readText(path)));

/** The file of that path, which must be among them. */
export const fileAt = (files: BicepFile[], path: string): BicepFile => {
  const found = files.find((file) => file.path === path);
  if (!found) throw new Error(`There is no ${path}`);
  return found;
};

/** All files, one of them with a part of its text exchanged: what a check must notice. */
export const broken = (path: string, from: string | RegExp, to: string): BicepFile[] =>
  infraFiles().map((file) => (file.path === path ? parseBicep(path, exchanged(path, from, to)) : file));

/** The text of a file, a part of it exchanged. */
export const exchanged = (path: string, from: string | RegExp, to: string): string => {
  const text = readText(path);
  // By a function: a dollar in `to` is a dollar.
  const changed = text.replace(from, () => to);
  if (changed === text) throw new Error(`${path} does not say ${String(from)}`);
  return changed;
};
