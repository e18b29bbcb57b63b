import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CONSOLE_CLIENT_ID, LANDING_CLIENT_ID } from '../../../../local/people.ts';
import { eventually } from '../../../support/eventually.ts';
import type { World } from '../../../support/world.ts';
import { journeys } from '../../http/journeys.ts';
import { later } from '../later.ts';
import { stored } from '../stored.ts';
import { CONTACT, startWatched, type Watched } from './watched.ts';

// P7 from the purchase to the activation, with every trouble on the way.

let watched: Watched;
let world: World;
beforeAll(async () => {
  watched = await startWatched();
  ({ world } = watched);
});
afterAll(() => watched.close());

const contact = CONTACT;
const ask: Watched['ask'] = (...given) => watched.ask(...given);
const asBuyer: Watched['asBuyer'] = (...given) => watched.asBuyer(...given);
const asOperator: Watched['asOperator'] = (...given) => watched.asOperator(...given);
const landing = (person: string) => world.api.landingToken(person);

const buy = async (order: { offerId?: string; purchaser?: string } = {}) => {
  const bought = await journeys(world).buy({ name: 'Kestrel subscription', ...order });
  watched.secrets.push(bought.purchaseToken);
  return bought;
};
const resolve = async (purchaseToken: string, person = 'buyer') =>
  ask('POST', '/resolve', await landing(person), { purchaseToken });
const onboarded = async (order: { purchaser?: string } = {}, details: object = contact): Promise<string> => {
  const { subscriptionId, purchaseToken } = await buy(order);
  await resolve(purchaseToken, order.purchaser);
  await ask('POST', '/onboard', await landing(order.purchaser ?? 'buyer'), { subscriptionId, contact: details });
  return subscriptionId;
};

test('refused callers and bad input', async () => {
  const { entra } = world;
  const forged = (clientId: string, how: object) => entra.token({ person: 'buyer', clientId, ...how });
  for (const token of [
    'kestrel',
    'kestrel.kestrel.kestrel',
    await forged(LANDING_CLIENT_ID, { claims: { name: 'Kestrel', email: contact.email }, signWith: 'foreign' }),
    await forged(LANDING_CLIENT_ID, { expiresInSeconds: -600, claims: { tid: 'kestrel' } }),
    await forged(CONSOLE_CLIENT_ID, { claims: { roles: ['Kestrel'] } }),
  ]) {
    await ask('GET', '/operator/subscriptions', token);
    await ask('POST', '/resolve', token, { purchaseToken: 'kestrel' });
  }
  for (const purchaseToken of ['kestrel', 'kestrel\nkestrel', 'kestrel'.repeat(1000), 'é kestrel'])
    await resolve(purchaseToken);
  await asBuyer('POST', '/resolve', '{"purchaseToken":"kestrel');
  await asBuyer('POST', '/resolve', `{"purchaseToken":"kestrel${'x'.repeat(70_000)}"}`);
  await asBuyer('POST', '/resolve', '{"purchaseToken":"kestrel"}', { 'content-type': 'text/kestrel' });
  const { subscriptionId, purchaseToken } = await buy();
  await resolve(purchaseToken, 'stranger');
  await resolve(purchaseToken);
  const wrong = { ...contact, email: 'kestrel', phone: 'kestrel'.repeat(20), wish: { kestrel: 'kestrel' } };
  await asBuyer('POST', '/onboard', { subscriptionId, contact: wrong });
  await asBuyer('POST', '/onboard', { subscriptionId: 'kestrel', contact });
  await ask('POST', '/onboard', await landing('stranger'), { subscriptionId, contact });
  await asOperator(subscriptionId, 'confirm', { reason: 'Kestrel\nreason' });
  await asOperator(subscriptionId, 'confirm');
  const readerToken = await world.api.consoleToken('reader');
  await ask('GET', '/operator/subscriptions?q=Kestrel', readerToken);
  await ask('GET', '/operator/subscriptions?stage=kestrel', readerToken);
  for (let count = 0; count < 61; count += 1) await ask('POST', '/resolve', await landing('reseller'), '{"kestrel');
  expect(watched.errors.filter((error) => error.includes('too-many-requests')).length).toBeGreaterThan(0);
});

test('Microsoft in trouble, quoting what it was sent', async () => {
  const { marketplace, entra } = world;
  const { purchaseToken } = await buy({ offerId: 'another-offer' });
  const body = { message: `Kestrel: ${purchaseToken} of ${contact.email}` };
  for (const status of [400, 403, 404, 418]) {
    await marketplace.faults({ operation: 'resolve', status, body });
    await resolve(purchaseToken);
  }
  await marketplace.faults({ operation: 'resolve', status: 429, retryAfterSeconds: 60, body });
  await resolve(purchaseToken);
  watched.marketplaceProxy.pull(async () => ({
    status: 200,
    body: `Kestrel ${purchaseToken}`,
    type: 'application/json',
  }));
  await resolve(purchaseToken);
  watched.marketplaceProxy.pull();
  await marketplace.faults({ operation: 'plans', status: 418, body });
  await resolve(purchaseToken);
  await watched.restart();
  await entra.faults({ path: 'metadata', status: 500, times: 1 });
  expect((await resolve(purchaseToken)).problem.code).toBe('signing-keys-unavailable');
});

test('a whole journey with every trouble on the way', async () => {
  const { marketplace, mailbox } = world;
  const { seen, atStage } = journeys(world);
  await mailbox.faults({ status: 429, retryAfterSeconds: 60, times: 2 });
  await onboarded();
  await eventually(
    async () => world.host().output(),
    (output) => output.split('"PEG_MAIL_DELAYED"').length > 2,
  );
  await mailbox.faults({ status: 400, times: 2 });
  const id = await onboarded();
  await asBuyer('POST', '/onboard', { subscriptionId: id, contact: { ...contact, company: 'Kestrel Holding' } });
  await seen(id, ({ steps }) => steps[2]?.state === 'failed');
  await asOperator(id, 'retry');
  await seen(id, ({ steps }) => steps[2]?.state === 'done');
  await asBuyer('POST', `/subscriptions/${id}/activate`);
  await asOperator(id, 'confirm');
  await atStage(id, 'confirmed');
  await asOperator(id, 'activate', {});
  await marketplace.faults({ operation: 'activate', status: 403, body: `Kestrel ${contact.email}` });
  await asBuyer('POST', `/subscriptions/${id}/activate`);
  await atStage(id, 'activation-failed');
  await marketplace.faults({ operation: 'get', status: 500, body: { message: 'Kestrel' }, times: 2 });
  await asOperator(id, 'activate');
  await seen(id, ({ activationCode }) => activationCode === 'marketplace-unavailable');
  await asOperator(id, 'retry');
  await atStage(id, 'active');
  await asOperator(id, 'retry');
  await marketplace.change(id, { status: 'Unsubscribed' });
  await resolve((await marketplace.purchaseToken(id)).purchaseToken);
  await asBuyer('POST', '/onboard', { subscriptionId: id, contact });
});

test('steps that fail, messages that nobody can read or that are poisoned', async () => {
  const { marketplace } = world;
  const { seen } = journeys(world);
  const bought = await buy({ purchaser: 'stranger' });
  const kestrel = { emailId: 'kestrel_home.example#EXT#@kestrel.example' };
  await marketplace.change(bought.subscriptionId, { purchaser: kestrel, beneficiary: kestrel });
  await resolve(bought.purchaseToken, 'stranger');
  const unusable = { ...contact, email: 'kestrel#EXT#@kestrel.example' };
  await ask('POST', '/onboard', await landing('stranger'), {
    subscriptionId: bought.subscriptionId,
    contact: unusable,
  });
  await seen(bought.subscriptionId, ({ steps }) => steps[1]?.state === 'failed');

  const direct = stored(world.storage.connectionString);
  for (const queue of ['provisioning', 'notifications', 'provisioning-poison', 'notifications-poison']) {
    await direct.send(queue, 'Kestrel, no JSON');
    await direct.send(queue, JSON.stringify({ v: 1, subscriptionId: bought.subscriptionId }));
  }
  await eventually(
    async () => world.host().output(),
    (output) =>
      output.split('"PEG_MESSAGE_POISONED"').length > 2 && output.split('"PEG_MESSAGE_UNREADABLE"').length > 4,
  );
});

test('a directory that cannot be reached', async () => {
  watched.storage
    .tables()
    .pull(async ({ url }) =>
      url.includes('/Organizations') ? { status: 403, body: `Kestrel ${contact.email}` } : undefined,
    );
  const id = await onboarded();
  await journeys(world).seen(id, ({ steps }) => steps[0]?.code === 'storage-unavailable');
  watched.storage.tables().pull();
});

test('a queue that takes no messages', async () => {
  watched.storage
    .queues()
    .pull(async ({ method }) => (method === 'POST' ? { status: 403, body: `Kestrel ${contact.email}` } : undefined));
  await onboarded();
  watched.storage.queues().pull();
  expect(world.host().output()).toContain('"PEG_MESSAGE_UNSENT"');
});

test('storage that fails or answers what nobody can read', async () => {
  const { purchaseToken, subscriptionId } = await buy();
  await resolve(purchaseToken);
  const body = `Kestrel ${contact.email}`;
  const failures = () => world.host().output().split('"PEG_FAILED"').length - 1;
  for (const answer of [
    { status: 403, body },
    { status: 200, body: JSON.stringify({ rows: '[]', data0: `{"visits":"${body}"}` }), type: 'application/json' },
  ]) {
    const before = failures();
    watched.storage.tables().pull(async () => answer);
    await asBuyer('GET', `/subscriptions/${subscriptionId}`);
    await stored(world.storage.connectionString).send('provisioning', JSON.stringify({ v: 1, subscriptionId }));
    await eventually(
      async () => failures(),
      (count) => count >= before + 2,
    );
    watched.storage.tables().pull();
  }
  expect(watched.errors.at(-1)).toContain('internal-error');
  expect(watched.errors.at(-1)).not.toMatch(/stack|TypeError|visits/);
});

test('settings that are wrong', async () => {
  const right = world.settings();
  const wrong = {
    MARKETPLACE_CREDENTIAL: 'kestrel',
    EMAIL_CONNECTION_STRING: 'endpoint=http://kestrel.example;accesskey=kestrel',
  };
  const fault = await watched.restart(wrong).catch((error: unknown) => (error as Error).message);
  expect(fault).toContain('MARKETPLACE_CREDENTIAL');
  watched.print(fault ?? '');
  await world.restart({
    MARKETPLACE_CREDENTIAL: 'none',
    EMAIL_CONNECTION_STRING: right['EMAIL_CONNECTION_STRING'] ?? '',
  });
  await watched.restart(later(200));
  await world.sweep();
  await journeys(world).quiet();
});

// The next three look at what the walk above has left behind.

test('nothing of what people sent or are called is in logs, queues, errors, or addresses that we ask', () => {
  expect(watched.errors.length).toBeGreaterThan(90);
  expect(watched.secrets.length).toBeGreaterThan(100);
  watched.expectQuiet();
});

test('every event of the journey was seen, in one form', () => {
  watched.expectEvents('journey');
});

test('the reference of an error finds the log', () => {
  watched.expectReferences();
});
