// One process for the stand-ins of all tests: they take longer to load than most test files run. `POST /{kind}` with its
// options starts one and answers what it is reached by, `DELETE /{id}` ends it. The process ends with jest.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Kind, start } from './kinds.ts';

const started = new Map<string, { close(): Promise<void> }>();

const answer = async (request: IncomingMessage): Promise<object> => {
  const [wanted, body] = [request.url?.slice(1) ?? '', await text(request)];
  if (request.method === 'DELETE') {
    await started.get(wanted)?.close();
    started.delete(wanted);
    return {};
  }
  const standIn = await start(wanted as Kind, JSON.parse(body));
  const id = randomUUID();
  started.set(id, standIn);
  return { id, ...standIn };
};

const server = createServer((request, response) => {
  answer(request).then(
    (body) => response.end(JSON.stringify(body)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
