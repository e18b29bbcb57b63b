import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { examine } from '../../../src/application/checks/examine.ts';
import { probesOf } from '../../../src/composition.ts';
import { parseConfig } from '../../../src/config.ts';
import { readText } from '../../support/source-files.ts';

/** The page gives up after 30 s: whatever hangs, the report is there before, with all that needs no storage. */
const { Values: example } = JSON.parse(readText('local.settings.example.json')) as { Values: Record<string, string> };
const LIMIT_MS = 2000;

const sockets = new Set<Socket>();
const server = createServer((socket) => {
  sockets.add(socket);
});
/** What is asked of storage goes on after the report; nothing of it outlives the test. */
const asked: Promise<unknown>[] = [];
const watched = <Port extends object>(port: Port): Port =>
  new Proxy(port, {
    get: (target, name) => {
      const ask = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) => {
        const answer = ask(...args);
        asked.push(answer);
        return answer;
      };
    },
  });
let storage: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const address = (service: string): string => `${service}Endpoint=http://127.0.0.1:${port}/devstoreaccount1`;
  const account = 'DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=bm90IGEgc2VjcmV0';
  storage = `${account};${address('Table')};${address('Queue')};`;
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  await Promise.allSettled(asked);
});

test('the whole report takes no longer than its limit, and says what it can', async () => {
  const probes = await probesOf(parseConfig({ ...example, AzureWebJobsStorage: storage }), { hasIdentity: false });
  const { storage: tables, records, passes, sightings } = probes;
  if (!tables || !records || !passes || !sightings) throw new Error('Storage is reached with a connection string.');
  const hanging = {
    storage: watched(tables),
    records: watched(records),
    passes: watched(passes),
    sightings: watched(sightings),
  };
  const from = performance.now();
  const { checks, partnerCenter } = await examine(
    { ...probes, ...hanging, list: async () => ({ kind: 'no-identity' }) },
    { limitMs: LIMIT_MS },
  );

  expect(performance.now() - from).toBeLessThan(1.6 * LIMIT_MS);
  expect(checks.find(({ id }) => id === 'storage-rows')).toMatchObject({
    state: 'failed',
    found: 'The check took longer than 2 s.',
  });
  expect(checks.find(({ id }) => id === 'settings')).toMatchObject({ state: 'ok' });
  expect(partnerCenter.map(({ field, proof }) => `${field}: ${proof}`)).toEqual(
    expect.arrayContaining(['Landing page URL: how-to-prove', 'Resolve: not-provable', 'Delete: not-provable']),
  );
});
