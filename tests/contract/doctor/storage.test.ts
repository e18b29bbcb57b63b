// Roles on storage, queues and poison depth, each provoked between the doctor and storage.
import { QueueClient } from '@azure/storage-queue';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readText } from '../../support/source-files.ts';
import { type StandIn, startOwn } from '../../support/stand-ins/start-own.ts';
import { type Lever, storageProxy } from '../../support/storage-proxy.ts';
import { stored } from '../workers/stored.ts';
import { checked } from './site.ts';

const { Values: example } = JSON.parse(readText('local.settings.example.json')) as { Values: Record<string, string> };

// No app: nobody takes what is in the queues.
const proxy = storageProxy();
let storage: StandIn<'storage'>;
let through: string;
beforeAll(async () => {
  storage = await startOwn('storage');
  through = await proxy.through(storage.connectionString);
});
afterAll(async () => {
  await proxy.close();
  await storage.close();
});
afterEach(() => {
  proxy.tables().pull();
  proxy.queues().pull();
});

const check = (id: string) => checked(id, { ...example, AzureWebJobsStorage: through });

/** Answers so to requests of this method, and only to them. */
const refusing =
  (method: string, status: number): Lever =>
  async (request, phase) =>
    phase === 'before' && request.method === method && !request.url.includes('/Tables') ? { status } : undefined;

describe.each([
  ['storage-rows', 'tables', ['POST', 'GET', 'DELETE'], ['write', 'read', 'delete'], 'Storage Table Data Contributor'],
  [
    'storage-messages',
    'queues',
    ['POST', 'GET', 'DELETE'],
    ['send', 'peek', 'delete'],
    'Storage Queue Data Contributor',
  ],
] as const)('%s', (id, which, methods, words, role) => {
  test('is well where all is allowed, and leaves nothing behind', async () => {
    const lies = stored(storage.connectionString);
    const before = await lies.rows('Offers');
    expect(await check(id)).toMatchObject({ state: 'ok', code: 0 });
    expect(await lies.rows('Offers')).toEqual(before);
    expect(await lies.peek('doctor')).toEqual([]);
  });

  test('names the step that is not allowed, and the role', async () => {
    for (const [index, method] of methods.entries()) {
      proxy[which]().pull(refusing(method, 403));
      expect(await check(id)).toMatchObject({
        state: 'failed',
        code: 1,
        found: expect.stringMatching(new RegExp(`^Could not ${words[index]} .*403`)),
        fix: expect.stringContaining(role),
        retest: expect.stringContaining('10 minutes'),
      });
    }
  });

  test('tells a storage that cannot be reached', async () => {
    proxy[which]().pull(async () => 'cut' as const);
    expect(await check(id)).toMatchObject({ state: 'failed', cause: expect.stringContaining('cannot be reached') });
  });
});

const PEEK = (insertedAt: Date): string =>
  `<?xml version="1.0" encoding="utf-8"?><QueueMessagesList><QueueMessage><MessageId>4ec0bbf1-3f3b-4f4e-9d7b-000000000001</MessageId><InsertionTime>${insertedAt.toUTCString()}</InsertionTime><ExpirationTime>Fri, 31 Dec 9999 23:59:59 GMT</ExpirationTime><DequeueCount>0</DequeueCount><MessageText>x</MessageText></QueueMessage></QueueMessagesList>`;

describe('the queues', () => {
  test('with a message that failed too often are told by name and depth', async () => {
    await stored(storage.connectionString).send('provisioning-poison', 'x');
    expect(await check('queues')).toMatchObject({
      state: 'failed',
      found: 'provisioning-poison 1.',
      cause: expect.stringContaining('150 times'),
    });
    await new QueueClient(storage.connectionString, 'provisioning-poison').clearMessages();
    expect(await check('queues')).toMatchObject({
      state: 'ok',
      found: expect.stringContaining('provisioning-poison 0'),
    });
  });

  test('with what waits for long are told: nobody takes it', async () => {
    await stored(storage.connectionString).send('notifications', 'x');
    const old =
      (minutes: number): Lever =>
      async ({ url }, phase) =>
        phase === 'before' && url.includes('/notifications/messages') && url.includes('peekonly')
          ? { status: 200, body: PEEK(new Date(Date.now() - minutes * 60_000)) }
          : undefined;
    proxy.queues().pull(old(6));
    expect(await check('queues')).toMatchObject({ state: 'failed', found: expect.stringContaining('notifications 1') });
    proxy.queues().pull(old(4));
    expect(await check('queues')).toMatchObject({ state: 'ok' });
  });

  test('that cannot be read are told', async () => {
    proxy.queues().pull(async () => ({ status: 403 }));
    expect(await check('queues')).toMatchObject({ state: 'failed', fix: expect.stringContaining('storage-messages') });
  });
});
