// Contract 2.3: the header carries the token after exactly one URL-decoding; trap 12.1 is decoding it again.
import { describe, expect, test } from '@jest/globals';
import { failureOf, INTERACTIVE, resolved, scripted } from './scripted-marketplace.ts';

describe('resolve', () => {
  test.each(['ab+cd/ef==', 'ab%2Bcd', 'a b', '+/+/=='])(
    'sends the purchase token %j as it is',
    async (purchaseToken) => {
      const { marketplace, requests } = await scripted([{ body: resolved() }]);

      await marketplace.resolve(purchaseToken, INTERACTIVE);

      expect(requests).toHaveLength(1);
      expect(requests[0]).toMatchObject({
        method: 'POST',
        path: '/api/saas/subscriptions/resolve?api-version=2018-08-31',
        body: '',
      });
      expect(requests[0]?.headers['x-ms-marketplace-token']).toBe(purchaseToken);
    },
  );

  test.each(['', 'line\nbreak', 'naïve', 'null\0'])(
    'refuses %j, which no header can carry, without asking or quoting it',
    async (purchaseToken) => {
      const { marketplace, requests } = await scripted([{ body: resolved() }]);

      const failure = await failureOf(marketplace.resolve(purchaseToken, INTERACTIVE));

      expect(failure.code).toBe('purchase-token-invalid');
      if (purchaseToken !== '') expect(JSON.stringify(failure)).not.toContain(purchaseToken.slice(0, 4));
      expect(requests).toHaveLength(0);
    },
  );
});
