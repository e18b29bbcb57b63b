import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** As `npm run build` makes it of `main.ts`. */
const MAIN = fileURLToPath(new URL('../../.cache/host/main.js', import.meta.url));
const READY = /^Functions host ready: (http:\S+)\n/m;
const READY_WITHIN_MS = 30_000;

/** A running functions host, in a process of its own. */
export type Host = {
  /** address without trailing slash; the app's routes are under `${url}/api` */
  url: string;
  pid: number;
  /** everything that it printed so far, stdout and stderr */
  output: () => string;
  /** asks it to stop and waits until it has: running functions get 5 seconds */
  stop: () => Promise<void>;
  /** ends it at once, as a crash would, and waits until it is gone */
  kill: () => Promise<void>;
};

/**
 * Starts the functions host and waits until it is ready.
 *
 * The app sees `env` and the PATH and HOME of this process, nothing else. `port` absent or 0: any free one. `script`:
 * the app's entry file, by default the built app. The host ends when this process does.
 *
 * @throws Error with everything it printed when it ends, or is not ready within 30 seconds
 */
export const startHost = async ({
  env,
  port = 0,
  script,
}: {
  env: Record<string, string>;
  port?: number;
  script?: string;
}): Promise<Host> => {
  const { PATH, HOME } = process.env;
  const args = [MAIN, '--port', String(port), ...(script === undefined ? [] : ['--script', script])];
  const child = spawn(process.execPath, args, {
    env: { ...(PATH && { PATH }), ...(HOME && { HOME }), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
    });
  }
  const output = () => printed;
  const url = await ready(child, output);

  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    await new Promise((resolve) => {
      child.once('close', resolve);
      child.kill(signal);
    });
  };
  return { url, pid: child.pid ?? 0, output, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
};

const ready = (child: ChildProcess, output: () => string): Promise<string> =>
  new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(timeout);
      reject(new Error(`The functions host ${reason}.\n${output()}`));
    };
    const timeout = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`was not ready within ${READY_WITHIN_MS / 1000} seconds`);
    }, READY_WITHIN_MS);
    const look = () => {
      const url = READY.exec(output())?.[1];
      if (url === undefined) return;
      child.stdout?.off('data', look);
      clearTimeout(timeout);
      resolve(url);
    };
    child.stdout?.on('data', look);
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    child.once('close', (code, signal) => fail(`ended with ${code ?? signal}`));
  });
