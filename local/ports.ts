import { createServer } from 'node:net';

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

const TRIES = 100;

/** The first free port of this machine from `usual` upwards that is not `taken` yet. */
export const freePort = async (usual: number, taken: number[] = []): Promise<number> => {
  for (let port = usual; port < usual + TRIES; port += 1) {
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
  throw new Error(`No port is free between ${usual} and ${usual + TRIES - 1}.`);
};
