import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, startWorkers, type Workers } from './workers.ts';

// Operators are told 3 days before; one of them can hold with a reason (issue 4).

let workers: Workers;
beforeAll(async () => {
  workers = await startWorkers({ keepContactDays: 10, keepWorkspaceDays: 20 });
});
afterAll(() => workers.close());

const toldOf = (id: string) =>
  workers.mails.filter(({ kind, facts }) => kind === 'erasure-soon' && facts.subscription.id === id);

test('a mail comes 3 days before each part, once; each part goes at its time', async () => {
  const { id, contact } = await workers.cancelled();
  const daysFromNow = (days: number) => workers.clock().getTime() + days * DAY * 1000;
  const { erasure } = await workers.record(id);
  expect(Math.abs(Date.parse(erasure?.contactDueAt ?? '') - daysFromNow(10))).toBeLessThan(60_000);
  expect(Math.abs(Date.parse(erasure?.workspaceDueAt ?? '') - daysFromNow(20))).toBeLessThan(60_000);

  await workers.pass(id, 6.9 * DAY);
  expect(toldOf(id)).toEqual([]);
  await workers.pass(id, 0.2 * DAY);
  expect(toldOf(id)).toMatchObject([{ to: 'cs@publisher.example' }]);

  await workers.pass(id, 2.8 * DAY);
  expect((await workers.record(id)).contact).toEqual(contact);
  await workers.pass(id, 0.3 * DAY);
  expect((await workers.record(id)).contact).toBeUndefined();
  expect((await workers.workspaceOf(String((await workers.record(id)).organizationId))).users).toHaveLength(1);
  await workers.pass(id, 6.7 * DAY);
  expect(toldOf(id)).toHaveLength(1);
  await workers.pass(id, 0.2 * DAY);
  expect(toldOf(id)).toHaveLength(2);
  await workers.pass(id, 2.8 * DAY);
  expect((await workers.record(id)).stage).toBe('cancelled');
  await workers.pass(id, 0.3 * DAY);
  expect((await workers.record(id)).stage).toBe('erased');
  expect(toldOf(id)).toHaveLength(2);
});

test('what an operator holds stays for as long as it is held', async () => {
  const { id, contact } = await workers.cancelled();
  await expect(workers.act(id, 'hold')).rejects.toMatchObject({ code: 'reason-required' });
  const view = await workers.act(id, 'hold', 'A lawyer asked.');
  expect(view.erasureHold).toMatchObject({ by: 'operator', reason: 'A lawyer asked.' });
  expect(view.deadlines.eraseAfter).toBeUndefined();

  await workers.pass(id, 400 * DAY);
  expect(await workers.record(id)).toMatchObject({ stage: 'cancelled', contact });
  expect(toldOf(id)).toEqual([]);

  const released = await workers.act(id, 'release');
  expect(released.deadlines.eraseAfter).toBeDefined();
  await workers.settle(id);
  expect(toldOf(id)).toHaveLength(1);
  expect((await workers.record(id)).contact).toEqual(contact);
  await workers.pass(id, 3.1 * DAY);
  expect((await workers.record(id)).stage).toBe('erased');
});

test('a failed activation, which Microsoft reports as the end, erases nothing early', async () => {
  await workers.marketplace.switches({ activate: 'fails' });
  const one = await workers.confirmed();
  await workers.activate(one);
  await workers.marketplace.advanceClock(60);
  for (let round = 0; (await workers.record(one.id)).stage !== 'cancelled' && round < 9; round += 1)
    await workers.pass(one.id, 10);
  expect(await workers.history(one.id)).toContain('activation-failed');
  await workers.pass(one.id, 6 * DAY);
  expect((await workers.workspaceOf(one.organization)).users).toHaveLength(1);
  expect((await workers.record(one.id)).purchaser.email).toBe(one.purchaser.email);
  await workers.pass(one.id, 2 * DAY);
  await workers.pass(one.id, 3 * DAY);
  expect((await workers.record(one.id)).purchaser.email).toBe('');
});
