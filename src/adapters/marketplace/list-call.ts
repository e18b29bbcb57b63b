import type { ListPage, Marketplace } from '../../application/ports.ts';
import { unavailable } from './errors.ts';
import { type Call, unexpected } from './fulfilment-call.ts';
import { type Fields, fields, list, parse, snapshotOf, text } from './wire.ts';

type PageFields = Fields<'subscriptions' | '@nextLink'>;

/**
 * The token of a next link, percent-encoded as Microsoft wrote it: read anew, a `+` in it would mean something else. Of the
 * link nothing else is used, because it may point at another host (contract 2.1).
 */
const continuationOf = (link: string): string | undefined => {
  if (link === '') return undefined;
  const token = /[?&]continuationToken=([^&#\s]+)/i.exec(link)?.[1];
  if (token === undefined) throw unavailable('list: the next link has no continuation token');
  return token;
};

const itemOf = (value: unknown): ListPage['items'][number] => {
  try {
    return snapshotOf(fields(value));
  } catch (error) {
    return { error };
  }
};

/** Reads an answer of List Subscriptions: empty text and `{}` are pages without rows (contract 2.6). */
const readPage = (body: string): ListPage => {
  if (body.trim() === '') return { items: [] };
  const page = fields<PageFields>(parse(body));
  const next = continuationOf(text(page['@nextLink']));
  return { items: list(page.subscriptions).map(itemOf), ...(next === undefined ? {} : { next }) };
};

/** List Subscriptions, a page at a time, always on our own base address: the bearer token goes nowhere else (contract 2.6). */
export const listCall = (call: Call): Pick<Marketplace, 'list'> => ({
  async list(continuation, context) {
    const query = continuation === undefined ? {} : { query: `continuationToken=${continuation}` };
    const answer = await call({ operation: 'list', method: 'GET', path: '', ...query, context });
    if (answer.status >= 400) throw unexpected('list', answer);
    const page = readPage(answer.body);
    if (page.next !== undefined && page.next === continuation) throw unavailable('list: a page leads to itself');
    return page;
  },
});
