import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allowedOrigins } from '../../../local/host/cors.ts';
import { type Host, startHost } from '../../../local/host/start.ts';
import { bundle, until } from './fixture.ts';

let app: Awaited<ReturnType<typeof bundle>>;
let host: Host;

beforeAll(async () => {
  app = await bundle('http');
  const env = { LANDING_URL: 'http://landing.example:1234/', CONSOLE_URL: 'http://console.example/console/' };
  host = await startHost({ env, script: app.script });
});

afterAll(async () => {
  await host.stop();
  await app.remove();
});

const get = (path: string, init?: RequestInit) => fetch(`${host.url}${path}`, init);
const text = async (path: string) => (await get(path)).text();

describe('routes', () => {
  test('a handler gets method, URL, route parameters, query, headers and the bytes of the body', async () => {
    const body = Buffer.from([0, 1, 254, 255]);

    const response = await get('/api/ECHO/a%20b/parts/c/d?x=1&x=2&y=', {
      method: 'POST',
      headers: { 'x-given': 'hello', 'x-forwarded-for': '203.0.113.9' },
      body,
    });

    expect(response.status).toBe(201);
    expect(response.headers.get('x-fixture')).toBe('echo');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({
      method: 'POST',
      url: `${host.url}/api/ECHO/a%20b/parts/c/d?x=1&x=2&y=`,
      params: { id: 'a b', rest: 'c/d' },
      query: { x: '1,2', y: '' },
      header: 'hello',
      forwardedFor: expect.stringMatching(/^203\.0\.113\.9,127\.0\.0\.1:\d+$/),
      base64: body.toString('base64'),
    });
  });

  test('a function without a route is reached by its name', async () => {
    expect(await text('/api/by-name')).toBe('by its name');
  });

  test('a literal segment goes before a parameter', async () => {
    expect(await text('/api/things/new')).toBe('the literal one');
    expect(await text('/api/things/42')).toBe('any 42');
  });

  test.each([
    ['an unknown path', 'GET', '/api/nowhere'],
    ['a known path without the prefix', 'GET', '/by-name'],
    ['a path that goes on after a known one', 'GET', '/api/by-name/more'],
    ['a known path with another method', 'DELETE', '/api/by-name'],
    ['HEAD where only GET is asked for', 'HEAD', '/api/by-name'],
  ])('%s is answered 404 without a body', async (_what, method, path) => {
    const response = await get(path, { method });

    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  test('the address that the host prints answers 200', async () => {
    expect((await get('/')).status).toBe(200);
  });
});

describe('responses', () => {
  test('a handler that returns nothing is answered 204, one with only a status gets that and no body', async () => {
    const nothing = await get('/api/nothing', { method: 'POST' });
    const empty = await get('/api/empty', { method: 'POST' });

    expect(nothing.status).toBe(204);
    expect(empty.status).toBe(202);
    expect(await empty.text()).toBe('');
  });

  test('bytes arrive unchanged', async () => {
    const response = await get('/api/bytes');

    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255, 10]);
  });

  test('cookies become Set-Cookie headers', async () => {
    const response = await get('/api/cookies');

    expect(response.headers.getSetCookie()).toEqual([
      'a=b%20c; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Lax',
      'd=e',
    ]);
  });

  test('a handler that throws is answered 500 without a word, and its stack is printed', async () => {
    const response = await get('/api/throws');

    expect(response.status).toBe(500);
    expect(await response.text()).toBe('');
    expect([...response.headers].join()).not.toContain('reason');
    const printed = await until(() => /throws failed[\s\S]*deeper reason/.exec(host.output())?.[0], host.output);
    expect(printed).toContain('the secret reason');
    expect(printed).toMatch(/at .*index\.mjs/);
  });

  test('what a function logs is printed as it is, one line each', async () => {
    await get('/api/logs');

    await until(() => /^\[information\] logs: \{"event":"one"\}$/m.exec(host.output()), host.output);
    await until(() => /^\[warning\] logs: two\\nlines$/m.exec(host.output()), host.output);
  });

  test('a body that says it is larger than 100 MB is answered 413', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-length': String(100 * 1024 * 1024 + 1) };
      const sent = request(`${host.url}/api/echo/1/parts/2`, { method: 'POST', headers }, (response) => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.on('error', reject);
      sent.write('x');
    });

    expect(status).toBe(413);
  });
});

describe('CORS', () => {
  const preflight = (origin: string) =>
    get('/api/echo/1/parts/2', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  test.each(['http://landing.example:1234', 'http://console.example'])(
    'a preflight from %s is answered by the host',
    async (origin) => {
      const response = await preflight(origin);

      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('access-control-allow-methods')).toBe('POST');
      expect(response.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    },
  );

  test('HOST_CORS names the origins instead, separated by commas', () => {
    const env = { LANDING_URL: 'http://landing.example/', HOST_CORS: 'http://a.example, http://b.example:1' };

    expect(allowedOrigins(env)).toEqual(['http://a.example', 'http://b.example:1']);
    expect(allowedOrigins({ ...env, HOST_CORS: '' })).toEqual(['http://landing.example']);
  });

  test('a preflight from another origin is allowed nothing', async () => {
    const response = await preflight('http://elsewhere.example');

    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('access-control-allow-headers')).toBeNull();
  });

  test('answers carry the origin when it is allowed, errors too, and nothing otherwise', async () => {
    const allowed = await get('/api/throws', { headers: { origin: 'http://console.example' } });
    const other = await get('/api/by-name', { headers: { origin: 'http://elsewhere.example' } });

    expect(allowed.headers.get('access-control-allow-origin')).toBe('http://console.example');
    expect(allowed.headers.get('vary')).toBe('Origin');
    expect(other.status).toBe(200);
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('timers', () => {
  const admin = (name: string, query = '') => get(`/admin/functions/${name}${query}`, { method: 'POST' });

  test('a timer runs when asked for, and is told when it is next', async () => {
    const response = await admin('leap-day', '?wait=true');

    expect(response.status).toBe(200);
    await until(() => /leap-day: next \d{4}-02-29T00:00:00.000Z past due false/.exec(host.output()), host.output);
  });

  test('without waiting the answer is 202, also when the run fails; waiting tells', async () => {
    expect((await admin('failing')).status).toBe(202);
    expect((await admin('failing', '?wait=true')).status).toBe(500);
    await until(() => /failing failed[\s\S]*the timer broke/.exec(host.output()), host.output);
  });

  test('an unknown name is answered 404, an HTTP function 400', async () => {
    expect((await admin('nobody')).status).toBe(404);
    expect((await admin('by-name')).status).toBe(400);
  });

  test('a timer runs on its schedule, and at the start only if it says so', async () => {
    await until(() => ((host.output().match(/each-second: tick/g) ?? []).length >= 2 ? true : undefined), host.output);

    expect(host.output().match(/at-start: ran/g)).toHaveLength(1);
    expect(host.output()).not.toContain('seldom: ran');
  });
});
