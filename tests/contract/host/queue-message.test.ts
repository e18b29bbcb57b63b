import { type QueueClient, QueueServiceClient } from '@azure/storage-queue';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Invoke } from '../../../local/host/invoke.ts';
import { handleMessage } from '../../../local/host/queue-message.ts';
import type { RegisteredFunction } from '../../../local/host/registry.ts';
import { type StandIn, startOwn } from '../../support/stand-ins/start-own.ts';

const settings = {
  batchSize: 16,
  newBatchThreshold: 8,
  maxPollingMs: 1000,
  visibilitySeconds: 0,
  maxDequeueCount: 2,
  messageEncoding: 'none' as 'none' | 'base64',
};
const trigger = { type: 'queueTrigger' as const, queueName: 'any', connection: 'AzureWebJobsStorage' };
const fn: RegisteredFunction = {
  metadata: { name: 'worker', bindings: {} },
  handler: () => undefined,
  triggerName: 'queue',
  trigger,
};

let storage: StandIn<'storage'>;
let queue: QueueClient;
let poison: QueueClient;
let inputs: unknown[];
let round = 0;

beforeAll(async () => {
  storage = await startOwn('storage');
});
afterAll(() => storage.close());
beforeEach(async () => {
  const service = QueueServiceClient.fromConnectionString(storage.connectionString);
  round += 1;
  queue = service.getQueueClient(`work-${round}`);
  poison = service.getQueueClient(`work-${round}-poison`);
  await queue.create();
  inputs = [];
});

const works: Invoke = async (_fn, input) => {
  inputs.push(input);
  return {};
};
const fails: Invoke = async (given, input) => {
  await works(given, input);
  throw new Error('it failed');
};

const receive = async () => {
  const [message] = (await queue.receiveMessages({ visibilityTimeout: 60 })).receivedMessageItems;
  if (message === undefined) throw new Error('no message');
  return message;
};
const run = async (invoke: Invoke, change: Partial<Parameters<typeof handleMessage>[0]> = {}) =>
  handleMessage({ fn, queue, poison, settings, leaseSeconds: 60, invoke, ...change }, await receive());
const count = async (of: QueueClient) => (await of.getProperties()).approximateMessagesCount;
const visible = async (of: QueueClient) => (await of.peekMessages()).peekedMessageItems.map((item) => item.messageText);

const base64 = { ...settings, messageEncoding: 'base64' as const };

test('in base64 encoding the function gets the decoded text', async () => {
  await queue.sendMessage(Buffer.from('{"a":"é"}').toString('base64'));

  await run(works, { settings: base64 });

  expect(inputs).toEqual([{ string: '{"a":"é"}' }]);
  expect(await count(queue)).toBe(0);
});

test('a message that is not in the encoding of its queue goes to the poison queue as it is, without a run', async () => {
  await queue.sendMessage('{"a":1}');

  await run(works, { settings: base64 });

  expect(inputs).toEqual([]);
  expect(await visible(poison)).toEqual(['{"a":1}']);
  expect(await count(queue)).toBe(0);
});

test('a message that was tried too often already goes to the poison queue without a run', async () => {
  await queue.sendMessage('often');
  for (let n = 1; n <= 2; n++) {
    const message = await receive();
    await queue.updateMessage(message.messageId, message.popReceipt, undefined, 0);
  }

  await run(works);

  expect(inputs).toEqual([]);
  expect(await visible(poison)).toEqual(['often']);
});

test('a message that fails for the last time moves to the poison queue at once', async () => {
  await queue.sendMessage('last');
  await run(fails);

  await run(fails);

  expect(inputs).toHaveLength(2);
  expect(await visible(poison)).toEqual(['last']);
  expect(await count(queue)).toBe(0);
});

test('a failed message is visible again, with its text, once visibilityTimeout is over', async () => {
  await queue.sendMessage('again');

  await run(fails);

  expect(await visible(queue)).toEqual(['again']);
  expect(await poison.exists()).toBe(false);
});

test('a failed message of a poison queue stays where it is, hidden until its lease ends', async () => {
  await queue.sendMessage('last resort');

  await run(fails, { poison: undefined });

  expect(await visible(queue)).toEqual([]);
  expect(await count(queue)).toBe(1);
});

test('a message that is taken by another host meanwhile is left to it', async () => {
  await queue.sendMessage('shared');
  const meanwhile: Invoke = async (given, input) => {
    await queue.clearMessages();
    await queue.sendMessage('shared');
    return works(given, input);
  };

  await run(meanwhile);

  expect(await visible(queue)).toEqual(['shared']);
});
