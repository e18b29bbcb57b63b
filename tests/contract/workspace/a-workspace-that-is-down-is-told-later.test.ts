import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { giveUp } from '../../../src/application/give-up.ts';
import { takeOverTruth } from '../../../src/application/take-over-truth.ts';
import { DAY, startWorkers, type Workers } from '../erasure/workers.ts';

// Waiting is not thrown: the next try stands on the record, for 3 days, then it has failed and is seen (design 5, P2).

let workers: Workers;
beforeAll(async () => {
  workers = await startWorkers();
});
afterAll(() => workers.close());

/** The workspace answers nobody while `act` runs. */
const whileDown = async (act: () => Promise<unknown>): Promise<void> => {
  const { needs } = workers;
  const { workspace } = needs;
  needs.workspace = { ...workspace, applyState: () => Promise.reject(new Error('down')) };
  await act();
  needs.workspace = workspace;
};

const accessOf = async (organization: string, id: string) =>
  (await workers.workspaceOf(organization)).organization?.claims[id]?.access;

test('a suspension that cannot be told is told when the workspace is back', async () => {
  const { id, organization } = await workers.active();

  await whileDown(() => workers.becomes(id, { status: 'Suspended' }));
  expect(await accessOf(organization, id)).toBe('on');
  expect(await workers.history(id)).toContain('workspace-delayed');
  await workers.pass(id, 31);

  expect(await accessOf(organization, id)).toBe('off');
});

test('after 3 days operators are told, and a retry starts it over', async () => {
  const { id, organization } = await workers.active();
  await whileDown(async () => {
    await workers.becomes(id, { status: 'Suspended' });
    for (let hour = 0; hour < 80; hour += 1) await workers.pass(id, 3600);
  });

  expect((await workers.record(id)).workspace).toMatchObject({ state: 'failed', code: 'unexpected' });
  const told = workers.mails.filter(({ kind, facts }) => kind === 'workspace-failed' && facts.subscription.id === id);
  expect(told).toHaveLength(1);
  await workers.pass(id, DAY);
  expect(await accessOf(organization, id)).toBe('on');

  await workers.act(id, 'retry');
  await workers.settle(id);
  expect(await accessOf(organization, id)).toBe('off');
});

test('a message that poisons its worker marks what is due as failed, the erasure as held', async () => {
  const { id } = await workers.active();
  await workers.marketplace.change(id, { status: 'Suspended' });
  const context = { correlationId: id, patience: 'background' as const };
  await takeOverTruth(workers.needs, id, context, { action: 'Suspend' });

  await giveUp(workers.needs, 'provisioning', id);

  expect((await workers.record(id)).workspace).toMatchObject({ state: 'failed', code: 'poisoned' });
  await workers.becomes(id, { status: 'Unsubscribed' });
  await workers.pass(id, 28 * DAY);
  workers.advance(4 * DAY);
  await giveUp(workers.needs, 'provisioning', id);
  expect((await workers.record(id)).erasure?.hold).toMatchObject({ reason: 'poisoned' });
});
