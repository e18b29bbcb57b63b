import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKillingProxy } from '../../support/killing-proxy.ts';
import { startWorld } from '../../support/world.ts';
import { watch } from './wire.ts';

/** The usual world, with the killing proxy between the app and storage, Marketplace and mail. `webhook`: Microsoft tells. */
export const startMortalWorld = async ({ webhook = false } = {}) => {
  let life = 0;
  const compiled = await mkdtemp(join(tmpdir(), 'compiled-'));
  const wire = watch(() => life);
  const proxy = await startKillingProxy(() => void world.host().kill(), wire);

  /** A setting with the address that follows `name` in it replaced by the proxy's. */
  const rerouted = async (setting: string, to: string, name = ''): Promise<string> => {
    const origin = new RegExp(`${name}(https?://[^/;]+)`).exec(setting)?.[1] ?? '';
    return setting.replace(`${name}${origin}`, `${name}${await proxy.through(to, origin)}`);
  };
  const world = await startWorld({
    webhook,
    storageThrough: async (connectionString) =>
      rerouted(await rerouted(connectionString, 'tables', 'TableEndpoint='), 'queues', 'QueueEndpoint='),
  });
  const { MARKETPLACE_API_URL = '', EMAIL_CONNECTION_STRING = '' } = world.settings();
  await world.restart({
    MARKETPLACE_API_URL: await rerouted(MARKETPLACE_API_URL, 'marketplace'),
    EMAIL_CONNECTION_STRING: await rerouted(EMAIL_CONNECTION_STRING, 'mail', 'endpoint='),
    // It runs at each full minute, and would wake the work of those who were killed before.
    'AzureWebJobs.sweep.Disabled': 'true',
    // The app starts two hundred times: the same build is compiled once.
    NODE_COMPILE_CACHE: compiled,
  });
  return {
    ...world,
    arm: proxy.arm,
    wire,
    restart: async (changed?: Record<string, string>): Promise<void> => {
      // What the dead one sent last arrives before it is gone; the next one sends before it is known to be ready.
      await world.host().kill();
      life += 1;
      await world.restart(changed);
    },
    close: async (): Promise<void> => {
      await world.close();
      await proxy.close();
      await rm(compiled, { recursive: true });
    },
  };
};

export type MortalWorld = Awaited<ReturnType<typeof startMortalWorld>>;
