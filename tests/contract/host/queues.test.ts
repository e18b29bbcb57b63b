import { QueueServiceClient } from '@azure/storage-queue';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Host, startHost } from '../../../local/host/start.ts';
import { type StandIn, startOwn } from '../../support/stand-ins/start-own.ts';
import { bundle, until } from './fixture.ts';

type Run = { entry: unknown; at: number; dequeueCount: number; id: string; popReceipt: string } & Record<
  string,
  unknown
>;

let storage: StandIn<'storage'>;
let app: Awaited<ReturnType<typeof bundle>>;
let host: Host;

beforeAll(async () => {
  [storage, app] = await Promise.all([startOwn('storage'), bundle('queues')]);
  host = await start({});
});

afterAll(async () => {
  await host.stop();
  await Promise.all([app.remove(), storage.close()]);
});

const start = (env: Record<string, string>) =>
  startHost({
    env: { AzureWebJobsStorage: storage.connectionString, HOST_LEASE_SECONDS: '2', ...env },
    script: app.script,
  });

const queueNamed = async (name: string) => {
  const queue = QueueServiceClient.fromConnectionString(storage.connectionString).getQueueClient(name);
  await queue.createIfNotExists();
  return queue;
};

const runsOf = (name: string, output = host.output()): Run[] =>
  output.split('\n').flatMap((line) => {
    const [, json] = line.split(`[information] ${name}: `);
    return json === undefined ? [] : [JSON.parse(json) as Run];
  });

const whenRun = (name: string, times: number) =>
  until(() => {
    const runs = runsOf(name);
    return runs.length >= times ? runs : undefined;
  }, host.output);

const messagesIn = async (queue: Awaited<ReturnType<typeof queueNamed>>) =>
  (await queue.getProperties()).approximateMessagesCount;

const whenEmpty = (queue: Awaited<ReturnType<typeof queueNamed>>) =>
  until(async () => ((await messagesIn(queue)) === 0 ? true : undefined), host.output);

describe('a message', () => {
  test('runs the function once with its parsed JSON and its metadata, and is gone', async () => {
    const queue = await queueNamed('jobs');
    const sent = await queue.sendMessage(JSON.stringify({ subscriptionId: 'é' }));

    const [run] = await whenRun('jobs', 1);
    await whenEmpty(queue);

    expect(run).toMatchObject({ entry: { subscriptionId: 'é' }, dequeueCount: 1, id: sent.messageId });
    expect(run?.popReceipt).toMatch(/.+/);
    expect(run?.['insertionTime']).toBe(sent.insertedOn.toISOString());
    expect(Date.parse(String(run?.['nextVisibleTime']))).toBeGreaterThan(sent.insertedOn.getTime());
    expect(runsOf('jobs')).toHaveLength(1);
  });

  test('that is no JSON arrives as its text', async () => {
    const queue = await queueNamed('jobs');
    const before = runsOf('jobs').length;
    await queue.sendMessage('just words');

    const runs = await whenRun('jobs', before + 1);

    expect(runs.at(-1)?.entry).toBe('just words');
  });

  test('can be given to a queue function by hand', async () => {
    const before = runsOf('jobs').length;

    const response = await fetch(`${host.url}/admin/functions/jobs?wait=true`, {
      method: 'POST',
      body: JSON.stringify({ input: '{"by":"hand"}' }),
    });

    expect(response.status).toBe(200);
    expect((await whenRun('jobs', before + 1)).at(-1)?.entry).toEqual({ by: 'hand' });
  });

  test('that fails is tried again after visibilityTimeout, and moves to the poison queue after maxDequeueCount', async () => {
    const queue = await queueNamed('failing');
    await queue.sendMessage('{"n":1}');

    const [moved] = await whenRun('after-failing', 1);
    await whenEmpty(queue);
    const runs = runsOf('failing');

    expect(runs.map((run) => run.dequeueCount)).toEqual([1, 2, 3]);
    const waited = (runs[2]?.at ?? 0) - (runs[0]?.at ?? 0);
    expect(waited).toBeGreaterThan(1500);
    expect(waited).toBeLessThan(4000);
    expect(moved).toMatchObject({ entry: { n: 1 }, dequeueCount: 1 });
    expect(host.output()).toMatch(/\[warning\] failing: message \S+ moved to failing-poison at try 3/);
    expect(host.output()).toContain('it never works');
  });

  test('stays hidden while a function runs longer than the lease', async () => {
    const queue = await queueNamed('long');
    await queue.sendMessage('"words"');

    await whenRun('long', 1);
    await whenEmpty(queue);

    expect(runsOf('long').map((run) => run.dequeueCount)).toEqual([1]);
  });
});

test('no more messages are worked on at once than batchSize and newBatchThreshold allow', async () => {
  const queue = await queueNamed('crowd');
  await host.stop();
  for (let n = 1; n <= 5; n++) await queue.sendMessage(String(n));

  host = await start({});
  const began = (await whenRun('crowd', 5)).map((run) => run.at);

  // Four are fetched; the fifth waits until no more than two of them run, that is, for the first to end.
  expect((began[3] ?? 0) - (began[0] ?? 0)).toBeLessThan(500);
  expect((began[4] ?? 0) - (began[3] ?? 0)).toBeGreaterThan(500);
});

test('a message that was being worked on when the host was killed is there for the next one', async () => {
  const queue = await queueNamed('endless');
  const killed = await start({ FIXTURE_ENDLESS: 'yes' });
  await host.stop();
  await queue.sendMessage('{"survives":true}');
  await until(() => runsOf('endless', killed.output())[0], killed.output);
  await killed.kill();

  host = await start({});
  const [run] = await whenRun('endless', 1);

  expect(run).toMatchObject({ entry: { survives: true }, dequeueCount: 2 });
});
