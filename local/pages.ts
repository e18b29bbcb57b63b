import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { buildPages } from '../static-landing/build/pages.ts';
import type { PagesConfig } from '../static-landing/config.ts';

/** The pages, built and served. Both addresses end in a slash. */
export type Pages = { landingUrl: string; consoleUrl: string; close(): Promise<void> };

type File = { type: string; cacheControl: string; plain: Buffer; gzip: Buffer; br: Buffer };

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

const read = async (folder: string, name: string): Promise<File> => {
  const plain = await readFile(join(folder, name));
  return {
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    // What has a hash in its name never changes.
    cacheControl: name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    plain,
    gzip: gzipSync(plain, { level: 9 }),
    br: brotliCompressSync(plain),
  };
};

/** All files by the address they answer to. There is no other way from an address to a file. */
const readAll = async (folder: string): Promise<Map<string, File>> => {
  const files = new Map<string, File>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const name = join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll('\\', '/');
    const file = await read(folder, name);
    files.set(`/${name}`, file);
    if (entry.name === 'index.html') files.set(`/${name.slice(0, -'index.html'.length)}`, file);
  }
  return files;
};

const accepted = (request: IncomingMessage): 'br' | 'gzip' | 'plain' => {
  const codings = (request.headers['accept-encoding'] ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => !/;\s*q=0(\.0*)?$/.test(coding))
    .map((coding) => coding.split(';')[0]?.trim());
  return (['br', 'gzip'] as const).find((coding) => codings.includes(coding)) ?? 'plain';
};

const answer = (files: Map<string, File>, request: IncomingMessage, response: ServerResponse): void => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const path = (request.url ?? '/').replace(/[?#].*$/s, '');
  if (files.has(`${path}/`)) {
    response.writeHead(301, { location: `${path}/${(request.url ?? '').slice(path.length)}` }).end();
    return;
  }
  const found = files.get(path);
  const file = found ?? files.get('/404.html');
  const coding = accepted(request);
  const body = file?.[coding] ?? Buffer.alloc(0);
  response.writeHead(found ? 200 : 404, {
    'content-type': file?.type ?? 'text/plain',
    'content-length': body.length,
    'cache-control': found?.cacheControl ?? 'no-store',
    vary: 'Accept-Encoding',
    ...(coding === 'plain' ? {} : { 'content-encoding': coding }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
};

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

/**
 * Builds the pages for `config` and serves them on 127.0.0.1 like a static website on Storage: no headers but those of
 * the files, `404.html` for everything that is not there.
 */
export const startPages = async ({ port = 0, config }: { port?: number; config: PagesConfig }): Promise<Pages> => {
  const folder = await mkdtemp(join(tmpdir(), 'pegasus-pages-'));
  let files: Map<string, File>;
  try {
    await buildPages({ outdir: folder, config });
    files = await readAll(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const server = createServer((request, response) => answer(files, request, response));
  await listen(server, port);
  const landingUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    landingUrl,
    consoleUrl: `${landingUrl}console/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
};
