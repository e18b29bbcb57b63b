import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Fault } from './control-schema.ts';
import type { Mails } from './mails.ts';
import { readMessage } from './message.ts';
import { isSigned } from './signature.ts';

/** What the routes of the simulated mailbox share. */
export type World = { url: string; accessKey: Buffer; mails: Mails; faults: Fault[] };
type Env = { Bindings: HttpBindings; Variables: { body: Buffer; fault: Fault | undefined } };

const refuse = (c: Context<Env>, status: ContentfulStatusCode, code: string, message: string): Response =>
  c.json({ error: { code, message } }, status, { 'x-ms-error-code': code });

const FAULT_CODES: Record<number, string> = { 429: 'TooManyRequests', 500: 'InternalServerError' };

const signed = ({ accessKey }: World): MiddlewareHandler<Env> => {
  return async (c, next) => {
    const body = Buffer.from(await c.req.arrayBuffer());
    const target = c.env.incoming.url ?? '';
    const request = { method: c.req.method, target, header: (name: string) => c.req.header(name), body };
    if (!isSigned(request, accessKey)) return refuse(c, 401, 'Denied', 'Denied by the resource provider.');
    if (!c.req.query('api-version')) return refuse(c, 400, 'MissingApiVersionParameter', 'api-version is missing.');
    c.set('body', body);
    return next();
  };
};

const faulty = ({ faults }: World, on: 'send' | 'poll'): MiddlewareHandler<Env> => {
  return async (c, next) => {
    const fault = faults.find((one) => (one.on ?? 'send') === on && one.times > 0);
    if (fault) fault.times -= 1;
    c.set('fault', fault);
    if (fault?.reset === 'before') {
      c.env.incoming.socket.destroy();
    } else if (fault?.status) {
      if (fault.retryAfterSeconds !== undefined) c.header('retry-after', String(fault.retryAfterSeconds));
      const code = FAULT_CODES[fault.status] ?? 'Fault';
      c.res = refuse(c, fault.status as ContentfulStatusCode, code, 'This fault was asked for.');
    } else {
      await next();
    }
    if (fault?.delayMs) await sleep(fault.delayMs);
    if (fault?.reset === 'after') c.env.incoming.socket.destroy();
    return c.res;
  };
};

/** The e-mail endpoint that the SDK sends to (contract 9). An operation is Running at its first poll and done at the second. */
export const endpointRoutes = (world: World): Hono<Env> => {
  const app = new Hono<Env>();

  app.post('/emails:send', signed(world), faulty(world, 'send'), (c) => {
    const operationId = (c.req.header('operation-id') ?? randomUUID()).toLowerCase();
    const read = readMessage(c.get('body'));
    if ('fault' in read) return refuse(c, 400, 'BadRequest', read.fault);
    world.mails.accept(operationId, read.message, c.get('fault')?.poll === 'failed' ? 'Failed' : 'Succeeded');
    c.header(
      'Operation-Location',
      `${world.url}/emails/operations/${operationId}?api-version=${c.req.query('api-version')}`,
    );
    c.header('retry-after', '1');
    return c.json({ id: operationId, status: 'Running', error: null }, 202);
  });

  app.get('/emails/operations/:id', signed(world), faulty(world, 'poll'), (c) => {
    const id = c.req.param('id').toLowerCase();
    const operation = world.mails.operation(id);
    if (!operation) return refuse(c, 404, 'NotFound', 'There is no such operation.');
    operation.polls += 1;
    if (operation.polls === 1) {
      c.header('retry-after', '1');
      return c.json({ id, status: 'Running', error: null });
    }
    const error = operation.outcome === 'Failed' ? { code: 'EmailDropped', message: 'The mail was dropped.' } : null;
    return c.json({ id, status: operation.outcome, error });
  });
  return app;
};
