import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LANDING_CLIENT_ID } from '../../../local/people.ts';
import { eventually } from '../../support/eventually.ts';
import { type Operation, operationsOf, storageProxy } from '../../support/storage-proxy.ts';
import { startWorld, type World } from '../../support/world.ts';
import { stored } from '../workers/stored.ts';
import { journeys } from './journeys.ts';

const proxy = storageProxy();
let world: World;
beforeAll(async () => {
  world = await startWorld({ storageThrough: proxy.through });
});
afterAll(async () => {
  await world.close();
  await proxy.close();
});

type Count = { reads: number; writes: number; sends: number; marketplace: string[] };

/** What the app asks of others while `act` runs. The host's own polling of the queues is not the app's. */
const counted = async (act: () => Promise<unknown>): Promise<Count> => {
  proxy.tables().forget();
  proxy.queues().forget();
  await world.marketplace.clearCalls();
  await act();
  // The sweep comes every minute, whatever else is asked.
  const tables = proxy
    .tables()
    .seen()
    .filter(({ url }) => !decodeURIComponent(url).includes("'due|"));
  const reads = tables.filter(({ method }) => method === 'GET').length;
  return {
    reads,
    writes: tables.length - reads,
    sends: proxy
      .queues()
      .seen()
      .filter(({ method }) => method === 'POST').length,
    marketplace: (await world.marketplace.calls()).map(({ operation }) => operation),
  };
};

/** Until the queues hold no message at all, those that a worker has taken and not yet finished included. */
const allDone = (): Promise<unknown> => {
  const { count } = stored(world.storage.connectionString);
  return eventually(
    async () => (await count('provisioning')) + (await count('notifications')),
    (left) => left === 0,
  );
};

/** While `act` runs nobody takes messages: what a request sends stays what it sent. */
const whileNobodyWorks = async <T>(act: () => Promise<T>): Promise<T> => {
  await allDone();
  proxy
    .queues()
    .pull(async ({ method, url }, phase) =>
      phase === 'before' && method === 'GET' && url.includes('/messages')
        ? { status: 200, body: '<?xml version="1.0"?><QueueMessagesList />' }
        : undefined,
    );
  try {
    return await act();
  } finally {
    proxy.queues().pull();
  }
};

test('a warm resolve is one Marketplace call, one read and one write', async () => {
  const { api } = world;
  const { buy, resolved } = journeys(world);
  await resolved();
  const { purchaseToken } = await buy();

  await whileNobodyWorks(async () => {
    expect(await counted(() => api.resolve('buyer', purchaseToken))).toEqual({
      reads: 1,
      writes: 1,
      sends: 0,
      marketplace: ['resolve'],
    });
    expect(await counted(() => api.resolve('buyer', purchaseToken))).toMatchObject({ reads: 1, writes: 1, sends: 0 });
  });
});

test('an onboard is one read, one transaction, one message and no Marketplace call', async () => {
  const { api } = world;
  const { awaiting, resolved } = journeys(world);
  // The first message of all finds no queue and makes it.
  await awaiting();
  const id = await resolved();
  await whileNobodyWorks(async () => {
    const first = await counted(() => api.onboard('buyer', id));
    const [write] = proxy.tables().seen().slice(-1);
    expect(first).toEqual({ reads: 1, writes: 1, sends: 1, marketplace: [] });
    expect(write?.url).toContain('/$batch');
    expect(await counted(() => api.onboard('buyer', id))).toEqual({ reads: 1, writes: 0, sends: 1, marketplace: [] });
  });
});

test('looking is one read, and an operator looks with two', async () => {
  const { api } = world;
  const id = await journeys(world).resolved();
  await whileNobodyWorks(async () => {
    expect(await counted(() => api.get('buyer', id))).toEqual({ reads: 1, writes: 0, sends: 0, marketplace: [] });
    expect(await counted(() => api.look('reader', id))).toEqual({ reads: 2, writes: 0, sends: 0, marketplace: [] });
  });
});

test('what an operator or a buyer asks for is one read, one transaction and one message', async () => {
  const { api } = world;
  const { awaiting, confirmed } = journeys(world);
  const [waiting, ready] = [await awaiting(), await confirmed()];
  await whileNobodyWorks(async () => {
    const once = { reads: 1, writes: 1, sends: 1, marketplace: [] };
    expect(await counted(() => api.operate('operator', waiting, 'confirm'))).toEqual(once);
    expect(await counted(() => api.activate('buyer', ready))).toEqual(once);
  });
});

test('a page of the console asks storage as often for 400 subscriptions as for 40', async () => {
  const { api, marketplace, entra } = world;
  const purchase = async (): Promise<void> => {
    const { purchaseToken } = await marketplace.purchase({ planId: 'starter', purchaser: 'buyer', name: 'Many' });
    // Each purchase by a colleague of its own: one caller may resolve 60 a minute.
    const token = await entra.token({
      person: 'colleague',
      clientId: LANDING_CLIENT_ID,
      claims: { oid: randomUUID() },
    });
    const { status } = await api.send('POST', '/resolve', token, { purchaseToken });
    expect(status).toBe(200);
  };
  const fill = async (count: number): Promise<void> => {
    const left = Array.from({ length: count });
    const work = async () => {
      while (left.pop() === undefined && left.length > 0) await purchase();
    };
    await Promise.all(Array.from({ length: 8 }, work));
  };
  const pages = ['', '?stage=resolved', '?q=Many', `?q=${randomUUID()}`, '?cursor=5'];
  const counts = async (): Promise<Count[]> => {
    const all: Count[] = [];
    for (const page of pages) all.push(await counted(() => api.list('reader', page)));
    return all;
  };
  await fill(40);
  const few = await whileNobodyWorks(counts);

  await fill(380);
  const many = await whileNobodyWorks(counts);

  expect(many).toEqual(few);
  for (const { reads, writes } of many) {
    expect(reads).toBeLessThanOrEqual(16 + 26);
    expect(writes).toBe(0);
  }
  const { items } = (await api.list('reader', '?q=Many')).body;
  expect(items).toHaveLength(25);
});

test('the list goes on page by page, newest first, without a gap or a repetition', async () => {
  const { api } = world;
  const ids: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { body } = await api.list('reader', `?q=Many${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    ids.push(...body.items.map(({ id }) => id));
    ({ cursor } = body);
  }
  expect(ids.length).toBeGreaterThan(400);
  expect(new Set(ids).size).toBe(ids.length);
});

/** Runs last: looks at all that this file and the workers have asked of the tables. */
test('every query names its partition, and every change of a row names the version that it changes', async () => {
  const { api, marketplace } = world;
  const { confirmed, atStage, onboarded } = journeys(world);
  proxy.tables().forget();
  const id = await confirmed();
  await onboarded({ planId: 'team', quantity: 2, purchaser: 'colleague' });
  await marketplace.change(id, { name: 'Another name' });
  await api.resolve('buyer', (await marketplace.purchaseToken(id)).purchaseToken);
  await api.activate('buyer', id);
  await atStage(id, 'active');
  for (const page of ['', `?q=${id}`, '?q=any', '?stage=active']) await api.list('reader', page);
  await api.look('reader', id);
  await world.sweep();

  const operations = proxy.tables().seen().flatMap(operationsOf);
  const isRow = ({ path }: Operation) => /\(PartitionKey='[^']+',RowKey='[^']+'\)$/.test(path);
  const queries = operations.filter((one) => one.method === 'GET' && !isRow(one));
  expect(queries.length).toBeGreaterThan(60);
  for (const { query } of queries) expect(query.get('$filter')).toMatch(/^\(?PartitionKey eq '[0-9a-f]'/);

  const updates = operations.filter(({ method }) => ['PUT', 'PATCH', 'MERGE'].includes(method));
  expect(updates.length).toBeGreaterThan(10);
  for (const { ifMatch } of updates) expect(ifMatch).toMatch(/^W\/"datetime/);
  const changes = operations.filter(({ method, path }) => method !== 'GET' && !path.includes('$batch'));
  expect(changes.filter(({ method }) => method === 'POST').length).toBeGreaterThan(20);
  // Index rows go in the transaction that the record's version guards.
  const alone = proxy
    .tables()
    .seen()
    .filter(({ method }) => method === 'DELETE');
  expect(alone).toEqual([]);
});
