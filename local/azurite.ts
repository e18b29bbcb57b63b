import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

type Server = { start(): Promise<void>; close(): Promise<void>; getHttpServerAddress(): string };
type Constructor<Made> = new (...settings: unknown[]) => Made;

/** The account and key that every Azurite has: public, and no secret. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

// Azurite takes its settings by position; these are the ones of its ConfigurationBase. Unset ones keep its defaults.
const address = (database: string) => ['127.0.0.1', /* any port */ 0, /* keep alive, seconds */ 5, database];
const queueLogs = [/* access log */ false, undefined, /* debug log */ false, undefined];
const tableLogs = [/* debug log */ false, /* access log */ false, undefined, undefined];
const lenient = [/* loose */ false, /* skipApiVersionCheck */ true];
const plainHttp = [
  /* certificate */ '',
  /* key */ '',
  /* password */ '',
  /* oauth */ undefined,
  /* plain URLs */ false,
];

/**
 * Storage for one machine: the tables and queues of Azurite, inside this process, on free ports.
 *
 * Keeps everything in memory, or in `folder` if one is given (written every few seconds and by `close`).
 * Azurite has no interface for this, so its classes are reached by deep imports and its version is pinned. Its
 * telemetry is started by its own command line only: nothing is sent from here.
 *
 * @returns `connectionString` is meant for the setting `AzureWebJobsStorage`
 */
export const startAzurite = async ({ folder }: { folder?: string } = {}) => {
  const require = createRequire(import.meta.url);
  const load = <Made = object>(path: string) =>
    (require(`azurite/dist/src/${path}`) as { default: Constructor<Made> }).default;
  const QueueServer = load<Server>('queue/QueueServer');
  const QueueConfiguration = load('queue/QueueConfiguration');
  const TableServer = load<Server>('table/TableServer');
  const TableConfiguration = load('table/TableConfiguration');
  const { MemoryExtentChunkStore } = require('azurite/dist/src/common/persistence/MemoryExtentStore') as {
    MemoryExtentChunkStore: Constructor<object>;
  };

  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const inMemory = folder === undefined;
  const file = (name: string) => join(folder ?? '', name);
  const texts = [{ locationId: 'Default', locationPath: file('queue-texts'), maxConcurrency: 1 }];
  const queueSettings = [...address(file('queues.json')), file('queue-extents.json'), texts, ...queueLogs, ...lenient];
  const tableSettings = [...address(file('tables.json')), ...tableLogs, ...lenient];
  // Without a store of its own, a server shares the message texts of all servers of the process.
  const ownTexts = new MemoryExtentChunkStore();
  const queue = new QueueServer(new QueueConfiguration(...queueSettings, ...plainHttp, inMemory, ownTexts));
  const table = new TableServer(new TableConfiguration(...tableSettings, ...plainHttp, inMemory));
  await Promise.all([queue.start(), table.start()]);

  const queueUrl = `${queue.getHttpServerAddress()}/${ACCOUNT}`;
  const tableUrl = `${table.getHttpServerAddress()}/${ACCOUNT}`;
  const account = `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY}`;
  return {
    connectionString: `${account};QueueEndpoint=${queueUrl};TableEndpoint=${tableUrl};`,
    tableUrl,
    queueUrl,
    /** Stops both services, cutting open connections; what was in memory is gone. */
    close: async () => {
      await Promise.all([queue.close(), table.close()]);
    },
  };
};
