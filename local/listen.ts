import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

/** A server on 127.0.0.1; `close` cuts open connections. */
export type Listening = { url: string; close(): Promise<void> };

/** Serves `fetch` on 127.0.0.1. Port 0: any free one. */
export const listen = async (fetch: Fetch, port = 0): Promise<Listening> => {
  const server = createAdaptorServer({ fetch }) as Server;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
