import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { OPERATOR_EMAIL, startWorld, type World } from '../../support/world.ts';
import { journeys } from '../http/journeys.ts';
import { expectProblem } from '../http/problem.ts';
import { later } from '../workers/later.ts';
import { stored } from '../workers/stored.ts';

// The routes hold and release, the view's deadline, and an erasure by the built app's own sweep and queues (issue 4).

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const DAY = 24 * 3600;

const ended = async (): Promise<string> => {
  const id = await journeys(world).awaiting();
  await world.marketplace.change(id, { status: 'Unsubscribed' });
  const { purchaseToken } = await world.marketplace.purchaseToken(id);
  expect((await world.api.resolve('buyer', purchaseToken)).body.stage).toBe('cancelled');
  return id;
};

test('an operator holds the erasure with a reason and releases it; nobody else is told why', async () => {
  const { api } = world;
  const id = await ended();
  const until = (await api.get('buyer', id)).body.deadlines.eraseAfter ?? '';
  expect(Math.abs(Date.parse(until) - Date.now() - 30 * DAY * 1000)).toBeLessThan(60_000);

  expectProblem(await api.operate('operator', id, 'hold'), [409, 'reason-required']);
  expectProblem(await api.operate('reader', id, 'hold', { reason: 'x' }), [403, 'not-an-operator']);
  const held = await api.operate('operator', id, 'hold', { reason: 'A lawyer asked.' });

  expect(held.status).toBe(202);
  expect(held.body.subscription.erasureHold).toMatchObject({ by: 'operator', reason: 'A lawyer asked.' });
  const allowed = Object.fromEntries(held.body.subscription.allowedOperations.map((one) => [one.name, one.allowed]));
  expect(allowed).toMatchObject({ hold: false, release: true });
  expect((await api.get('buyer', id)).body).not.toHaveProperty('erasureHold');
  expect((await api.get('buyer', id)).body.deadlines).toEqual({});
  const released = await api.operate('operator', id, 'release', {});
  expect([released.status, released.body.subscription.deadlines.eraseAfter]).toEqual([202, until]);
  expect((await api.operate('operator', id, 'release', {})).status).toBe(202);
  const { timeline } = (await api.look('reader', id)).body;
  expect(timeline).toContainEqual(expect.objectContaining({ what: 'erasure-held', detail: 'A lawyer asked.' }));
});

test('what lives has no erasure to hold', async () => {
  const id = await journeys(world).awaiting();
  expectProblem(await world.api.operate('operator', id, 'hold', { reason: 'x' }), [409, 'no-erasure']);
  expectProblem(await world.api.operate('operator', id, 'release', {}), [409, 'no-erasure']);
});

test('after 27 days operators are told, after 30 the data goes, and a tombstone is shown to all', async () => {
  const { api, mailbox, marketplace } = world;
  const id = await ended();

  await world.restart(later(27 * DAY + 120));
  await world.sweep();
  await eventually(
    async () =>
      (await mailbox.mails(OPERATOR_EMAIL)).filter(({ text, subject }) => text.includes(id) && /erased/.test(subject)),
    (mails) => mails.length === 1,
  );
  await world.restart(later(31 * DAY));
  await world.sweep();
  await eventually(
    () => stored(world.storage.connectionString).record(id),
    ({ stage }) => stage === 'erased',
  );
  await world.restart(later(0));

  const { subscription, contact, timeline } = (await api.look('reader', id)).body;
  expect(subscription).toMatchObject({ id, stage: 'erased', badge: 'Data deleted', purchaserEmail: '', name: id });
  expect(contact).toBeNull();
  expect(timeline.map(({ what }) => what)).toEqual(expect.arrayContaining(['onboarding-requested', 'erased']));
  expect(timeline.every(({ actor, detail }) => actor !== '' && detail === undefined)).toBe(true);
  expect((await api.list('reader', '?stage=erased')).body.items.map((one) => one.id)).toContain(id);
  const { purchaseToken } = await marketplace.purchaseToken(id);
  expect((await api.resolve('buyer', purchaseToken)).body).toMatchObject({ id, stage: 'erased' });
  expectProblem(await api.operate('operator', id, 'confirm', {}), [409, 'subscription-cancelled']);
  expectProblem(await api.operate('operator', id, 'hold', { reason: 'x' }), [409, 'no-erasure']);
});
