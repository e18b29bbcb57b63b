import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { storageProxy } from '../../support/storage-proxy.ts';
import { startWorld, type World } from '../../support/world.ts';
import { later } from '../workers/later.ts';
import { journeys } from './journeys.ts';

// P2: what is on the record is answered so, whatever becomes of the queue and of storage's own answers.

const proxy = storageProxy();
let world: World;
beforeAll(async () => {
  world = await startWorld({ storageThrough: proxy.through });
});
afterEach(() => {
  proxy.tables().pull();
  proxy.queues().pull();
});
afterAll(async () => {
  await world.close();
  await proxy.close();
});

/** The answer to the next transaction is lost: storage has it, and the app does not know. */
const loseNextCommit = (): void => {
  let isLost = false;
  proxy.tables().pull(async ({ url }, phase) => {
    if (isLost || phase !== 'after' || !url.includes('/$batch')) return undefined;
    isLost = true;
    return 'cut';
  });
};

const count = async (id: string, what: string): Promise<number> =>
  (await journeys(world).history(id)).filter((one) => one === what).length;

describe('a commit whose answer was lost is no other’s', () => {
  test('a note is there once', async () => {
    const id = await journeys(world).awaiting();
    loseNextCommit();

    expect((await world.api.operate('operator', id, 'note', { reason: 'Called them.' })).status).toBe(202);

    proxy.tables().pull();
    expect(await count(id, 'note')).toBe(1);
  });

  test('a first visit, an onboarding and a confirmation are answered as done', async () => {
    const { buy, seen, atStage } = journeys(world);
    const { subscriptionId: id, purchaseToken } = await buy();
    loseNextCommit();
    expect((await world.api.resolve('buyer', purchaseToken)).status).toBe(200);
    loseNextCommit();
    expect((await world.api.onboard('buyer', id)).status).toBe(202);
    proxy.tables().pull();
    await seen(id, ({ stage, steps }) => stage === 'awaiting-confirmation' && steps[2]?.state === 'done');
    loseNextCommit();
    expect((await world.api.operate('operator', id, 'confirm')).status).toBe(202);
    proxy.tables().pull();

    await atStage(id, 'confirmed');
    for (const what of ['onboarding-requested', 'set-up-confirmed']) expect(await count(id, what)).toBe(1);
  });

  test('a change is asked of Microsoft', async () => {
    const { confirmed, atStage } = journeys(world);
    const id = await confirmed({ planId: 'team', quantity: 2 });
    await world.api.activate('buyer', id);
    await atStage(id, 'active');
    await world.marketplace.clearCalls();
    loseNextCommit();

    expect((await world.api.change('buyer', id, { quantity: 3 })).status).toBe(202);

    const calls = await world.marketplace.calls();
    expect(calls.filter(({ operation }) => operation === 'change')).toHaveLength(1);
  });

  test('what another has written in between is decided on again', async () => {
    const id = await journeys(world).awaiting();
    const note = (reason: string) => world.api.operate('operator', id, 'note', { reason });

    const answers = await Promise.all([note('One.'), note('Two.'), note('Three.')]);

    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(await count(id, 'note')).toBe(3);
  });
});

describe('a queue that is down', () => {
  const queueIsDown = (): void => {
    proxy
      .queues()
      .pull(async ({ method, url }) =>
        method === 'POST' && url.includes('/messages')
          ? { status: 503, body: '<Error><Code>ServerBusy</Code></Error>' }
          : undefined,
      );
  };

  test('keeps nobody waiting, and the sweep sends what was not sent', async () => {
    const { buy, atStage } = journeys(world);
    const { subscriptionId: id, purchaseToken } = await buy();
    await world.api.resolve('buyer', purchaseToken);
    queueIsDown();
    const before = Date.now();

    expect((await world.api.onboard('buyer', id)).status).toBe(202);

    expect(Date.now() - before).toBeLessThan(8000);
    proxy.queues().pull();
    await world.restart(later(130));
    await world.sweep();
    await atStage(id, 'awaiting-confirmation');
  });
});

test('storage that says nothing is an outage, told within the time that people wait', async () => {
  const { subscriptionId, purchaseToken } = await journeys(world).buy();
  await world.api.resolve('buyer', purchaseToken);
  proxy.tables().pull(() => new Promise(() => undefined));
  const before = Date.now();

  const answer = await world.api.get('buyer', subscriptionId);

  expect(answer.problem).toMatchObject({ status: 503, code: 'storage-unavailable' });
  expect(Date.now() - before).toBeLessThan(15_000);
}, 30_000);
