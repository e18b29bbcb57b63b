import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CONSOLE_CLIENT_ID, CONTOSO_TENANT, FABRIKAM_TENANT, person } from '../../../local/people.ts';
import { eventually } from '../../support/eventually.ts';
import { startWorld, type World } from '../../support/world.ts';
import { stored } from '../workers/stored.ts';
import { journeys } from './journeys.ts';

let world: World;
let storage: ReturnType<typeof stored>;
beforeAll(async () => {
  world = await startWorld();
  storage = stored(world.storage.connectionString);
});
afterAll(() => world.close());

const times = <T>(count: number, ask: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => ask(index)));

/** How often the mail service took each mail that speaks of the subscription, by subject. */
const sends = async (id: string): Promise<Record<string, number>> => {
  const mails = (await world.mailbox.mails()).filter((mail) => mail.text.includes(id));
  const counts: Record<string, number> = {};
  for (const { subject, attempts } of mails) {
    const kind = subject.replace(/: (Starter|Team|Growth).*$/, '');
    counts[kind] = (counts[kind] ?? 0) + attempts;
  }
  return counts;
};

const secondOperator = async (id: string, act: string, body: unknown) => {
  const claims = { oid: randomUUID(), name: 'Otto Operator' };
  const token = await world.entra.token({ person: 'operator', clientId: CONSOLE_CLIENT_ID, claims });
  return world.api.send('POST', `/operator/subscriptions/${id}/${act}`, token, body);
};

test('eight onboards at once are eight times 202, one organization, one user, one mail of each kind', async () => {
  const { api } = world;
  const { resolved, seen } = journeys(world);
  const id = await resolved({ purchaser: 'stranger' });

  const answers = await times(8, () => api.onboard('stranger', id));

  expect(answers.map(({ status, body }) => [status, body.message])).toEqual(
    Array.from({ length: 8 }, () => [202, 'Onboarding request created successfully.']),
  );
  await seen(id, ({ steps }) => steps.every(({ state }) => state === 'done'));
  await eventually(
    () => sends(id),
    (counts) => Object.keys(counts).length === 2,
  );
  await journeys(world).quiet();
  const { organizations, users } = await storage.organization(FABRIKAM_TENANT);
  expect(organizations).toHaveLength(1);
  expect(users).toMatchObject([
    { email: person('stranger').username, objectId: person('stranger').objectId, role: 'admin' },
  ]);
  expect(await sends(id)).toEqual({ 'New onboarding': 1, 'Unifize: we have your request': 1 });
  const { timeline } = (await api.look('reader', id)).body;
  expect(timeline.filter(({ what }) => what === 'onboarding-requested')).toHaveLength(1);
  expect(timeline.filter(({ what }) => what.endsWith('-created'))).toHaveLength(2);
});

test('eight first visits at once are one subscription', async () => {
  const { api } = world;
  const { buy, history, operatorMails } = journeys(world);
  const { subscriptionId: id, purchaseToken } = await buy({ planId: 'growth-auto' });

  const answers = await times(8, (index) => api.resolve(index % 2 === 0 ? 'buyer' : 'colleague', purchaseToken));

  expect(answers.map(({ status, body }) => [status, body.id])).toEqual(Array.from({ length: 8 }, () => [200, id]));
  expect((await history(id)).filter((what) => what === 'resolved')).toHaveLength(1);
  const all = (await api.list('reader', `?q=${id}`)).body.items;
  expect(all).toHaveLength(1);
  expect((await storage.record(id)).visits.map(({ objectId }) => objectId).toSorted()).toEqual(
    [person('buyer').objectId, person('colleague').objectId].toSorted(),
  );
  await eventually(
    () => operatorMails(id),
    (mails) => mails.length > 0,
  );
  await journeys(world).quiet();
  expect(await sends(id)).toEqual({ 'Billing already runs': 1 });
});

test('two operators who confirm and, with the buyer, activate at once confirm once and bill once', async () => {
  const { api, marketplace } = world;
  const { awaiting, atStage, history } = journeys(world);
  const id = await awaiting();

  const confirms = await times(6, (index) =>
    index % 2 === 0 ? api.operate('operator', id, 'confirm') : secondOperator(id, 'confirm', {}),
  );
  expect(new Set(confirms.map(({ status }) => status))).toEqual(new Set([202]));
  await atStage(id, 'confirmed');

  const reason = { reason: 'asked by phone' };
  const activates = await times(9, (index) => {
    if (index % 3 === 0) return api.activate('buyer', id);
    return index % 3 === 1 ? api.operate('operator', id, 'activate', reason) : secondOperator(id, 'activate', reason);
  });
  expect(new Set(activates.map(({ status }) => status))).toEqual(new Set([202]));
  await atStage(id, 'active');
  await eventually(
    () => sends(id),
    (counts) => Object.keys(counts).length === 5,
  );
  await journeys(world).quiet();

  expect(await marketplace.truth(id)).toMatchObject({ activations: 1, activateCalls: 1 });
  const happened = await history(id);
  for (const once of ['set-up-confirmed', 'activation-requested', 'activation-accepted', 'activated']) {
    expect(happened.filter((what) => what === once)).toEqual([once]);
  }
  expect(new Set(Object.values(await sends(id)))).toEqual(new Set([1]));
});

test('messages that come twice while the work runs do it once', async () => {
  const { api } = world;
  const { seen, resolvedApart } = journeys(world);
  const { id, organization } = await resolvedApart();
  expect((await api.onboard('buyer', id)).status).toBe(202);
  const text = JSON.stringify({ v: 1, subscriptionId: id });
  await times(8, (index) => storage.send(index % 2 === 0 ? 'provisioning' : 'notifications', text));

  await seen(id, ({ steps }) => steps.every(({ state }) => state === 'done'));
  await journeys(world).quiet();
  const { organizations, users } = await storage.organization(organization);
  expect([organizations.length, users.length]).toEqual([1, 1]);
  expect(await sends(id)).toEqual({ 'New onboarding': 1, 'Unifize: we have your request': 1 });
});

test('messages that come when there is nothing to do change nothing, and neither do those about nobody', async () => {
  const id = await journeys(world).confirmed();
  await eventually(
    () => sends(id),
    (counts) => Object.keys(counts).length === 3,
  );
  await journeys(world).quiet();
  const before = await storage.record(id);
  const mailsBefore = await sends(id);
  const { length } = await storage.rows('Subscriptions');

  for (const subscriptionId of [id, randomUUID()]) {
    await times(3, () => storage.send('provisioning', JSON.stringify({ v: 1, subscriptionId })));
    await times(3, () => storage.send('notifications', JSON.stringify({ v: 1, subscriptionId })));
  }
  await journeys(world).quiet();

  expect(await storage.record(id)).toEqual(before);
  expect(await sends(id)).toEqual(mailsBefore);
  expect(await storage.rows('Subscriptions')).toHaveLength(length);
});

test('a second subscription joins the organization, and its admin user waits for the confirmation', async () => {
  const { api } = world;
  const { awaiting, atStage, operatorMails, seen } = journeys(world);
  await awaiting();
  const usersBefore = (await storage.organization(CONTOSO_TENANT)).users.length;

  const second = await awaiting({ planId: 'team', quantity: 4, purchaser: 'colleague' });

  const adminUser = (await api.look('reader', second)).body.subscription.steps[1];
  expect(adminUser).toMatchObject({ name: 'admin-user', state: 'held', code: 'existing-organization' });
  const { organizations, users } = await storage.organization(CONTOSO_TENANT);
  expect(users).toHaveLength(usersBefore);
  expect(organizations).toHaveLength(1);
  expect(organizations[0]?.claims[second]).toEqual({
    offerId: 'unifize-qms',
    planId: 'team',
    quantity: 4,
    access: 'on',
    version: expect.any(Number),
  });
  expect((await operatorMails(second))[0]?.text).toContain(
    `Confirming the set-up makes ${person('colleague').username} its administrator`,
  );

  expect((await api.operate('operator', second, 'confirm')).status).toBe(202);
  await atStage(second, 'confirmed');
  await seen(second, ({ steps }) => steps[1]?.state === 'done');
  const admins = (await storage.organization(CONTOSO_TENANT)).users.map(({ email }) => email);
  expect(admins).toHaveLength(usersBefore + 1);
  expect(admins).toContain(person('colleague').username);
});
