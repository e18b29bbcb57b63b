import { expect, test } from '@jest/globals';
import { readText, sourceFiles } from '../support/source-files.ts';

type HostJson = { extensions: { queues: Record<string, string | number>; http: { routePrefix: string } } };

const { extensions } = JSON.parse(readText('host.json')) as HostJson;

const seconds = (span: unknown): number => {
  const [hours = 0, minutes = 0, rest = 0] = String(span).split(':').map(Number);
  return hours * 3600 + minutes * 60 + rest;
};

test('queue messages are read as the plain text that the storage SDK writes (contract 10.1)', () => {
  expect(extensions.queues['messageEncoding']).toBe('none');
});

test('a message that storage faults throw back for an hour is not poisoned (design 5)', () => {
  expect(seconds(extensions.queues['visibilityTimeout'])).toBe(30);
  expect(
    seconds(extensions.queues['visibilityTimeout']) * Number(extensions.queues['maxDequeueCount']),
  ).toBeGreaterThan(3600);
});

test('an idle queue is looked at every second, so that a webhook is answered inside its window (contract 10.1)', () => {
  expect(seconds(extensions.queues['maxPollingInterval'])).toBe(1);
});

test('every work queue has a handler for its poison queue', () => {
  const text = sourceFiles('functions')
    .map((file) => file.text)
    .join('\n');
  const queues = [...text.matchAll(/queueName: '([^']+)'/g)].map(([, name = '']) => name);
  const work = queues.filter((name) => !name.endsWith('-poison'));
  expect(work.length).toBeGreaterThan(0);
  expect(queues.toSorted()).toEqual(work.flatMap((name) => [name, `${name}-poison`]).toSorted());
});
