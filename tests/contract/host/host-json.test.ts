import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readHostJson } from '../../../local/host/host-json.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pegasus-host-json-'));
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (content: unknown) => {
  const path = join(folder, 'host.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readHostJson(path);
};

test('what is not set is as on the platform', async () => {
  expect(await read({ version: '2.0' })).toEqual({
    routePrefix: 'api',
    queues: {
      batchSize: 16,
      newBatchThreshold: 8,
      maxPollingMs: 60_000,
      visibilitySeconds: 0,
      maxDequeueCount: 5,
      messageEncoding: 'base64',
    },
  });
});

test('what is set is taken', async () => {
  const queues = {
    batchSize: 32,
    newBatchThreshold: 1,
    maxPollingInterval: '00:00:00.5',
    visibilityTimeout: '01:02:03',
    maxDequeueCount: 150,
    messageEncoding: 'none',
  };

  expect(await read({ extensions: { http: { routePrefix: '' }, queues } })).toEqual({
    routePrefix: '',
    queues: {
      batchSize: 32,
      newBatchThreshold: 1,
      maxPollingMs: 500,
      visibilitySeconds: 3723,
      maxDequeueCount: 150,
      messageEncoding: 'none',
    },
  });
});

test.each([
  [{ messageEncoding: 'utf8' }, 'messageEncoding'],
  [{ batchSize: 33 }, 'batchSize'],
  [{ visibilityTimeout: '30' }, 'visibilityTimeout'],
  [{ maxPollingInterval: 'often' }, 'maxPollingInterval'],
])('%j is refused by name', async (queues, name) => {
  await expect(read({ extensions: { queues } })).rejects.toThrow(name);
});

test('a file that is no JSON is named', async () => {
  await expect(read('{')).rejects.toThrow('host.json');
});
