// Contract 2.1: whatever comes, memory is bounded.
import { expect, test } from '@jest/globals';
import { failureOf, ID, INTERACTIVE, scripted, subscription } from './scripted-marketplace.ts';

test.each([200, 403, 500])('a larger answer of %i is unavailable and not asked for again', async (status) => {
  const { marketplace, requests, observed } = await scripted([{ status, body: 'x'.repeat(3_000_000) }]);

  const failure = await failureOf(marketplace.get(ID, INTERACTIVE));

  expect(failure.code).toBe('marketplace-unavailable');
  expect(failure.cause).toContain('larger than 1 MB');
  expect(requests).toHaveLength(1);
  expect(observed).toMatchObject([{ status, fault: 'marketplace-unavailable' }]);
});

test('one just below it is read', async () => {
  const { marketplace } = await scripted([{ body: subscription({ surprise: 'x'.repeat(990_000) }) }]);

  expect(await marketplace.get(ID, INTERACTIVE)).toMatchObject({ id: ID });
});
