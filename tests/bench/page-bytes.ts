import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildPages } from '../../static-landing/build/pages.ts';
import type { PagesConfig } from '../../static-landing/config.ts';
import { readText } from '../support/source-files.ts';
import { atMost, type Result } from './result.ts';

const GZIP = Buffer.from([0x1f, 0x8b]);

/** The built pages are compressed already (storage does not compress). */
const onTheWire = (content: Buffer): number =>
  content.subarray(0, 2).equals(GZIP) ? content.length : gzipSync(content, { level: 9 }).length;

/** What a first visit loads of a page in its largest language, gzip, with the settings and the pictures both pages share (design 9). */
export const pageBytes = async (): Promise<{ landing: Result; console: Result }> => {
  const folder = await mkdtemp(join(tmpdir(), 'pegasus-bench-'));
  const config = JSON.parse(readText('static-landing/config.json')) as PagesConfig;
  await buildPages({ outdir: folder, config });
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const size = async (wanted: (name: string) => boolean): Promise<number> => {
    const contents = await Promise.all(
      names.filter((name) => wanted(name.slice(folder.length + 1))).map((name) => readFile(name)),
    );
    return contents.reduce((sum, content) => sum + onTheWire(content), 0);
  };
  const isShared = (name: string): boolean => ['config.json', 'favicon.svg', 'logo.svg'].includes(name);
  const languages = await Promise.all(
    ['en', 'de'].map((language) => size((name) => name.startsWith(`assets/messages-${language}`))),
  );
  const words = Math.max(...languages);
  const page = await size((name) => isShared(name) || name === 'index.html' || name.startsWith('assets/landing'));
  const landing = page + words;
  const console = await size(
    (name) => isShared(name) || name === join('console', 'index.html') || name.startsWith('assets/console'),
  );
  await rm(folder, { recursive: true });
  return { landing: atMost(landing, 'bytes', 30_000), console: atMost(console, 'bytes', 60_000) };
};
