import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { giveUpNotice } from '../../../src/application/give-up.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import { startWorkers, type Workers } from '../erasure/workers.ts';

/** P2: a notice that its handler cannot get past does not come back for ever; one that somebody gets on with is left alone. */
let workers: Workers;
beforeAll(async () => {
  workers = await startWorkers();
});
afterAll(() => workers.close());

let notice: Notice;
beforeEach(async () => {
  notice = {
    subscriptionId: randomUUID(),
    key: randomUUID(),
    action: 'Renew',
    status: 'Succeeded',
    receivedAt: new Date().toISOString(),
    state: 'open',
    attempts: 0,
    reads: 0,
  };
  await workers.needs.inbox.put(notice);
});

const kept = async () => (await workers.needs.inbox.load(notice.subscriptionId, notice.key))?.notice;
const failures = () => workers.events.filter((event) => event === 'PEG_NOTICE_FAILED').length;

test('it is closed as failed, said once however often its message comes', async () => {
  const before = failures();
  for (let time = 0; time < 2; time += 1) await giveUpNotice(workers.needs, notice.subscriptionId, notice.key);
  expect(await kept()).toMatchObject({ state: 'closed', result: 'failed' });
  expect(failures()).toBe(before + 1);
});

test('what is written between the look and the closing stays, and nothing is said to have failed', async () => {
  const before = failures();
  const { inbox } = workers.needs;
  workers.proxy.tables().pull(async ({ url }, phase) => {
    if (phase !== 'before' || !url.includes('$batch')) return;
    workers.proxy.tables().pull();
    const stored = await inbox.load(notice.subscriptionId, notice.key);
    if (stored) await inbox.save(stored, { ...stored.notice, reads: 1 });
  });
  await giveUpNotice(workers.needs, notice.subscriptionId, notice.key);
  expect(await kept()).toMatchObject({ state: 'open', reads: 1 });
  expect(failures()).toBe(before);
});
