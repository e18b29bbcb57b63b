import { Agent, request } from 'node:http';
import { connect } from 'node:net';

/** What goes over the wire; header values may hold anything that HTTP can carry. */
export type Sent = {
  method: string;
  /** From the first slash on, taken as it is: nothing is normalised or escaped. */
  path: string;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
};

export type Received = { status: number; contentType: string | undefined; text: string };

const ANSWER_WITHIN_MS = 10_000;

/** Requests over few connections that stay open. `fetch` would refuse or mend much of what is sent here. */
export const makeWire = (base: () => string) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });

  const send = ({ method, path, headers = {}, body }: Sent): Promise<Received> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(base());
      // Node itself says nothing of the length of a body to GET or DELETE, and it would be read as the next request.
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const whole = { ...headers, ...length };
      const outgoing = request({ hostname, port, method, path, headers: whole, agent, timeout: ANSWER_WITHIN_MS });
      outgoing.once('timeout', () => outgoing.destroy(new Error(`${method} ${path} was not answered in time.`)));
      outgoing.once('error', reject);
      outgoing.once('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => {
          resolve({ status: response.statusCode ?? 0, contentType: response.headers['content-type'], text });
        });
        response.once('error', reject);
      });
      outgoing.end(body);
    });

  /** Writes bytes to a connection, ends it, and answers what came back until the other side closed. */
  const writeBytes = (bytes: Uint8Array): Promise<string> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(base());
      let text = '';
      const socket = connect({ host: hostname, port: Number(port), timeout: ANSWER_WITHIN_MS }, () =>
        socket.end(bytes),
      );
      socket.setEncoding('latin1').on('data', (chunk: string) => {
        text += chunk;
      });
      socket.once('timeout', () => socket.destroy(new Error('The connection was held open.')));
      socket.once('close', () => resolve(text));
      // To be cut off is an answer to bytes that are no request.
      socket.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(text) : reject(error),
      );
    });

  return { send, writeBytes, close: () => agent.destroy() };
};

export type Wire = ReturnType<typeof makeWire>;
