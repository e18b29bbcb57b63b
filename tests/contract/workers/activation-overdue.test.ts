import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { startWorld, type World } from '../../support/world.ts';
import { journeys } from '../http/journeys.ts';
import { later } from './later.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test('an activation that Microsoft has accepted and not carried out within an hour is said to be overdue, and not before', async () => {
  const { api, marketplace } = world;
  const { confirmed, history } = journeys(world);
  const id = await confirmed();
  await marketplace.switches({ activate: 'delayed', activateDelaySeconds: 7200 });
  await api.activate('buyer', id);
  await eventually(
    () => history(id),
    (all) => all.includes('activation-accepted'),
  );
  const isSaid = async (): Promise<boolean> => world.host().output().includes('PEG_ACTIVATION_OVERDUE');

  await world.restart(later(3000));
  await world.sweep();
  await eventually(
    async () => world.host().output(),
    (lines) => lines.includes('PEG_ACTIVATION_ACCEPTED'),
  );
  expect(await isSaid()).toBe(false);

  await world.restart(later(4000));
  await world.sweep();
  await eventually(isSaid, Boolean);
});
