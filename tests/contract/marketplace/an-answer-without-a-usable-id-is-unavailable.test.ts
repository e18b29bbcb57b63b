// Contract 1 and 2.1: bodies are not guaranteed to be objects. Microsoft's fault, worth another try, never a crash.
import { expect, test } from '@jest/globals';
import { failureOf, ID, INTERACTIVE, scripted, subscription } from './scripted-marketplace.ts';

test.each([
  '',
  '{}',
  '[]',
  'null',
  '7',
  '"a string"',
  '<html>u@x.example</html>',
  '{"id":null}',
  '{"id":"  "}',
  '{"id":"../x"}',
  '{"id":"a/b"}',
])('an answer of %j', async (body) => {
  const { marketplace } = await scripted([{ body }]);

  const calls = [() => marketplace.resolve('token', INTERACTIVE), () => marketplace.get(ID, INTERACTIVE)];
  for (const call of calls) {
    const failure = await failureOf(call());
    expect(failure.code).toBe('marketplace-unavailable');
    expect(failure.cause).not.toContain('u@x.example');
  }
});

test('a Get answer of another subscription', async () => {
  const { marketplace } = await scripted([{ body: subscription({ id: '00000000-33b7-4c54-9a3e-6d2f1c8b7e90' }) }]);

  expect((await failureOf(marketplace.get(ID, INTERACTIVE))).code).toBe('marketplace-unavailable');
});
