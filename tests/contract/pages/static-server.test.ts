import { type IncomingHttpHeaders, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type StandIn, startOwn } from '../../support/stand-ins/start-own.ts';
import { exampleConfig } from './built.ts';

let pages: StandIn<'pages'>;
beforeAll(async () => {
  pages = await startOwn('pages', { config: await exampleConfig() });
});
afterAll(() => pages.close());

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** `path` goes over the wire as it is: fetch would tidy it up. */
const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(pages.landingUrl);
    request({ hostname, port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    })
      .on('error', reject)
      .end();
  });

const script = async (): Promise<string> => /assets\/landing-\w+\.js/.exec((await get('/')).body.toString())?.[0] ?? '';

test('both addresses answer with their page, on this machine only', async () => {
  expect(pages.landingUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(pages.consoleUrl).toBe(`${pages.landingUrl}console/`);

  const [landing, operators] = [await get('/?token=abc'), await get('/console/?id=abc')];

  expect([landing.status, landing.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(landing.body.toString()).toContain('assets/landing-');
  expect(operators.status).toBe(200);
  expect(operators.body.toString()).toContain('assets/console-');
});

test('the console without its slash leads to the console, query included', async () => {
  const answer = await get('/console?id=abc');

  expect([answer.status, answer.headers.location]).toEqual([301, '/console/?id=abc']);
});

test.each([
  ['assets', 'text/javascript; charset=utf-8'],
  ['/config.json', 'application/json'],
  ['/favicon.svg', 'image/svg+xml'],
  ['/logo.svg', 'image/svg+xml'],
])('%s has the type %s', async (path, type) => {
  const answer = await get(path === 'assets' ? `/${await script()}` : path);

  expect([answer.status, answer.headers['content-type']]).toEqual([200, type]);
});

describe('compression', () => {
  test('is what is published, and undone for who cannot read it', async () => {
    const path = `/${await script()}`;
    const plain = await get(path);

    const zipped = await get(path, { 'accept-encoding': 'gzip, deflate, br, zstd' });

    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.body).equals(plain.body)).toBe(true);
    expect(zipped.headers.vary).toBe('Accept-Encoding');
  });

  test('is not used when it is refused', async () => {
    const answer = await get('/', { 'accept-encoding': 'br, gzip; q=0.0, identity' });

    expect(answer.headers['content-encoding']).toBeUndefined();
  });
});

test('what has a hash in its name is kept for ever, everything else is asked for again', async () => {
  const asset = await get(`/${await script()}`);
  const others = await Promise.all(['/', '/console/', '/config.json'].map((path) => get(path)));

  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(others.map(({ headers }) => headers['cache-control'])).toEqual(['no-cache', 'no-cache', 'no-cache']);
});

test('what is not there is said so on a page', async () => {
  const answer = await get('/nothing/here', { accept: 'text/html' });

  expect(answer.status).toBe(404);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.body.toString()).toContain('Page not found');
});

test.each([
  '/../package.json',
  '/assets/../../../../etc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/..%2f..%2fetc%2fpasswd',
  '/assets/',
  '//etc/passwd',
])('no path leads out of the pages: %s', async (path) => {
  const answer = await get(path);

  expect(answer.status).toBe(404);
  expect(answer.body.toString()).not.toMatch(/root:|"name"/);
});

test('pages are read, not written to', async () => {
  const [head, post] = [await get('/', {}, 'HEAD'), await get('/', {}, 'POST')];

  expect([head.status, head.body.length, Number(head.headers['content-length']) > 0]).toEqual([200, 0, true]);
  expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD']);
});
