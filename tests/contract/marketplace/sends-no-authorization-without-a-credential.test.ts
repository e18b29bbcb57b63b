// Design 7: `none` sends no Authorization header.
import { expect, test } from '@jest/globals';
import { marketplaceCredential } from '../../../src/adapters/marketplace/access-token.ts';
import { failureOf, ID, INTERACTIVE, scripted, subscription } from './scripted-marketplace.ts';

test('without a credential there is no Authorization header', async () => {
  const accessToken = marketplaceCredential({ kind: 'none' });
  const { marketplace, requests } = await scripted([{ body: subscription() }], { accessToken });

  await marketplace.get(ID, INTERACTIVE);

  expect(requests[0]?.headers).not.toHaveProperty('authorization');
});

test('with one there is', async () => {
  const { marketplace, requests } = await scripted([{ body: subscription() }]);

  await marketplace.get(ID, INTERACTIVE);

  expect(requests[0]?.headers.authorization).toBe('Bearer the-bearer-token');
});

test('without a credential a 401 is not tried once more', async () => {
  const accessToken = marketplaceCredential({ kind: 'none' });
  const { marketplace, requests } = await scripted([{ status: 401 }], { accessToken });

  expect((await failureOf(marketplace.get(ID, INTERACTIVE))).code).toBe('marketplace-forbidden');
  expect(requests).toHaveLength(1);
});
