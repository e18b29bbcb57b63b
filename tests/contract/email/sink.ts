import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `reset` breaks the connection once the request is read, `silent` never answers. */
export type Answer = 'reset' | 'silent' | { status: number; headers?: Record<string, string>; body?: string };

export type Received = {
  method: string;
  path: string;
  operationId: string | undefined;
  isSigned: boolean;
  body: Record<string, unknown>;
};

export const accepted = (origin: string, id = 'operation-1'): Answer => ({
  status: 202,
  headers: { 'operation-location': `${origin}/emails/operations/${id}?api-version=2025-09-01`, 'retry-after': '30' },
  body: JSON.stringify({ id, status: 'Running', error: null }),
});

const KEY = Buffer.from('the key of the sink').toString('base64');

const sign = (key: string, text: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');

/** Whether the request carries the signature that the service would compute itself (contract 9.2). */
const isSigned = ({ method, url, headers }: IncomingMessage, body: Buffer): boolean => {
  const hash = createHash('sha256').update(body).digest('base64');
  const text = `${method}\n${url}\n${String(headers['x-ms-date'])};${headers.host};${hash}`;
  const expected = `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${sign(KEY, text)}`;
  const actual = headers.authorization ?? '';
  return actual.length === expected.length && timingSafeEqual(Buffer.from(actual), Buffer.from(expected));
};

const read = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const give = (answer: Answer, response: ServerResponse): void => {
  if (answer === 'silent') return;
  if (answer === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(answer.body ?? '');
};

/** The e-mail service as far as a send sees it, on a free port: POSTs and polls get the answers told, in every number. */
export const startSink = async () => {
  const received: Received[] = [];
  let answers: { post: Answer; poll: Answer };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await read(request);
    received.push({
      method: request.method ?? '',
      path: request.url ?? '',
      operationId: request.headers['operation-id'] as string | undefined,
      isSigned: isSigned(request, body),
      body: body.length > 0 ? (JSON.parse(body.toString()) as Record<string, unknown>) : {},
    });
    give(request.method === 'POST' ? answers.post : answers.poll, response);
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const respond = (post: Answer = accepted(origin), poll: Answer = { status: 200, body: '{"status":"Succeeded"}' }) => {
    received.length = 0;
    answers = { post, poll };
  };
  respond();
  return {
    origin,
    connectionString: `endpoint=${origin}/;accesskey=${KEY}`,
    received,
    respond,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
};
