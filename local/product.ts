import { Hono } from 'hono';
import { html } from 'hono/html';
import { type Listening, listen } from './listen.ts';
import { page } from './page.ts';

/** Stands for the publisher's product: the page that **Open your workspace** leads to. */
export const startProduct = ({ port }: { port?: number } = {}): Promise<Listening> => {
  const app = new Hono();
  app.get('/', (c) =>
    c.html(
      page(
        'Your workspace',
        'Unifize QMS',
        html`<section><p>This would be the product, opened for organization <code>${c.req.query('organization') ?? 'unknown'}</code>.</p></section>`,
      ),
    ),
  );
  return listen(app.fetch, port);
};
