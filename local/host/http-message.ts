import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RpcCookie, RpcData, RpcHttp } from './core-module.ts';

/** The platform's limit for a request's body. */
export const BODY_LIMIT_BYTES = 100 * 1024 * 1024;

/** The body's bytes, or undefined when it is larger than the limit. */
export const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/**
 * A request as the host hands it to the worker: repeated headers and query parameters are joined by commas, and the
 * caller's address is the last of `x-forwarded-for`, where the platform's front end writes it.
 */
export const toRpcRequest = (request: IncomingMessage, url: URL, params: Record<string, string>, body: Buffer) => {
  const headers: Record<string, string> = {};
  for (const [name, values = []] of Object.entries(request.headersDistinct)) headers[name] = values.join(',');
  const caller = `${request.socket.remoteAddress}:${request.socket.remotePort}`;
  headers['x-forwarded-for'] = [...(request.headersDistinct['x-forwarded-for'] ?? []), caller].join(',');

  const query: Record<string, string> = {};
  for (const name of url.searchParams.keys()) query[name] = url.searchParams.getAll(name).join(',');

  const http: RpcHttp = { method: request.method ?? 'GET', url: url.href, headers, query, params };
  return body.length > 0 ? { ...http, body: { bytes: body } } : http;
};

/** Sends what a function returned. One that returned nothing is answered 204, as by the platform. */
export const sendRpcResponse = (response: ServerResponse, returned: RpcData | null | undefined) => {
  const http = returned?.http;
  if (http === undefined) {
    response.writeHead(204).end();
    return;
  }
  for (const [name, value] of Object.entries(http.headers ?? {})) {
    // The body is sent whole here, whatever the handler announced.
    if (name !== 'content-length' && name !== 'transfer-encoding') response.setHeader(name, value);
  }
  for (const cookie of http.cookies ?? []) response.appendHeader('set-cookie', serialize(cookie));
  response.writeHead(Number(http.statusCode)).end(http.body?.bytes);
};

const serialize = ({ name, value, domain, path, expires, secure, httpOnly, sameSite, maxAge }: RpcCookie) =>
  [
    `${name}=${encodeURIComponent(value)}`,
    domain && `Domain=${domain.value}`,
    path && `Path=${path.value}`,
    expires && `Expires=${new Date(expires.value.seconds * 1000).toUTCString()}`,
    maxAge && `Max-Age=${maxAge.value}`,
    secure?.value && 'Secure',
    httpOnly?.value && 'HttpOnly',
    sameSite !== undefined && sameSite !== 'none' && `SameSite=${SAME_SITE[sameSite]}`,
  ]
    .filter(Boolean)
    .join('; ');

const SAME_SITE = { lax: 'Lax', strict: 'Strict', explicitNone: 'None' };
