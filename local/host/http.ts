import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { handleCors } from './cors.ts';
import { readBody, sendRpcResponse, toRpcRequest } from './http-message.ts';
import type { Invoke } from './invoke.ts';
import { logFailure } from './log.ts';
import type { FindRoute } from './routes.ts';

/** Answers requests under `/admin/`; false when there is nothing at that path. */
export type Admin = (request: IncomingMessage, url: URL, body: string, response: ServerResponse) => Promise<boolean>;

/** The HTTP side of the host: routes to functions, `/admin/`, and a page at `/` that says the host is up. */
export const makeServer = (parts: { findRoute: FindRoute; invoke: Invoke; admin: Admin; origins: string[] }): Server =>
  createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      const callerWentAway = !request.complete;
      if (!callerWentAway) logFailure(`${request.method} could not be answered`, error);
      if (callerWentAway || response.headersSent) response.destroy();
      else end(response, 500);
    });
  });

const answer = async (
  { findRoute, invoke, admin, origins }: Parameters<typeof makeServer>[0],
  request: IncomingMessage,
  response: ServerResponse,
) => {
  if (handleCors(origins, request, response)) return;
  const address = `http://${request.headers.host}${request.url}`;
  if (!URL.canParse(address)) {
    end(response, 400);
    return;
  }
  const url = new URL(address);
  if (url.pathname === '/' && request.method === 'GET') {
    response.setHeader('content-type', 'text/plain').end('The functions host is running.\n');
    return;
  }

  const isAdmin = url.pathname.startsWith('/admin/');
  const route = isAdmin ? undefined : findRoute(request.method ?? '', url.pathname);
  if (!isAdmin && route === undefined) {
    end(response, 404);
    return;
  }
  const body = await readBody(request);
  if (body === undefined) {
    end(response.setHeader('connection', 'close'), 413);
  } else if (route === undefined) {
    if (!(await admin(request, url, body.toString(), response))) end(response, 404);
  } else {
    const input = { http: toRpcRequest(request, url, route.params, body) };
    const outcome = await invoke(route.fn, input).catch(() => 'failed' as const);
    if (outcome === 'failed') end(response, 500);
    else sendRpcResponse(response, outcome.returnValue);
  }
};

const end = (response: ServerResponse, status: number) => {
  response.writeHead(status).end();
};

/** Listens on loopback. @throws the system's error, `EADDRINUSE` when the port is taken */
export const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** Takes no more requests and waits until those under way are answered; kept-alive connections do not hold it up. */
export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    server.close(() => {
      clearInterval(idle);
      resolve();
    });
  });
