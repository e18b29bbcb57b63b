import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DAY, startWorkers, type Workers } from './workers.ts';

// Get Subscription again just before: ended, or unknown to Microsoft, is erased; what lives is not (issue 4).

let workers: Workers;
beforeEach(async () => {
  workers = await startWorkers();
});
afterEach(() => workers.close());

const toTheDay = async (): Promise<string> => {
  const { id } = await workers.cancelled();
  await workers.pass(id, 28 * DAY);
  return id;
};

test('what Microsoft says is alive keeps everything, the record says so, and nothing is tried again', async () => {
  const id = await toTheDay();
  const before = await workers.record(id);
  await workers.marketplace.change(id, { status: 'Subscribed', autoRenew: false });

  await workers.pass(id, 4 * DAY);
  await workers.pass(id, 90 * DAY);

  const record = await workers.record(id);
  expect(record).toMatchObject({
    contact: before.contact,
    purchaser: before.purchaser,
    marketplaceStatus: 'Subscribed',
    autoRenew: false,
    erasure: { hold: { actor: { kind: 'system' }, reason: 'Microsoft says Subscribed' } },
  });
  expect((await workers.workspaceOf(String(record.organizationId))).users).toHaveLength(1);
  expect(workers.events.filter((event) => event === 'PEG_ERASURE_STOPPED')).toHaveLength(1);
  expect((await workers.history(id)).filter((what) => what === 'erasure-stopped')).toHaveLength(1);
});

test('what the system held is erased after a release, if it has ended by then', async () => {
  const id = await toTheDay();
  await workers.marketplace.change(id, { status: 'Suspended' });
  await workers.pass(id, 4 * DAY);
  await workers.marketplace.change(id, { status: 'Unsubscribed' });

  await workers.act(id, 'release');
  await workers.settle(id);

  expect((await workers.record(id)).stage).toBe('erased');
});

test('while Microsoft cannot be asked nothing is erased; it is when it can be asked again', async () => {
  const id = await toTheDay();
  await workers.marketplace.faults({ operation: 'get', status: 500, times: 10 });

  await workers.pass(id, 4 * DAY);
  expect(await workers.record(id)).toMatchObject({ stage: 'cancelled', contact: expect.anything() });

  await workers.marketplace.clearFaults();
  await workers.pass(id, 60);
  expect((await workers.record(id)).stage).toBe('erased');
});

test('what Microsoft does not know any more is erased', async () => {
  const id = await toTheDay();
  await workers.marketplace.faults({ operation: 'get', status: 404, times: 10 });

  await workers.pass(id, 4 * DAY);

  expect((await workers.record(id)).stage).toBe('erased');
});
