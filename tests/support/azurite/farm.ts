// One process for the storage of all tests: Azurite takes longer to load than most test files run. `POST /` answers with
// storage of one's own, `DELETE /{id}` ends it. It ends with jest.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startAzurite } from '../../../local/azurite.ts';

const started = new Map<string, Awaited<ReturnType<typeof startAzurite>>>();

const answer = async ({ method, url = '' }: IncomingMessage): Promise<object> => {
  const id = method === 'DELETE' ? url.slice(1) : randomUUID();
  if (method === 'DELETE') {
    await started.get(id)?.close();
    started.delete(id);
    return {};
  }
  const storage = await startAzurite();
  started.set(id, storage);
  const { connectionString, tableUrl, queueUrl } = storage;
  return { id, connectionString, tableUrl, queueUrl };
};

const server = createServer((request, response) => {
  answer(request).then(
    (body) => response.end(JSON.stringify(body)),
    () => response.writeHead(500).end(),
  );
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
