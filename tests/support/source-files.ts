import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export type SourceFile = { path: string; text: string };

/** Every TypeScript file under the folder, by its path from the project's root with forward slashes. */
export const sourceFiles = (folder: string): SourceFile[] =>
  readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(PROJECT, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }));

export const readText = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
