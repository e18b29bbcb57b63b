import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * The origins that may call from a browser: `HOST_CORS` (comma separated), or those of `LANDING_URL` and `CONSOLE_URL`.
 */
export const allowedOrigins = (env: NodeJS.ProcessEnv): string[] => {
  const listed = env['HOST_CORS'];
  if (listed) return listed.split(',').map((origin) => origin.trim());
  return [env['LANDING_URL'], env['CONSOLE_URL']].flatMap((url) =>
    url !== undefined && URL.canParse(url) ? [new URL(url).origin] : [],
  );
};

/**
 * Does the platform's part of CORS: marks answers to allowed origins and answers preflight requests itself.
 *
 * Like the platform it exposes no response header to pages. A preflight of another origin gets a bare 204.
 *
 * @returns true when the request was a preflight and is answered
 */
export const handleCors = (origins: string[], request: IncomingMessage, response: ServerResponse): boolean => {
  const { origin } = request.headers;
  if (origin === undefined) return false;
  const allowed = origins.includes(origin);
  if (allowed) response.setHeader('access-control-allow-origin', origin).setHeader('vary', 'Origin');

  const method = request.headers['access-control-request-method'];
  if (request.method !== 'OPTIONS' || method === undefined) return false;
  if (allowed) {
    response.setHeader('access-control-allow-methods', method);
    const headers = request.headers['access-control-request-headers'];
    if (headers !== undefined) response.setHeader('access-control-allow-headers', headers);
  }
  response.writeHead(204).end();
  return true;
};
