/**
 * A stand-in for Microsoft's functions host, for one machine: it loads the built app into this process and drives the
 * real @azure/functions library inside it, so that what is tested is what is deployed.
 *
 * It uses an interface of that library that is typed but not public (its programming model, core-module.ts): the
 * library's version is pinned, and a new one needs the tests of this folder.
 *
 * It covers HTTP routes, queue triggers and timers as the platform runs them. It does not cover: other triggers,
 * inputs and outputs; keys and levels above anonymous; HTTP streaming; hooks; retry policies; function time-outs;
 * settings of host.json beyond `routePrefix` and `extensions.queues`; log levels; scaling; timers that were due while
 * it was not running; identity-based storage connections. A poison queue that is not there it looks for less often (queues.ts).
 *
 * Settings come from the environment, as on the platform. Its own are `HOST_CORS` (cors.ts) and, for tests,
 * `HOST_LEASE_SECONDS`: how long a queue message stays hidden while it is worked on (600, as on the platform). As on the
 * platform `AzureWebJobs.NAME.Disabled=true` switches a function off.
 *
 * `node local/host/main.ts [--port N] [--script PATH]`: `--script` is the app's entry file (default: `main` of
 * package.json); its host.json is in the same folder or the nearest one above. Without `--port`, 7071 or the next
 * free one.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeAdmin } from './admin.ts';
import { allowedOrigins } from './cors.ts';
import { type HostSettings, readHostJson } from './host-json.ts';
import { close, listen, makeServer } from './http.ts';
import { makeInvoke } from './invoke.ts';
import { log, logFailure } from './log.ts';
import { nodeProblem } from './node-version.ts';
import { startQueues } from './queues.ts';
import { type App, loadApp, type RegisteredFunction } from './registry.ts';
import { makeRoutes } from './routes.ts';
import { startTimers } from './timers.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const USUAL_PORT = 7071;
const PORTS_TO_TRY = 100;
const STOP_WITHIN_MS = 5000;
const DEFAULT_LEASE_SECONDS = 600;

const fail = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

const entryFile = async (given: string | undefined) => {
  if (given !== undefined) return resolve(given);
  const { main } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')) as { main: string };
  return join(PROJECT, main);
};

const folderOfHostJson = (script: string): string => {
  for (let folder = dirname(script); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'host.json'))) return folder;
    if (folder === dirname(folder)) return fail(`There is no host.json beside or above ${script}.`);
  }
};

const listenOnFirstFree = async (server: Server, given: number | undefined) => {
  const first = given ?? USUAL_PORT;
  const last = given === undefined ? first + PORTS_TO_TRY : first;
  for (let port = first; port <= last; port++) {
    try {
      return await listen(server, port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  return fail(`Port ${first} is in use. Stop what uses it, or choose another one with --port.`);
};

const describe = ({ metadata, trigger }: RegisteredFunction, routePrefix: string) => {
  if (trigger.type === 'queueTrigger') return `${metadata.name}: queue ${trigger.queueName}`;
  if (trigger.type === 'timerTrigger') return `${metadata.name}: timer ${trigger.schedule}`;
  return `${metadata.name}: ${trigger.methods.join(' ')} /${routePrefix}/${trigger.route ?? metadata.name}`;
};

const start = async (
  app: App,
  all: RegisteredFunction[],
  { routePrefix, queues: settings }: HostSettings,
  givenPort: number | undefined,
) => {
  const { env } = process;
  const { invoke, idle } = makeInvoke(app.model);
  const server = makeServer({
    findRoute: makeRoutes(app.functions, routePrefix),
    // As on the platform, what is switched off can still be run by hand.
    admin: makeAdmin(all, invoke),
    origins: allowedOrigins(env),
    invoke,
  });
  const port = await listenOnFirstFree(server, givenPort);
  const leaseSeconds = Number(env['HOST_LEASE_SECONDS'] || DEFAULT_LEASE_SECONDS);
  const queues = startQueues(app.functions, { settings, leaseSeconds, invoke, env });
  const timers = startTimers(app.functions, invoke);

  const stop = async () => {
    setTimeout(() => {
      log('warning', 'host', `stopped with functions still running after ${STOP_WITHIN_MS / 1000} seconds`);
      process.exit(0);
    }, STOP_WITHIN_MS);
    timers.stop();
    await Promise.all([close(server), queues.stop(), idle()]);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  // Started by start.ts: a host does not outlive the process that asked for it.
  process.once('disconnect', () => void stop());

  for (const fn of app.functions) process.stdout.write(`  ${describe(fn, routePrefix)}\n`);
  process.stdout.write(`Functions host ready: http://127.0.0.1:${port}\n`);
};

const problem = nodeProblem(process.versions.node);
if (problem !== undefined) fail(problem);
const { values } = parseArgs({ options: { port: { type: 'string' }, script: { type: 'string' } } });
const script = await entryFile(values.script);
if (!existsSync(script)) fail(values.script === undefined ? 'Run npm run build first.' : `There is no ${script}.`);
const folder = folderOfHostJson(script);
process.chdir(folder);
try {
  const settings = await readHostJson(join(folder, 'host.json'));
  const loaded = await loadApp(script);
  const isEnabled = ({ metadata }: RegisteredFunction): boolean =>
    process.env[`AzureWebJobs.${metadata.name}.Disabled`] !== 'true';
  const app = { ...loaded, functions: loaded.functions.filter(isEnabled) };
  await start(app, loaded.functions, settings, values.port === undefined ? undefined : Number(values.port));
} catch (error) {
  logFailure(`The functions app in ${script} could not be started.`, error);
  process.exit(1);
}
