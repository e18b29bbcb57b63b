import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { makePages, type PageFile } from '../static-landing/build/pages.ts';
import type { PagesConfig } from '../static-landing/config.ts';

/** The pages, built and served. Both addresses end in a slash. */
type Pages = { landingUrl: string; consoleUrl: string; close(): Promise<void> };

type Served = PageFile & { gzip: Buffer };

/** All files by the address they answer to. There is no other way from an address to a file. */
const byAddress = (files: PageFile[]): Map<string, Served> => {
  const served = new Map<string, Served>();
  for (const file of files) {
    const both = { ...file, gzip: gzipSync(file.body, { level: 9 }) };
    served.set(`/${file.path}`, both);
    if (/(^|\/)index\.html$/.test(file.path)) served.set(`/${file.path.slice(0, -'index.html'.length)}`, both);
  }
  return served;
};

const acceptsGzip = (request: IncomingMessage): boolean =>
  (request.headers['accept-encoding'] ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .some((coding) => /^gzip\b/.test(coding) && !/;\s*q=0(\.0*)?$/.test(coding));

const answer = (files: Map<string, Served>, request: IncomingMessage, response: ServerResponse): void => {
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
  // As they are published; only who cannot read that gets them plain.
  const isZipped = acceptsGzip(request);
  const body = (isZipped ? file?.gzip : file?.body) ?? Buffer.alloc(0);
  response.writeHead(found ? 200 : 404, {
    'content-type': file?.contentType ?? 'text/plain',
    'content-length': body.length,
    'cache-control': found?.cacheControl ?? 'no-store',
    vary: 'Accept-Encoding',
    ...(isZipped ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
};

/**
 * Builds the pages for `config` and serves them on 127.0.0.1 like a static website on Storage: compressed before, no
 * headers but those of the files, `404.html` for everything that is not there.
 */
export const startPages = async ({ port = 0, config }: { port?: number; config: PagesConfig }): Promise<Pages> => {
  const files = byAddress(await makePages(config));
  const server = createServer((request, response) => answer(files, request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
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
