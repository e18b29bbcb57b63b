import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nodeProblem } from '../../../local/host/node-version.ts';
import { startHost } from '../../../local/host/start.ts';
import { startOwn } from '../../support/stand-ins/start-own.ts';
import { bundle, unbundled, until } from './fixture.ts';

const START = new URL('../../../local/host/start.ts', import.meta.url).href;
const MAIN = fileURLToPath(new URL('../../../local/host/main.ts', import.meta.url));

let app: Awaited<ReturnType<typeof bundle>>;
beforeAll(async () => {
  app = await bundle('http');
});
afterAll(() => app.remove());

const runMain = async (...args: string[]) => {
  const child = spawn(process.execPath, [MAIN, ...args], { env: {} });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, printed };
};

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('starting', () => {
  test('an app that finds the library in node_modules runs, too', async () => {
    const host = await startHost({ env: {}, script: unbundled('http') });

    const answer = await (await fetch(`${host.url}/api/by-name`)).text();
    await host.stop();

    expect(answer).toBe('by its name');
  });

  test('it says once where it is ready, and lists the functions', async () => {
    const host = await startHost({ env: {}, script: app.script });
    await host.stop();

    expect(host.output().match(/^Functions host ready: http:\/\/127\.0\.0\.1:\d+$/gm)).toHaveLength(1);
    expect(host.output()).toContain('echo: GET POST /api/echo/{id}/parts/{*rest}');
    expect(host.output()).toContain('each-second: timer * * * * * *');
  });

  test('the app sees the given settings and nothing else of this process', async () => {
    process.env['FIXTURE_FROM_OUTSIDE'] = 'no';
    const host = await startHost({ env: { FIXTURE_GIVEN: 'yes' }, script: app.script });
    delete process.env['FIXTURE_FROM_OUTSIDE'];

    const names = (await (await fetch(`${host.url}/api/environment`)).json()) as string[];
    await host.stop();

    expect(names.filter((name) => name.startsWith('FIXTURE_'))).toEqual(['FIXTURE_GIVEN']);
    expect(names).toContain('PATH');
  });

  test.each([
    ['throws while it loads', 'FIXTURE_SETTING must be a GUID'],
    ['registers nothing', 'registered no functions'],
    ['one name twice', 'Two functions are named "twin"'],
    ['an output', 'no binding "queue"'],
    ['another trigger', 'no binding "warmupTrigger"'],
    ['a route constraint', 'does not know the route segment "{id:guid}"'],
    ['a schedule', 'does not have six fields'],
  ])('an app with this fault ends it with 1 and the reason: %s', async (fault, reason) => {
    const start = startHost({ env: { FIXTURE_FAULT: fault }, script: unbundled('broken') });

    const error = await start.catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ message: expect.stringMatching(/ended with 1[^]*could not be started/) });
    expect(error).toMatchObject({ message: expect.stringContaining(reason) });
  });

  test('queue functions without a storage connection end it with 1 and the setting', async () => {
    await expect(startHost({ env: {}, script: unbundled('queues') })).rejects.toThrow(
      /ended with 1[\s\S]*AzureWebJobsStorage must hold a storage connection string/,
    );
  });

  test('without a storage service it runs, and says once per queue that it cannot be read', async () => {
    const storage = await startOwn('storage');
    await storage.close();
    const host = await startHost({
      env: { AzureWebJobsStorage: storage.connectionString },
      script: unbundled('queues'),
    });
    const warnings = () => host.output().match(/Queue \S+ cannot be read: ECONNREFUSED/g) ?? [];

    await until(() => (warnings().length >= 6 ? true : undefined), host.output);
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    await host.stop();

    expect(new Set(warnings()).size).toBe(6);
    expect(warnings()).toHaveLength(6);
  });

  test('an entry file that is not there ends it with 1', async () => {
    const { code, printed } = await runMain('--script', unbundled('nowhere'));

    expect(code).toBe(1);
    expect(printed).toMatch(/^There is no .*nowhere\.ts\.$/m);
  });

  test('a port that was asked for and is taken ends it with 1 and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };

    const start = startHost({ env: {}, port, script: app.script });

    await expect(start).rejects.toThrow(new RegExp(`Port ${port} is in use`));
    other.close();
  });

  test('a Node that does not run TypeScript by itself is told so', () => {
    expect(nodeProblem('20.19.5')).toMatch(/^Node 20\.19\.5 cannot/);
    expect(nodeProblem('22.17.1')).toMatch(/^Node 22\.17\.1 cannot/);
    expect([nodeProblem('22.18.0'), nodeProblem('23.0.0'), nodeProblem('24.21.0')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('stopping', () => {
  test('on SIGTERM a running function is finished and answered, then it exits with 0', async () => {
    const host = await startHost({ env: {}, script: app.script });
    const answer = fetch(`${host.url}/api/slow`).then((response) => response.text());
    await until(() => /slow began/.exec(host.output()), host.output);
    const asked = performance.now();

    await host.stop();

    expect(await answer).toBe('slow but whole');
    expect(performance.now() - asked).toBeLessThan(2000);
    await expect(fetch(host.url)).rejects.toThrow('fetch failed');
  });

  test('on SIGINT it exits with 0', async () => {
    const child = spawn(process.execPath, [MAIN, '--port', '0', '--script', app.script], { env: {} });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await until(
      () => /host ready/.exec(printed),
      () => printed,
    );

    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number];

    expect(code).toBe(0);
  });

  test('it ends when the process that started it is killed', async () => {
    const program = `
      const { startHost } = await import(${JSON.stringify(START)});
      const host = await startHost({ env: {}, script: ${JSON.stringify(unbundled('quiet'))} });
      console.log(host.url);`;
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', program]);
    const [printed] = (await once(starter.stdout, 'data')) as [Buffer];
    const url = printed.toString().trim();
    expect((await fetch(url)).status).toBe(200);

    starter.kill('SIGKILL');

    const answers = () => fetch(url).catch(() => 'refused');
    await until(
      async () => ((await answers()) === 'refused' ? true : undefined),
      () => `${url} still answers.`,
    );
  });

  test('killed, it is gone at once', async () => {
    const host = await startHost({ env: {}, script: app.script });

    await host.kill();

    expect(isRunning(host.pid)).toBe(false);
  });
});
