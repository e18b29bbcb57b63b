import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { onboard } from '../../../src/application/onboard.ts';
import { provision } from '../../../src/application/provision.ts';
import { DAY, startWorkers, type Workers } from '../erasure/workers.ts';

// A claim made while the organization is being erased waits and makes it anew afterwards (issue 4).

let workers: Workers;
beforeAll(async () => {
  workers = await startWorkers();
});
afterAll(() => workers.close());

test('the set-up is put off while the organization goes, and then makes a new one with its own users', async () => {
  const { needs, proxy, settle, pass, record } = workers;
  const old = await workers.cancelled();
  const { organization } = old;
  await pass(old.id, 28 * DAY);
  workers.advance(4 * DAY);
  const anew = await workers.buy({}, organization);
  // The worker dies when the organization is marked and its users are about to be deleted.
  const end = { status: 400, body: '{}', type: 'application/json' };
  let isDead = false;
  proxy.tables().pull(async ({ body }, phase) => {
    if (phase === 'before' && body.includes('user%7C')) isDead = true;
    return isDead && phase === 'before' ? end : undefined;
  });
  await provision(needs, old.id).catch(() => undefined);
  proxy.tables().pull();
  expect(isDead).toBe(true);
  expect((await workers.workspaceOf(organization)).organization).toMatchObject({ isErasing: true });

  await onboard(needs, { subscriptionId: anew.id, contact: anew.contact, visitor: anew.purchaser });
  await settle(anew.id);
  expect((await record(anew.id)).steps.organization).toMatchObject({
    state: 'pending',
    code: 'workspace-unavailable',
  });

  await pass(old.id, 61);
  expect((await record(old.id)).stage).toBe('erased');
  await settle(anew.id);
  expect((await record(anew.id)).steps).toMatchObject({
    organization: { state: 'done' },
    'admin-user': { state: 'done' },
  });
  const { organization: made, users } = await workers.workspaceOf(organization);
  expect(Object.keys(made?.claims ?? {})).toEqual([anew.id]);
  expect(users).toMatchObject([{ email: anew.purchaser.email }]);
});
