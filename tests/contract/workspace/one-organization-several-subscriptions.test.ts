import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, startWorkers, type Workers } from '../erasure/workers.ts';

// An organization has access while one of its subscriptions is live, and is erased with the last one (design 3.4).

let workers: Workers;
beforeAll(async () => {
  workers = await startWorkers();
});
afterAll(() => workers.close());

test('access is off only when no claim is live, and the organization is erased only without any claim', async () => {
  const first = await workers.active();
  const { organization } = first;
  const second = await workers.active({ planId: 'team', quantity: 3 }, organization);

  await workers.becomes(first.id, { status: 'Suspended' });
  expect((await workers.workspaceOf(organization)).organization?.access).toBe('on');
  await workers.becomes(second.id, { status: 'Suspended' });
  expect((await workers.workspaceOf(organization)).organization?.access).toBe('off');
  await workers.becomes(second.id, { status: 'Subscribed' });

  await workers.becomes(first.id, { status: 'Unsubscribed' });
  await workers.pass(first.id, 28 * DAY);
  await workers.pass(first.id, 4 * DAY);
  expect((await workers.record(first.id)).stage).toBe('erased');
  const left = await workers.workspaceOf(organization);
  expect(Object.keys(left.organization?.claims ?? {})).toEqual([second.id]);
  expect(left.organization).toMatchObject({ access: 'on' });
  expect(left.users.length).toBeGreaterThan(0);

  await workers.becomes(second.id, { status: 'Unsubscribed' });
  await workers.pass(second.id, 28 * DAY);
  await workers.pass(second.id, 4 * DAY);
  expect(await workers.workspaceOf(organization)).toEqual({ organization: undefined, users: [] });
});
