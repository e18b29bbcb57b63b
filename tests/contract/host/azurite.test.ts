import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { QueueServiceClient } from '@azure/storage-queue';
import { expect, test } from '@jest/globals';
import { startAzurite } from '../../../local/azurite.ts';

const tableOf = (connectionString: string) =>
  TableClient.fromConnectionString(connectionString, 'Things', { allowInsecureConnection: true });
const queueOf = (connectionString: string) =>
  QueueServiceClient.fromConnectionString(connectionString).getQueueClient('things');

test('the connection string opens tables and queues, and two of them know nothing of each other', async () => {
  const [first, second] = await Promise.all([startAzurite(), startAzurite()]);
  try {
    await tableOf(first.connectionString).createTable();
    await tableOf(first.connectionString).createEntity({ partitionKey: 'a', rowKey: 'b', word: 'kept' });
    await queueOf(first.connectionString).create();
    await queueOf(first.connectionString).sendMessage('hello');
    const entity = await tableOf(first.connectionString).getEntity('a', 'b');
    const { receivedMessageItems } = await queueOf(first.connectionString).receiveMessages();

    expect(entity['word']).toBe('kept');
    expect(receivedMessageItems.map((message) => message.messageText)).toEqual(['hello']);
    expect(await queueOf(second.connectionString).exists()).toBe(false);
    expect(new URL(first.tableUrl).port).not.toBe(new URL(second.tableUrl).port);
    expect(new URL(first.queueUrl).port).not.toBe(new URL(second.queueUrl).port);
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
});

test('with a folder, rows and messages are there again after a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pegasus-azurite-'));
  try {
    const before = await startAzurite({ folder });
    await tableOf(before.connectionString).createTable();
    await tableOf(before.connectionString).createEntity({ partitionKey: 'a', rowKey: 'b', word: 'kept' });
    await queueOf(before.connectionString).create();
    await queueOf(before.connectionString).sendMessage('hello');
    await before.close();

    const after = await startAzurite({ folder });
    const entity = await tableOf(after.connectionString).getEntity('a', 'b');
    const { peekedMessageItems } = await queueOf(after.connectionString).peekMessages();
    await after.close();

    expect(entity['word']).toBe('kept');
    expect(peekedMessageItems.map((message) => message.messageText)).toEqual(['hello']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
