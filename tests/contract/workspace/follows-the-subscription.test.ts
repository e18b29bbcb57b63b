import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startWorkers, type Workers } from '../erasure/workers.ts';

// Plan, seats and access follow Microsoft; in suspension all data is kept (contract 5, design 3.7).

let workers: Workers;
beforeAll(async () => {
  workers = await startWorkers();
});
afterAll(() => workers.close());

const told = async (organization: string, id: string) => {
  const { organization: kept } = await workers.workspaceOf(organization);
  const { planId, quantity, access } = kept?.claims[id] ?? { planId: '', access: 'none' };
  return { planId, quantity, access, organization: kept?.access };
};

test('making the organization tells it plan and seats: nothing more is told until something changes', async () => {
  const { id, organization } = await workers.active({ planId: 'team', quantity: 5 });

  expect(await told(organization, id)).toEqual({ planId: 'team', quantity: 5, access: 'on', organization: 'on' });
  expect(await workers.history(id)).not.toContain('workspace-updated');
});

test('a new plan and new seats reach the workspace, and the timeline says both values', async () => {
  const { id, organization } = await workers.active({ planId: 'team', quantity: 5 });

  await workers.becomes(id, { planId: 'starter', quantity: 9 });

  expect(await told(organization, id)).toMatchObject({ planId: 'starter', quantity: 9, access: 'on' });
  const line = (await workers.needs.store.timeline(id)).find(({ what }) => what === 'workspace-updated');
  expect(line?.detail).toBe('plan team to starter, seats 5 to 9');
});

test('suspension turns access off and keeps everything; reinstatement turns it on again; the end ends it', async () => {
  const { id, organization } = await workers.active();

  await workers.becomes(id, { status: 'Suspended' });
  expect(await told(organization, id)).toMatchObject({ planId: 'starter', access: 'off', organization: 'off' });
  expect((await workers.workspaceOf(organization)).users).toHaveLength(1);

  await workers.becomes(id, { status: 'Subscribed' });
  expect(await told(organization, id)).toMatchObject({ access: 'on', organization: 'on' });

  await workers.becomes(id, { status: 'Unsubscribed' });
  expect(await told(organization, id)).toMatchObject({ access: 'ended', organization: 'off' });
  expect((await workers.workspaceOf(organization)).users).toHaveLength(1);
});

test('what is told already is not told again', async () => {
  const { id, organization } = await workers.active();
  await workers.becomes(id, { status: 'Suspended' });
  const before = (await workers.workspaceOf(organization)).organization?.claims[id];

  await workers.becomes(id, { autoRenew: false });

  expect((await workers.workspaceOf(organization)).organization?.claims[id]).toEqual(before);
});
