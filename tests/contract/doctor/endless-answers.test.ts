import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ask } from '../../../src/adapters/web/ask.ts';

/** An address in the settings may be anybody's: an answer without end must not fill the app's memory. */
const CHUNK = Buffer.alloc(64 * 1024, 'x');
let written = 0;
let isCut: Promise<void>;
const server = createServer((_request, response) => {
  isCut = new Promise((resolve) => {
    response.once('close', resolve);
  });
  const more = (): void => {
    while (!response.destroyed && response.write(CHUNK)) written += CHUNK.length;
    written += CHUNK.length;
    response.once('drain', more);
  };
  more();
});
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

test('an answer without end is read to its first 512 KiB, and the connection is cut', async () => {
  const reply = await ask({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });

  expect(reply).toMatchObject({ kind: 'answer', status: 200 });
  expect(reply.kind === 'answer' && reply.text.length).toBe(512 * 1024);
  await isCut;
  // What lies in the buffers of both sides is more than what was read, and no more than that.
  expect(written).toBeLessThan(32 * 1024 * 1024);
});
