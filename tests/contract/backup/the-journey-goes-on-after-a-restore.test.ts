import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ReconciliationView } from '../../../src/application/ask-to-reconcile.ts';
import { eventually } from '../../support/eventually.ts';
import { type Life, startLife } from '../webhook/life.ts';
import { later } from '../workers/later.ts';
import { backup, emptyFolder, loseTables } from './tool.ts';

/** The rehearsal of issue 5: export, wipe, restore, and everybody's journey goes on where it was. */
let life: Life;
let place: Awaited<ReturnType<typeof emptyFolder>>;
beforeAll(async () => {
  life = await startLife();
  place = await emptyFolder();
});
afterAll(async () => {
  await life.close();
  await place.remove();
});

const DAY = 24 * 3600;
const GONE = { name: 'Gina Gone', email: 'gina.gone@contoso.example', company: 'Gone Ltd', phone: '+49 30 99' };

const ended = async (): Promise<string> => {
  const id = await life.awaiting({}, GONE);
  await life.marketplace.change(id, { status: 'Unsubscribed' });
  const { purchaseToken } = await life.marketplace.purchaseToken(id);
  expect((await life.api.resolve('buyer', purchaseToken)).body.stage).toBe('cancelled');
  return id;
};

const erase = async (id: string): Promise<void> => {
  const record = () => life.stored.record(id);
  const live = async (days: number) => {
    await life.world.restart(later(days * DAY + 240));
    await life.world.sweep();
  };
  await live(27);
  await eventually(record, ({ mails }) => mails.some(({ kind, state }) => kind === 'erasure-soon' && state === 'sent'));
  await live(31);
  await eventually(record, ({ stage }) => stage === 'erased');
};

const confirmAndActivate = async (id: string): Promise<void> => {
  await life.seen(id, ({ stage, steps }) => stage === 'awaiting-confirmation' && steps[2]?.state === 'done');
  expect((await life.api.operate('operator', id, 'confirm')).status).toBe(202);
  await life.atStage(id, 'confirmed');
  expect((await life.api.activate('buyer', id)).status).toBe(202);
  await life.atStage(id, 'active');
  expect((await life.api.look('reader', id)).body.subscription.marketplaceStatus).toBe('Subscribed');
  expect((await life.marketplace.truth(id)).activateCalls).toBe(1);
};

test('exported in the middle of journeys, lost and restored, they go on to their end, and what was erased stays so', async () => {
  const { world, api, marketplace, stored } = life;
  const { connectionString } = world.storage;
  const { folder } = place;
  const [gone, awaiting, active] = [await ended(), await life.awaiting(), await life.active()];
  await world.reconcile();
  await world.restart({ 'AzureWebJobs.provisioning.Disabled': 'true' });
  const provisioning = await life.onboarded();

  const exported = await backup(['export', folder], connectionString);
  expect(exported).toMatchObject({ code: 0, output: expect.stringContaining('Subscriptions: ') });
  expect(await backup(['export', folder], connectionString)).toMatchObject({ code: 1 });

  await world.restart({ 'AzureWebJobs.provisioning.Disabled': '' });
  await erase(gone);
  expect(await backup(['export-erasures', folder], connectionString)).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^1 subscriptions/m),
  });
  await world.host().kill();
  expect(await backup(['restore', folder], connectionString)).toMatchObject({
    code: 1,
    output: expect.stringContaining('not empty: Subscriptions, Organizations, Offers'),
  });
  await loseTables(connectionString);
  for (const queue of ['provisioning', 'notifications', 'marketplace-events']) await stored.clear(queue);

  const restoredAt = new Date().toISOString();
  const restored = await backup(['restore', folder], connectionString);

  expect(restored).toMatchObject({ code: 0, output: expect.stringContaining('4 subscriptions, 1 of them erased') });
  expect((await stored.record(provisioning)).stage).toBe('provisioning');
  const everything = JSON.stringify([await stored.rows('Subscriptions'), await stored.rows('Organizations')]);
  for (const personal of [GONE.name, GONE.email, GONE.phone]) expect(everything).not.toContain(personal);

  // No message is left; the sweep finds by the due rows what was under way.
  await world.restart(later(240));
  await world.sweep();
  await confirmAndActivate(provisioning);
  await confirmAndActivate(awaiting);
  await marketplace.act(active, { action: 'Suspend' });
  await life.atStage(active, 'suspended');
  expect((await api.look('reader', gone)).body).toMatchObject({ contact: null, subscription: { stage: 'erased' } });
  expect(await life.history(gone)).toContain('restored');

  await world.reconcile();
  const token = await api.consoleToken('reader');
  const { body } = await api.send<{ reconciliation: ReconciliationView }>('GET', '/operator/reconcile', token);
  const { startedAt = '' } = body.reconciliation.pass ?? {};
  expect(startedAt > restoredAt).toBe(true);
  expect((await api.list('reader')).body.items.map(({ id }) => id).toSorted()).toEqual(
    [gone, awaiting, active, provisioning].toSorted(),
  );
}, 120_000);
