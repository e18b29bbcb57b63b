import { startProxy } from '../../support/storage-proxy.ts';
import type { World } from '../../support/world.ts';

export type Row = Record<string, unknown>;
type Page = { subscriptions?: Row[] };

/** Stands between the app and Microsoft, and changes what the list says; all else passes unchanged. */
export const listProxy = async (world: World) => {
  const proxy = await startProxy(world.marketplaceUrl);
  let asked = 0;
  let change: (page: Page, asked: number) => unknown = (page) => page;

  proxy.pull(async ({ method, url, headers }, phase) => {
    const { pathname, search } = new URL(url, world.marketplaceUrl);
    if (phase !== 'before' || method !== 'GET' || !pathname.endsWith('/saas/subscriptions')) return undefined;
    asked += 1;
    const correlation = { 'x-ms-requestid': headers['x-ms-requestid'] ?? '' };
    const text = await (await fetch(`${world.marketplaceUrl}${pathname}${search}`, { headers: correlation })).text();
    const changed = change(JSON.parse(text || '{}') as Page, asked);
    if (typeof changed === 'number') return { status: changed, type: 'application/json', body: '{}' };
    return { status: 200, type: 'application/json', body: JSON.stringify(changed) };
  });

  return {
    url: proxy.url,
    /** Every row becomes what `shown` makes of it, a list being several. */
    shows: (shown: (row: Row) => unknown): void => {
      change = (page) => ({ ...page, subscriptions: (page.subscriptions ?? []).flatMap(shown) });
    },
    /** The `nth` call from now on is answered with this status. */
    fails: (nth: number, status: number): void => {
      asked = 0;
      change = (page, count) => (count === nth ? status : page);
    },
    close: proxy.close,
  };
};
