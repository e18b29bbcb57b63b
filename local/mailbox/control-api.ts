import { Hono } from 'hono';
import { fault } from './control-schema.ts';
import type { World } from './endpoint.ts';

/** Levers for tests: what arrived, a clean start, and faults. */
export const controlRoutes = ({ mails, faults }: Pick<World, 'mails' | 'faults'>): Hono => {
  const app = new Hono();
  app.onError((error, c) => c.json({ error: error.message }, 400));
  app.get('/mails', (c) => c.json(mails.list(c.req.query('to'))));
  app.delete('/mails', (c) => {
    mails.clear();
    return c.body(null, 204);
  });
  app.post('/faults', async (c) => {
    faults.push(fault.parse(await c.req.json()));
    return c.body(null, 204);
  });
  return app;
};
