import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { entraControl } from '../../../local/entra/control.ts';
import type { Switches } from '../../../local/marketplace/control.ts';
import { type Life, startLife } from './life.ts';

/** Contract 4.4, P5: a token that was checked and is bad is 401; one that cannot be checked is 503. */
let life: Life;
beforeAll(async () => {
  life = await startLife();
});
afterEach(async () => {
  await life.marketplace.switches({ webhookToken: 'good', webhookTokenVersion: 2 });
});
afterAll(() => life.world.close());

let count = 0;
/** A notice of a subscription that nobody else speaks of. */
const tell = () => {
  count += 1;
  const subscriptionId = `aaaaaaaa-0000-4000-8000-${String(count).padStart(12, '0')}`;
  return { subscriptionId, delivery: life.marketplace.deliver({ id: 'op', subscriptionId, action: 'Renew' }) };
};

const post = (headers: Record<string, string>) =>
  fetch(`${life.host().url}/api/webhook`, { method: 'POST', headers, body: '{}' });

test.each<Switches['webhookToken']>([
  'expired',
  'wrong-aud',
  'wrong-tid',
  'wrong-appid',
  'foreign-key',
  'unsigned',
  'none',
])('a token that is %s is answered 401 and nothing is kept', async (webhookToken) => {
  for (const webhookTokenVersion of [1, 2] as const) {
    await life.marketplace.switches({ webhookToken, webhookTokenVersion });
    const { subscriptionId, delivery } = tell();

    expect((await delivery).status).toBe(401);
    expect(await life.notices(subscriptionId)).toEqual([]);
  }
});

test.each([1, 2] as const)('a good token of version %i is taken', async (webhookTokenVersion) => {
  await life.marketplace.switches({ webhookTokenVersion });
  const { subscriptionId, delivery } = tell();

  expect((await delivery).status).toBe(200);
  expect(await life.notices(subscriptionId)).toHaveLength(1);
});

test('keys that were rotated are fetched anew', async () => {
  await life.world.restart();
  expect((await tell().delivery).status).toBe(200);
  await life.marketplace.switches({ webhookToken: 'rotated-key' });
  expect((await tell().delivery).status).toBe(200);
});

test('keys that cannot be had are 503, and the next delivery is taken', async () => {
  await life.world.restart();
  await life.entra.faults({ path: 'metadata', status: 500, times: 1 });
  expect((await tell().delivery).status).toBe(503);
  expect((await tell().delivery).status).toBe(200);
});

test('a warm webhook fetches no key', async () => {
  await tell().delivery;
  const control = entraControl(life.entraUrl);
  const before = (await control.calls()).length;
  for (let copy = 0; copy < 5; copy += 1) expect((await tell().delivery).status).toBe(200);
  const fetched = (await control.calls()).slice(before).filter(({ path }) => path === 'keys' || path === 'metadata');
  expect(fetched).toEqual([]);
});

test('another tenant costs no key fetch', async () => {
  const control = entraControl(life.entraUrl);
  const before = (await control.calls()).length;
  await life.marketplace.switches({ webhookToken: 'wrong-tid' });
  expect((await tell().delivery).status).toBe(401);
  const fetched = (await control.calls()).slice(before).filter(({ path }) => path === 'keys' || path === 'metadata');
  expect(fetched).toEqual([]);
});

test('the token comes first: without it nothing is said about the body, and only POST is served', async () => {
  expect((await post({})).status).toBe(401);
  expect((await post({ authorization: 'Bearer x.y.z', 'content-type': 'text/plain' })).status).toBe(401);
  for (const method of ['GET', 'PUT', 'DELETE'])
    expect((await fetch(`${life.host().url}/api/webhook`, { method })).status).toBe(404);
});
