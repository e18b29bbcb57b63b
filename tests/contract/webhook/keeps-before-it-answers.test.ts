import { createHash, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { storageProxy } from '../../support/storage-proxy.ts';
import { later } from '../workers/later.ts';
import { type Life, startLife } from './life.ts';

/** P2, P5, design 9: what is answered 200 is kept; what could not be kept is a 5xx and comes again. */
const proxy = storageProxy();
let life: Life;
beforeAll(async () => {
  life = await startLife({ storageThrough: proxy.through });
});
afterEach(() => {
  proxy.tables().pull();
  proxy.queues().pull();
});
afterAll(async () => {
  await life.world.close();
  await proxy.close();
});

const renewal = (subscriptionId: string, id = randomUUID()) => ({
  id,
  subscriptionId,
  action: 'Renew',
  status: 'Succeeded',
});

const isOutage = { status: 503, body: '<?xml version="1.0"?><Error><Code>ServerBusy</Code></Error>' };

const nobodyWorks = () =>
  proxy
    .queues()
    .pull(async ({ method, url }, phase) =>
      phase === 'before' && method === 'GET' && url.includes('/messages')
        ? { status: 200, body: '<?xml version="1.0"?><QueueMessagesList />' }
        : undefined,
    );

test('one write and one message before the answer, and as much when it is told again', async () => {
  nobodyWorks();
  await life.marketplace.deliver(renewal(randomUUID()));
  const body = renewal(randomUUID());
  for (const writes of [1, 1]) {
    proxy.tables().forget();
    proxy.queues().forget();
    expect((await life.marketplace.deliver(body)).status).toBe(200);
    const tables = proxy
      .tables()
      .seen()
      .filter(({ url }) => !decodeURIComponent(url).includes("'due|"));
    expect(tables.map(({ method }) => method)).toEqual(Array.from({ length: writes }, () => 'POST'));
    expect(
      proxy
        .queues()
        .seen()
        .filter(({ method }) => method === 'POST'),
    ).toHaveLength(1);
  }
  expect(await life.notices(body.subscriptionId)).toHaveLength(1);
});

test('what cannot be kept is 503, and is kept when it comes again', async () => {
  const body = renewal(randomUUID());
  proxy.tables().pull(async (_, phase) => (phase === 'before' ? isOutage : undefined));
  expect((await life.marketplace.deliver(body)).status).toBe(503);
  proxy.tables().pull();
  expect((await life.marketplace.deliver(body)).status).toBe(200);
  expect(await life.notices(body.subscriptionId)).toHaveLength(1);
});

test('storage that does not answer is not waited for longer than 6 s', async () => {
  proxy.tables().pull(async ({ method }, phase) => {
    if (phase === 'before' && method === 'POST')
      await new Promise((resolve) => {
        setTimeout(resolve, 8000);
      });
    return undefined;
  });
  const { status, ms } = await life.marketplace.deliver(renewal(randomUUID()));
  expect(status).toBe(503);
  expect(ms).toBeLessThan(7500);
}, 20_000);

test('once it is kept, a queue that is down does not cost the answer: the sweep sends the message', async () => {
  const id = await life.resolved();
  await life.marketplace.change(id, { name: 'Renamed by Microsoft' });
  const body = { id: randomUUID(), subscriptionId: id, action: 'Renew', status: 'Succeeded' };
  proxy.queues().pull(async ({ method }, phase) => (phase === 'before' && method === 'POST' ? isOutage : undefined));
  expect((await life.marketplace.deliver(body)).status).toBe(200);
  proxy.queues().pull();

  // A minute and a bit later, on the app's own clock.
  await life.world.restart(later(61));
  await life.world.sweep();
  await life.seen(id, ({ name }) => name === 'Renamed by Microsoft');
}, 60_000);

test.each([
  ['no JSON', 'not json', 'application/json'],
  ['another type', '<xml/>', 'text/xml'],
  ['no ids', '{"action":"ChangePlan"}', 'application/json'],
  ['no action', '{"id":"1","subscriptionId":"3f0c5b1e-0000-4000-8000-000000000001"}', 'application/json'],
  ['an id that is no key', '{"id":"1","subscriptionId":"a/b","action":"Renew"}', 'application/json'],
  ['oversized', JSON.stringify({ text: 'x'.repeat(300_000) }), 'application/json'],
  ['empty', '', 'application/json'],
])('a body that is %s is kept cut, answered 200, and told of once', async (_, body, type) => {
  const events = () => life.host().output().split('PEG_WEBHOOK_UNREADABLE').length - 1;
  const before = events();
  for (let copy = 0; copy < 2; copy += 1) expect((await life.marketplace.deliver(body, type)).status).toBe(200);

  const key = createHash('sha256').update(body).digest('hex');
  const rows = (await life.stored.rows('Subscriptions')).filter(({ rowKey }) => rowKey === `unreadable|${key}`);
  expect(rows).toHaveLength(1);
  expect(String(rows[0]?.['data0']).length).toBeLessThan(17 * 1024);
  await eventually(
    async () => events(),
    (now) => now === before + 1,
  );
});
