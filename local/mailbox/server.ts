import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { keep } from '../keep.ts';
import { page } from '../page.ts';
import { controlRoutes } from './control-api.ts';
import { endpointRoutes, type World } from './endpoint.ts';
import { inbox } from './inbox.ts';
import { createMails, type Operation } from './mails.ts';
import { reading } from './reading.ts';

/** A running simulated mailbox. */
export type Mailbox = {
  /** Address of the inbox page. */
  url: string;
  /** What the e-mail SDK connects with; plain http, so it also needs `allowInsecureConnection`. */
  connectionString: string;
  close(): Promise<void>;
};

const routes = (world: World): Hono<{ Bindings: HttpBindings }> => {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get('/', (c) => {
    const to = c.req.query('to');
    return c.html(inbox(world.mails.list(), world.mails.list(to), to));
  });
  app.get('/mails/:id', (c) => {
    const mail = world.mails.list().find((one) => one.operationId === c.req.param('id'));
    return mail
      ? c.html(reading(mail))
      : c.html(page('There is no such mail', 'Mailbox', html`<p><a href="/">Back to the inbox</a></p>`), 404);
  });
  app.route('/control', controlRoutes(world));
  app.route('/', endpointRoutes(world));
  return app;
};

/** Starts an inbox on 127.0.0.1, filled by an endpoint that speaks as Azure Communication Services does. Without `folder` all state is in memory. */
export const startMailbox = async (options: { port?: number; folder?: string } = {}): Promise<Mailbox> => {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accessKey = randomBytes(64);
  const kept = keep<[string, Operation][]>(options.folder, 'mailbox');
  const mails = createMails(kept.last);
  const keeping = kept.from(() => mails.all());
  const listener = getRequestListener(routes({ url, accessKey, mails, faults: [] }).fetch);
  server.on('request', (request, response) => void listener(request, response));
  return {
    url,
    connectionString: `endpoint=${url}/;accesskey=${accessKey.toString('base64')}`,
    close: () =>
      new Promise((resolve, reject) => {
        keeping.stop();
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
};
