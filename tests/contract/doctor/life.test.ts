// What only a life with customers shows: plans that bill at once, Microsoft's calls, the comparison, and Partner Center's list.
import { TableClient } from '@azure/data-tables';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { toChunks } from '../../../src/adapters/storage/rows.ts';
import type { Report } from '../../../src/application/checks/report.ts';
import { NOTHING_YET, type Reconciliation } from '../../../src/domain/reconciliation.ts';
import { eventually } from '../../support/eventually.ts';
import { journeys } from '../http/journeys.ts';
import { stored } from '../workers/stored.ts';
import { type Clinic, doctor, startClinic } from './site.ts';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await startClinic();
});
afterAll(() => clinic?.close());

const DAY_MS = 86_400_000;
const offers = () =>
  TableClient.fromConnectionString(clinic.storage.connectionString, 'Offers', { allowInsecureConnection: true });
const sightings = async () =>
  (await stored(clinic.storage.connectionString).rows('Offers')).filter(
    ({ partitionKey }) => partitionKey === 'sightings',
  );
const partnerCenter = async (): Promise<Record<string, string>> => {
  const { stdout } = await doctor(['--json'], clinic.settings());
  const lines = (JSON.parse(stdout) as Report).partnerCenter;
  return Object.fromEntries(lines.map(({ field, proof }) => [field, proof]));
};

test('purchases that wait for their buyer prove that their plans do not bill at once', async () => {
  await journeys(clinic).resolved();
  expect(await clinic.check('self-activating-plans')).toMatchObject({ state: 'ok', found: 'None among 1 purchases.' });
});

test("a customer's first year proves what Partner Center asks for, call by call", async () => {
  const { confirmed, atStage } = journeys(clinic);
  expect(await partnerCenter()).toMatchObject({
    Resolve: 'proven',
    Activate: 'how-to-prove',
    Update: 'how-to-prove',
    Delete: 'how-to-prove',
    Suspend: 'not-provable',
  });

  const id = await confirmed({ planId: 'team', quantity: 5 });
  await clinic.api.activate('buyer', id);
  await atStage(id, 'active');
  expect(await partnerCenter()).toMatchObject({ Activate: 'proven', Update: 'how-to-prove' });

  await clinic.marketplace.act(id, { action: 'ChangeQuantity', quantity: 9 });
  await clinic.marketplace.advanceClock(11);
  await eventually(sightings, (rows) => rows.some(({ rowKey }) => rowKey === 'ChangeQuantity'));
  expect(await clinic.check('last-webhook')).toMatchObject({
    state: 'ok',
    found: expect.stringContaining('ChangeQuantity'),
  });
  for (const action of ['Suspend', 'Unsubscribe'] as const) {
    await clinic.marketplace.act(id, { action });
    await eventually(sightings, (rows) => rows.some(({ rowKey }) => rowKey === action));
  }
  expect(await partnerCenter()).toMatchObject({
    Update: 'proven',
    Suspend: 'proven',
    Delete: 'proven',
    'Connection webhook': 'proven',
  });
});

test('a plan that bills at once is named, also when the test purchase is cancelled', async () => {
  const way = journeys(clinic);
  const id = await way.resolved({ planId: 'growth-auto' });
  const warned = {
    state: 'warning',
    code: 0,
    found: expect.stringContaining('/growth-auto'),
    fix: expect.stringContaining('automatic activation'),
  };
  expect(await clinic.check('self-activating-plans')).toMatchObject(warned);
  await clinic.marketplace.act(id, { action: 'Unsubscribe' });
  await way.atStage(id, 'cancelled');
  expect(await clinic.check('self-activating-plans')).toMatchObject(warned);
});

test('a webhook that is quiet for long is a warning', async () => {
  const at = new Date(Date.now() - 46 * DAY_MS).toISOString();
  const quiet = async () => {
    for (const { rowKey } of await sightings())
      await offers().upsertEntity({ partitionKey: 'sightings', rowKey, at }, 'Replace');
    return clinic.check('last-webhook');
  };
  // News of the purchases above may still come in.
  const result = await eventually(quiet, ({ state }) => state === 'warning');
  expect(result.cause).toContain('45 days');
});

test('the comparison with Microsoft is well when it ran, and failed when it is late, stuck or stopped', async () => {
  await clinic.reconcile();
  expect(await clinic.check('last-reconcile')).toMatchObject({ state: 'ok' });
  const kept = async (known: Reconciliation) => {
    await offers().upsertEntity({ partitionKey: 'reconciliation', rowKey: 'pass', ...toChunks(known) }, 'Replace');
    return clinic.check('last-reconcile');
  };
  const old = new Date(Date.now() - 1.1 * DAY_MS).toISOString();
  const pass = { kind: 'repair' as const, startedAt: old, counts: NOTHING_YET };
  expect(await kept({ pass: { ...pass, state: 'ended', endedAt: old } })).toMatchObject({
    state: 'failed',
    found: `Ended ${old}.`,
  });
  expect(await kept({ pass: { ...pass, state: 'running' } })).toMatchObject({
    state: 'failed',
    found: expect.stringContaining('not ended'),
  });
  const now = new Date().toISOString();
  expect(await kept({ pass: { ...pass, startedAt: now, state: 'stopped', stoppedAt: now } })).toMatchObject({
    state: 'failed',
    found: expect.stringContaining('operator'),
  });
});
