import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { provision } from '../../../src/application/provision.ts';
import type { TimelineEntry } from '../../../src/domain/subscription.ts';
import type { Seen } from '../../support/storage-proxy.ts';
import { DAY, startWorkers, type Workers } from './workers.ts';

// Killed at every request of the erasure nothing is left over and nothing is erased twice (design P2).

let workers: Workers;
beforeAll(async () => {
  workers = await startWorkers();
});
afterAll(() => workers.close());

/** The worker is ended before its `n`th request to storage; answers whether there was one. */
const killedBefore = async (id: string, n: number): Promise<boolean> => {
  let count = 0;
  const end = async (_request: Seen, phase: string) => {
    if (phase === 'after') return undefined;
    count += 1;
    return count >= n ? { status: 400, body: '{}', type: 'application/json' } : undefined;
  };
  workers.proxy.tables().pull(end);
  await provision(workers.needs, id).catch(() => undefined);
  workers.proxy.tables().pull();
  return count >= n;
};

test('before any request to storage: with the next tries all is erased', async () => {
  const { id: warm } = await workers.cancelled();
  await workers.pass(warm, 28 * DAY);
  const cases: { id: string; organization: string }[] = [];
  for (let count = 0; count < 24; count += 1) cases.push(await workers.cancelled());
  for (const { id } of cases) await workers.settle(id);
  workers.advance(28 * DAY);
  for (const { id } of cases) await workers.settle(id);
  workers.advance(4 * DAY);

  let kills = 0;
  for (const [index, { id, organization }] of cases.entries()) {
    if (!(await killedBefore(id, index + 1))) break;
    kills += 1;
    // Its claim lapses.
    await workers.pass(id, 61);
    await workers.pass(id, 61);
    const record = await workers.record(id);
    expect({ index, stage: record.stage, mails: record.mails }).toEqual({ index, stage: 'erased', mails: [] });
    expect(await workers.workspaceOf(organization)).toEqual({ organization: undefined, users: [] });
    const history = await workers.history(id);
    for (const what of ['contact-erased', 'workspace-erased', 'erased'])
      expect([index, what, history.filter((one) => one === what).length]).toEqual([index, what, 1]);
  }
  expect(kills).toBeGreaterThan(12);
  expect(kills).toBeLessThan(cases.length);
}, 180_000);

test('a history of hundreds of lines is rewritten in batches, and lines of the last moment with it', async () => {
  const { needs } = workers;
  const { id } = await workers.cancelled();
  const line: TimelineEntry = { at: '2026-01-01T00:00:00Z', what: 'note', actor: { kind: 'system' }, detail: 'Canary' };
  for (let count = 0; count < 230; count += 1) {
    const before = await needs.store.load(id);
    if (!before) throw new Error('gone');
    const next = { ...before.record, version: before.record.version + 1 };
    await needs.store.commit({ before, next, entries: [line] });
  }
  await workers.pass(id, 28 * DAY);

  await workers.pass(id, 4 * DAY);

  const lines = await needs.store.timeline(id);
  expect(lines.length).toBeGreaterThan(230);
  expect(lines.filter(({ detail }) => detail !== undefined)).toEqual([]);
});
