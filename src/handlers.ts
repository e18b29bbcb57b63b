import type { HttpHandler, StorageQueueHandler, TimerHandler } from '@azure/functions';
import type { Service } from './composition.ts';
import { readConfig } from './config.ts';

// A fault in the settings ends the start here, with every fault in the message: the host shows it and serves nothing.
const config = readConfig();

let loading: Promise<Service> | undefined;

/** The service is loaded with the first call: the platform starts an app faster the less there is to load (design 9). */
const service = (): Promise<Service> => {
  loading ??= import('./composition.ts').then(({ compose }) => compose(config));
  return loading.catch((error: unknown) => {
    // The next call tries again.
    loading = undefined;
    throw error;
  });
};

export const http =
  (name: keyof Service['http']): HttpHandler =>
  async (request, context) =>
    (await service()).http[name](request, context);

export const worker =
  (name: keyof Service['workers']): StorageQueueHandler =>
  async (message, context) => {
    await (await service()).workers[name](message, context);
  };

export const timer =
  (name: keyof Service['timers']): TimerHandler =>
  async (timerInfo, context) => {
    await (await service()).timers[name](timerInfo, context);
  };
