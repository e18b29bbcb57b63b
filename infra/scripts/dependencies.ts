// Writes docs/dependencies.md: what is shipped, in which version, under which licence.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { importedByPages, readLock, shipped, toPage } from './shipped.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
await writeFile(
  new URL('../../docs/dependencies.md', import.meta.url),
  toPage(shipped(readLock(root), importedByPages(root))),
);
