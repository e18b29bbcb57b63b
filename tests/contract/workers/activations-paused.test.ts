import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { startWorld, type World } from '../../support/world.ts';
import { journeys } from '../http/journeys.ts';
import { later } from './later.ts';

/** The switch PAUSE_ACTIVATIONS: what is asked for waits and is not lost (P2); nobody is billed meanwhile (P1). */
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const calls = async (id: string) => (await world.marketplace.truth(id)).activateCalls;

test('while activations are paused none is called, accepted ones are followed, and all go on by themselves after it', async () => {
  const { api, marketplace } = world;
  const { confirmed, seen, atStage, history, quiet } = journeys(world);
  const [waiting, accepted] = [await confirmed(), await confirmed()];
  await marketplace.switches({ activate: 'delayed', activateDelaySeconds: 3600 });
  await api.activate('buyer', accepted);
  await eventually(
    () => history(accepted),
    (all) => all.includes('activation-accepted'),
  );

  await world.restart({ PAUSE_ACTIVATIONS: 'true' });
  const asked = await api.activate('buyer', waiting);
  const view = await seen(waiting, ({ activationCode }) => activationCode !== undefined);

  expect(asked.status).toBe(202);
  expect(view).toMatchObject({ stage: 'activating', activationCode: 'activations-paused', next: { who: 'publisher' } });
  await marketplace.change(accepted, { status: 'Subscribed' });
  await atStage(accepted, 'active');
  // Asked for again, and more than an hour later: nobody is woken over what the publisher has paused.
  expect((await api.activate('buyer', waiting)).status).toBe(202);
  await world.restart(later(4000));
  await world.sweep();
  await quiet();
  expect(await calls(waiting)).toBe(0);
  expect(world.host().output()).not.toContain('PEG_ACTIVATION_OVERDUE');

  await marketplace.switches({ activate: 'sync' });
  await world.restart({ PAUSE_ACTIVATIONS: '', ...later(4400) });
  await world.sweep();
  await atStage(waiting, 'active');

  expect(await calls(waiting)).toBe(1);
  expect(await history(waiting)).toContain('activation-paused');
});
