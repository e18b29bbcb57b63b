import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CONSOLE_CLIENT_ID, LANDING_CLIENT_ID, PEOPLE } from '../../../local/people.ts';
import { LOG_EVENTS } from '../../../src/application/log-events.ts';
import { eventually } from '../../support/eventually.ts';
import { startProxy, storageProxy } from '../../support/storage-proxy.ts';
import { startWorld, type World } from '../../support/world.ts';
import { journeys } from '../http/journeys.ts';
import { later } from './later.ts';
import { stored } from './stored.ts';

type Proxy = Awaited<ReturnType<typeof startProxy>>;

const storage = storageProxy();
let marketplaceProxy: Proxy;
let mailboxProxy: Proxy;
let world: World;
/** What every host of this file has printed. */
let printed = '';
/** Every error that was answered. */
const errors: string[] = [];
/** Purchase tokens and bearer tokens that were in use. */
const secrets: string[] = [];

const behindProxy = async (settings: Record<string, string>, name: string): Promise<Proxy> => {
  const { origin } = new URL(/http:[^;]+/.exec(settings[name] ?? '')?.[0] ?? '');
  const proxy = await startProxy(origin);
  await restart({ [name]: settings[name]?.replace(origin, proxy.url) ?? '' });
  return proxy;
};

const restart = async (changed: Record<string, string> = {}): Promise<void> => {
  printed += world.host().output();
  await world.restart(changed);
};

beforeAll(async () => {
  world = await startWorld({ storageThrough: storage.through });
  marketplaceProxy = await behindProxy(world.settings(), 'MARKETPLACE_API_URL');
  mailboxProxy = await behindProxy(world.settings(), 'EMAIL_CONNECTION_STRING');
});
afterAll(async () => {
  await world.close();
  await Promise.all([storage.close(), marketplaceProxy.close(), mailboxProxy.close()]);
});

/** Whoever says `canary` says something that must stay between them and the record. */
const contact = {
  name: 'Canary Name',
  email: 'canary.address@canary.example',
  company: 'Canary Company',
  phone: '+49 canary 1234',
  wish: 'Canary wish',
};

const ask = async (method: string, path: string, token: string | undefined, body?: unknown, headers = {}) => {
  if (token !== undefined) secrets.push(token);
  const answer = await world.api.send(method, path, token, body, headers);
  if (answer.status >= 400) errors.push(JSON.stringify(answer.body));
  return answer;
};
const landing = (person: string) => world.api.landingToken(person);
const asBuyer = async (method: string, path: string, body?: unknown, headers = {}) =>
  ask(method, path, await landing('buyer'), body, headers);
const asOperator = async (id: string, act: string, body: unknown = { reason: 'Canary reason' }) =>
  ask('POST', `/operator/subscriptions/${id}/${act}`, await world.api.consoleToken('operator'), body);

const buy = async (order: { offerId?: string; purchaser?: string } = {}) => {
  const bought = await journeys(world).buy({ name: 'Canary subscription', ...order });
  secrets.push(bought.purchaseToken);
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
    'canary',
    'canary.canary.canary',
    await forged(LANDING_CLIENT_ID, { claims: { name: 'Canary', email: contact.email }, signWith: 'foreign' }),
    await forged(LANDING_CLIENT_ID, { expiresInSeconds: -600, claims: { tid: 'canary' } }),
    await forged(CONSOLE_CLIENT_ID, { claims: { roles: ['Canary'] } }),
  ]) {
    await ask('GET', '/operator/subscriptions', token);
    await ask('POST', '/resolve', token, { purchaseToken: 'canary' });
  }
  for (const purchaseToken of ['canary', 'canary\ncanary', 'canary'.repeat(1000), 'é canary'])
    await resolve(purchaseToken);
  await asBuyer('POST', '/resolve', '{"purchaseToken":"canary');
  await asBuyer('POST', '/resolve', `{"purchaseToken":"canary${'x'.repeat(70_000)}"}`);
  await asBuyer('POST', '/resolve', '{"purchaseToken":"canary"}', { 'content-type': 'text/canary' });
  const { subscriptionId, purchaseToken } = await buy();
  await resolve(purchaseToken, 'stranger');
  await resolve(purchaseToken);
  const wrong = { ...contact, email: 'canary', phone: 'canary'.repeat(20), wish: { canary: 'canary' } };
  await asBuyer('POST', '/onboard', { subscriptionId, contact: wrong });
  await asBuyer('POST', '/onboard', { subscriptionId: 'canary', contact });
  await ask('POST', '/onboard', await landing('stranger'), { subscriptionId, contact });
  await asOperator(subscriptionId, 'confirm', { reason: 'Canary\nreason' });
  await asOperator(subscriptionId, 'confirm');
  const readerToken = await world.api.consoleToken('reader');
  await ask('GET', '/operator/subscriptions?q=Canary', readerToken);
  await ask('GET', '/operator/subscriptions?stage=canary', readerToken);
  for (let count = 0; count < 61; count += 1) await ask('POST', '/resolve', await landing('reseller'), '{"canary');
  expect(errors.filter((error) => error.includes('too-many-requests')).length).toBeGreaterThan(0);
});

test('Microsoft in trouble, quoting what it was sent', async () => {
  const { marketplace, entra } = world;
  const { purchaseToken } = await buy({ offerId: 'another-offer' });
  const body = { message: `Canary: ${purchaseToken} of ${contact.email}` };
  for (const status of [400, 403, 404, 418]) {
    await marketplace.faults({ operation: 'resolve', status, body });
    await resolve(purchaseToken);
  }
  await marketplace.faults({ operation: 'resolve', status: 429, retryAfterSeconds: 60, body });
  await resolve(purchaseToken);
  marketplaceProxy.pull(async () => ({ status: 200, body: `Canary ${purchaseToken}`, type: 'application/json' }));
  await resolve(purchaseToken);
  marketplaceProxy.pull();
  await marketplace.faults({ operation: 'plans', status: 418, body });
  await resolve(purchaseToken);
  await restart();
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
  await asBuyer('POST', '/onboard', { subscriptionId: id, contact: { ...contact, company: 'Canary Holding' } });
  await seen(id, ({ steps }) => steps[2]?.state === 'failed');
  await asOperator(id, 'retry');
  await seen(id, ({ steps }) => steps[2]?.state === 'done');
  await asBuyer('POST', `/subscriptions/${id}/activate`);
  await asOperator(id, 'confirm');
  await atStage(id, 'confirmed');
  await asOperator(id, 'activate', {});
  await marketplace.faults({ operation: 'activate', status: 403, body: `Canary ${contact.email}` });
  await asBuyer('POST', `/subscriptions/${id}/activate`);
  await atStage(id, 'activation-failed');
  await marketplace.faults({ operation: 'get', status: 500, body: { message: 'Canary' }, times: 2 });
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
  const canary = { emailId: 'canary_home.example#EXT#@canary.example' };
  await marketplace.change(bought.subscriptionId, { purchaser: canary, beneficiary: canary });
  await resolve(bought.purchaseToken, 'stranger');
  const unusable = { ...contact, email: 'canary#EXT#@canary.example' };
  await ask('POST', '/onboard', await landing('stranger'), {
    subscriptionId: bought.subscriptionId,
    contact: unusable,
  });
  await seen(bought.subscriptionId, ({ steps }) => steps[1]?.state === 'failed');

  const direct = stored(world.storage.connectionString);
  for (const queue of ['provisioning', 'notifications', 'provisioning-poison', 'notifications-poison']) {
    await direct.send(queue, 'Canary, no JSON');
    await direct.send(queue, JSON.stringify({ v: 1, subscriptionId: bought.subscriptionId }));
  }
  await eventually(
    async () => world.host().output(),
    (output) =>
      output.split('"PEG_MESSAGE_POISONED"').length > 2 && output.split('"PEG_MESSAGE_UNREADABLE"').length > 4,
  );
});

test('a directory that cannot be reached', async () => {
  storage
    .tables()
    .pull(async ({ url }) =>
      url.includes('/Organizations') ? { status: 403, body: `Canary ${contact.email}` } : undefined,
    );
  const id = await onboarded();
  await journeys(world).seen(id, ({ steps }) => steps[0]?.code === 'storage-unavailable');
  storage.tables().pull();
});

test('storage that fails or answers what nobody can read', async () => {
  const { purchaseToken, subscriptionId } = await buy();
  await resolve(purchaseToken);
  const body = `Canary ${contact.email}`;
  const failures = () => world.host().output().split('"PEG_FAILED"').length - 1;
  for (const answer of [
    { status: 403, body },
    { status: 200, body: JSON.stringify({ rows: '[]', data0: `{"visits":"${body}"}` }), type: 'application/json' },
  ]) {
    const before = failures();
    storage.tables().pull(async () => answer);
    await asBuyer('GET', `/subscriptions/${subscriptionId}`);
    await stored(world.storage.connectionString).send('provisioning', JSON.stringify({ v: 1, subscriptionId }));
    await eventually(
      async () => failures(),
      (count) => count >= before + 2,
    );
    storage.tables().pull();
  }
  expect(errors.at(-1)).toContain('internal-error');
  expect(errors.at(-1)).not.toMatch(/stack|TypeError|visits/);
});

test('settings that are wrong', async () => {
  const right = world.settings();
  const wrong = {
    MARKETPLACE_CREDENTIAL: 'canary',
    EMAIL_CONNECTION_STRING: 'endpoint=http://canary.example;accesskey=canary',
  };
  const fault = await restart(wrong).catch((error: unknown) => (error as Error).message);
  expect(fault).toContain('MARKETPLACE_CREDENTIAL');
  printed += fault ?? '';
  await world.restart({
    MARKETPLACE_CREDENTIAL: 'none',
    EMAIL_CONNECTION_STRING: right['EMAIL_CONNECTION_STRING'] ?? '',
  });
  await restart(later(200));
  await world.sweep();
  await journeys(world).quiet();
});

/** The next three look at what the walk above has left behind. */
test('nothing of what people sent or are called is in logs, queues, errors, or addresses that we ask', () => {
  printed += world.host().output();
  const urls = [...marketplaceProxy.seen(), ...mailboxProxy.seen()].map(({ url }) => url);
  const messages = storage
    .queues()
    .seen()
    .filter(({ method }) => method === 'POST');
  expect(urls.length).toBeGreaterThan(20);
  expect(messages.length).toBeGreaterThan(10);
  expect(errors.length).toBeGreaterThan(90);
  expect(secrets.length).toBeGreaterThan(100);
  const names = PEOPLE.flatMap(({ name, username, mail }) => [name, username, ...(mail === undefined ? [] : [mail])]);
  for (const [where, text] of Object.entries({
    logs: printed,
    queues: messages.map(({ url, body }) => `${url} ${body}`).join('\n'),
    errors: errors.join('\n'),
    addresses: urls.join('\n'),
  })) {
    expect([where, /.*canary.*/i.exec(text)?.[0]]).toEqual([where, undefined]);
    const found = [...secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]), ...names].filter(
      (secret) => secret !== 'canary' && text.includes(secret),
    );
    expect([where, found]).toEqual([where, []]);
    expect(text).not.toMatch(/eyJ[\w-]{10}|@[\w-]+\.example/);
  }
  for (const { body } of messages)
    expect(body).toMatch(/&quot;v&quot;:1,&quot;subscriptionId&quot;:&quot;[0-9a-f-]{36}&quot;}/);
});

test('every event of the registry was seen, in one form', () => {
  const lines = [...printed.matchAll(/^\[(\w+)\] ([\w-]+): (\{"event".*\})$/gm)];
  const events = lines.map(([, , name = '', text = '']) => ({
    name,
    line: JSON.parse(text) as Record<string, unknown>,
  }));
  const seen = new Set(events.map(({ line }) => String(line['event'])));
  expect([...seen].toSorted()).toEqual(Object.keys(LOG_EVENTS).toSorted());
  for (const { name, line } of events) {
    expect(line).toMatchObject({ function: name, correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    if (/_(COMPLETED|REFUSED|FAILED)$/.test(String(line['event'])) && !('subscriptionId' in line)) {
      expect(line).toHaveProperty('durationMs');
    }
  }
  expect(events.length).toBeGreaterThan(300);
});

test('the reference of an error finds the log', () => {
  for (const error of errors) {
    const { instance } = JSON.parse(error) as { instance: string };
    expect(printed).toContain(instance.replace('urn:uuid:', ''));
  }
});
