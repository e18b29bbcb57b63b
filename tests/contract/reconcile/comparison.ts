import { TableClient } from '@azure/data-tables';
import type { Order } from '../../../local/marketplace/control.ts';
import { bucketOf, fromChunks, recordRow, toChunks } from '../../../src/adapters/storage/rows.ts';
import type { PassView, ReconciliationView } from '../../../src/application/ask-to-reconcile.ts';
import type { Reconciliation } from '../../../src/domain/reconciliation.ts';
import type { Subscription } from '../../../src/domain/subscription.ts';
import { startLife } from '../webhook/life.ts';
import { listProxy } from './list-proxy.ts';

type Options = NonNullable<Parameters<typeof startLife>[0]> & {
  /** Whether the pass that only previews is over already; it is unless said otherwise. */
  previewed?: boolean;
};

/** A world whose reconciliation is run by hand, with the usual ways to look at what came of it. */
export const startComparison = async ({ previewed = true, ...options }: Options = {}) => {
  const life = await startLife(options);
  const { world } = life;
  const { api, marketplace } = world;

  const proxies: Awaited<ReturnType<typeof listProxy>>[] = [];

  const token = () => api.consoleToken('operator');
  const show = async (): Promise<ReconciliationView> =>
    (await api.send<{ reconciliation: ReconciliationView }>('GET', '/operator/reconcile', await token())).body
      .reconciliation;
  const ask = async (body: unknown = {}) =>
    api.send<{ reconciliation: ReconciliationView }>('POST', '/operator/reconcile', await token(), body);

  /** A whole pass, as an operator asks for it. */
  const pass = async (): Promise<PassView> => {
    const answer = await ask();
    const { pass: found } = answer.body.reconciliation ?? {};
    if (answer.status !== 202 || !found) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return found;
  };

  /** Changes the subscription at Microsoft, and nobody is told. */
  const secretly = async (id: string, patch: Parameters<typeof marketplace.change>[1]): Promise<void> => {
    await marketplace.change(id, patch);
  };

  /** A purchase that Microsoft activated, and nobody was told. */
  const billed = async (order: Partial<Order> = {}): Promise<string> => {
    const { subscriptionId: id } = await life.buy(order);
    const term = { termUnit: 'P1M', startDate: '2026-11-01T00:00:00Z', endDate: '2026-11-30T00:00:00Z' };
    await secretly(id, { status: 'Subscribed', term });
    return id;
  };

  const overwrite = async (id: string, data: Record<string, string>): Promise<void> => {
    const table = TableClient.fromConnectionString(world.storage.connectionString, 'Subscriptions', {
      allowInsecureConnection: true,
    });
    const partitionKey = bucketOf(id);
    const rowKey = recordRow(id);
    const { rows } = await table.getEntity<{ rows: string }>(partitionKey, rowKey);
    await table.updateEntity({ partitionKey, rowKey, schema: 1, rows, ...data }, 'Replace', { etag: '*' });
  };
  /** Writes into a record past the app. */
  const tamper = async (id: string, change: (record: Subscription) => Subscription): Promise<void> =>
    overwrite(id, toChunks(change(await life.stored.record(id))));
  /** Makes a record one that nobody can read. */
  const spoil = (id: string): Promise<void> => overwrite(id, { data0: '{' });

  const isKnown = async (id: string): Promise<boolean> => (await api.look('reader', id)).status === 200;
  const timeline = async (id: string) => (await api.look('reader', id)).body.timeline;
  const events = (event: string) =>
    world
      .host()
      .output()
      .split('\n')
      .flatMap((line) =>
        line.includes(`"event":"${event}"`) ? [JSON.parse(line.slice(line.indexOf('{'))) as object] : [],
      );

  /** From now on Microsoft's list reaches the app through a proxy. */
  const throughProxy = async () => {
    const proxy = await listProxy(world);
    proxies.push(proxy);
    await world.restart({ MARKETPLACE_API_URL: `${proxy.url}/api` });
    return proxy;
  };

  /** The reconciliation as it lies in storage. */
  const known = async (): Promise<Reconciliation> => {
    const [row] = (await life.stored.rows('Offers')).filter(({ partitionKey }) => partitionKey === 'reconciliation');
    return fromChunks(row ?? {}) as Reconciliation;
  };

  const close = async (): Promise<void> => {
    await world.close();
    for (const proxy of proxies) await proxy.close();
  };

  if (previewed) await pass();
  return {
    ...life,
    show,
    ask,
    pass,
    secretly,
    billed,
    tamper,
    spoil,
    known,
    throughProxy,
    isKnown,
    timeline,
    events,
    close,
  };
};

export type Comparison = Awaited<ReturnType<typeof startComparison>>;
