import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that went through. */
export type Seen = { method: string; url: string; headers: Record<string, string>; body: string };

/**
 * What to do with a request instead of letting it through: cut its connection, or answer it. Asked before it is passed on,
 * and again (`after`) when the other side has done it and its answer is about to be handed back.
 */
export type Lever = (
  request: Seen,
  phase: 'before' | 'after',
) => Promise<'cut' | { status: number; body?: string; type?: string } | undefined> | undefined;

const read = async (stream: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Stands before the server at `target` (an origin), counts what passes, and interferes when told to. */
export const startProxy = async (target: string) => {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(target);
  let seen: Seen[] = [];
  let lever: Lever | undefined;

  const passOn = (incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { method, url, headers } = incoming;
      const outgoing = send({ hostname, port, method, path: url, headers, agent }, resolve);
      outgoing.once('error', reject);
      outgoing.end(body);
    });

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await read(incoming);
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const request = { method: incoming.method ?? '', url: incoming.url ?? '', headers, body: body.toString('utf8') };
    seen.push(request);
    const instead = await lever?.(request, 'before');
    if (instead === 'cut') {
      response.destroy();
      return;
    }
    if (instead) {
      const { status, body: content, type = 'application/xml' } = instead;
      response.writeHead(status, { 'content-type': type }).end(content);
      return;
    }
    const answer = await passOn(incoming, body);
    const content = await read(answer);
    if ((await lever?.(request, 'after')) === 'cut') {
      response.destroy();
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(content);
  };

  const server = createServer((incoming, response) => {
    // A caller that was killed is no news, and neither is a target that is being closed.
    handle(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: () => seen,
    forget: () => {
      seen = [];
    },
    /** From now on asks `next` about every request; nothing: lets all through. */
    pull: (next?: Lever) => {
      lever = next;
    },
    close: async (): Promise<void> => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
};

/** A request to storage, or one of those that a transaction holds. */
export type Operation = {
  method: string;
  path: string;
  query: URLSearchParams;
  ifMatch: string | undefined;
  body: string;
};

const PART = /^(GET|POST|PUT|PATCH|MERGE|DELETE) (\S+) HTTP\/1\.1\r\n([\s\S]*?)\r\n\r\n([\s\S]*?)(?=\r\n--changeset)/gm;

const operation = (method: string, url: string, ifMatch: string | undefined, body: string): Operation => {
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  return { method, path: decodeURIComponent(pathname), query: searchParams, ifMatch, body };
};

/** A request, and where it is a transaction the requests that it holds. */
export const operationsOf = ({ method, url, headers, body }: Seen): Operation[] => [
  operation(method, url, headers['if-match'], body),
  ...(url.includes('/$batch')
    ? [...body.matchAll(PART)].map(([, verb = '', at = '', lines = '', content = '']) =>
        operation(verb, at, /^if-match: *(.*)$/im.exec(lines)?.[1], content),
      )
    : []),
];

/** Stands between the app and storage. For `startWorld({ storageThrough: proxy.through })`. */
export const storageProxy = () => {
  const started: Awaited<ReturnType<typeof startProxy>>[] = [];
  const [TABLES, QUEUES] = [0, 1];
  const proxy = (index: number) => {
    const found = started[index];
    if (!found) throw new Error('The proxy is started by startWorld.');
    return found;
  };
  return {
    through: async (connectionString: string): Promise<string> => {
      let through = connectionString;
      for (const endpoint of ['TableEndpoint', 'QueueEndpoint']) {
        const { origin } = new URL(new RegExp(`${endpoint}=([^;]+)`).exec(connectionString)?.[1] ?? '');
        const one = await startProxy(origin);
        started.push(one);
        through = through.replace(`${endpoint}=${origin}`, `${endpoint}=${one.url}`);
      }
      return through;
    },
    tables: () => proxy(TABLES),
    queues: () => proxy(QUEUES),
    close: async (): Promise<void> => {
      await Promise.all(started.map((one) => one.close()));
    },
  };
};
