// The sweep heals what died; it is not to make the lag of workers worse (design 5).
import { expect, test } from '@jest/globals';
import { dueOf, indexRows, noticeDueRow } from '../../src/adapters/storage/rows.ts';
import type { Due } from '../../src/application/ports.ts';
import { sweep } from '../../src/application/sweep.ts';
import type { Queue } from '../../src/domain/work.ts';
import { after } from './support/records.ts';
import { SITUATIONS } from './transitions/situations.ts';

const { record } = SITUATIONS.provisioning;
const dueRow = (mails = record.mails): string =>
  indexRows({ ...record, mails }).find((row) => row.startsWith('due|')) ?? '';

test('a due row names the queues, one of a notice its key, and an older one means all queues', () => {
  const of = { at: after(61).toISOString(), subscriptionId: record.id };
  expect(dueOf(dueRow())).toEqual({ ...of, queues: ['provisioning', 'notifications'] });
  expect(dueOf(dueRow([]))).toEqual({ ...of, queues: ['provisioning'] });
  expect(dueOf(`due|${of.at}|${record.id}`)).toEqual({
    ...of,
    queues: ['provisioning', 'notifications', 'marketplace-events'],
  });
  expect(dueOf(noticeDueRow(of.at, record.id, '0f'))).toEqual({ ...of, key: '0f' });
});

/** One sweep over these, with so many messages in each queue already. */
const swept = async (rows: Due[], counts: Partial<Record<Queue, number>> = {}) => {
  const sent: string[] = [];
  const counted: Queue[] = [];
  const logged: unknown[] = [];
  await sweep({
    store: {
      due: async function* () {
        yield* rows;
      },
    } as Pick<Parameters<typeof sweep>[0]['store'], 'due'> as Parameters<typeof sweep>[0]['store'],
    queues: {
      send: async (queue, id) => void sent.push(`${queue} ${id}`),
      sendNotice: async (id, key) => void sent.push(`notice ${id} ${key}`),
      count: async (queue) => {
        counted.push(queue);
        return counts[queue] ?? 0;
      },
    },
    clock: () => after(100),
    log: (_, fields) => void logged.push(fields),
  });
  return { sent, counted, logged };
};

const row = (id: number, ...queues: Queue[]): Due => ({
  at: after(90).toISOString(),
  subscriptionId: String(id),
  queues,
});
const notice = (id: number): Due => ({ at: after(90).toISOString(), subscriptionId: String(id), key: 'k' });

test('each due row brings a message to the queues that it names, and each queue is counted once', async () => {
  const { sent, counted, logged } = await swept([
    row(1, 'provisioning'),
    row(2, 'provisioning', 'notifications'),
    notice(3),
  ]);
  expect(sent).toEqual(['provisioning 1', 'provisioning 2', 'notifications 2', 'notice 3 k']);
  expect(counted).toEqual(['provisioning', 'notifications', 'marketplace-events']);
  expect(logged).toEqual([{ count: 3 }]);
});

test('work that has waited for an hour stands in no other queue’s way', async () => {
  const stuck = { ...row(1, 'provisioning'), at: after(100 - 3600).toISOString() };
  expect((await swept([stuck])).sent).toEqual(['provisioning 1', 'notifications 1', 'marketplace-events 1']);
});

test('a full queue gets nothing more, its notices neither; the others do', async () => {
  const rows = [row(1, 'provisioning', 'notifications'), notice(2)];
  expect((await swept(rows, { provisioning: 5001, 'marketplace-events': 5001 })).sent).toEqual(['notifications 1']);
  expect((await swept(rows, { provisioning: 5000 })).sent).toHaveLength(3);
});

test('what the sweep itself sends counts', async () => {
  const { sent } = await swept(
    [1, 2, 3].map((id) => row(id, 'provisioning')),
    { provisioning: 4999 },
  );
  expect(sent).toEqual(['provisioning 1', 'provisioning 2']);
});
