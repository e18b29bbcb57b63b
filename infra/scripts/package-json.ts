// The package.json of the uploaded app: what it is and where it begins, without packages to install.
import { readFile } from 'node:fs/promises';

const { name, version, type, main } = JSON.parse(
  await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;
process.stdout.write(`${JSON.stringify({ name, version, type, main }, null, 2)}\n`);
