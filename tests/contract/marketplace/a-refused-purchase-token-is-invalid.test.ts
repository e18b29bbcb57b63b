// Contract 2.3: 400 is a token that is missing, malformed, foreign or expired; the specification lists 404 beside it.
import { expect, test } from '@jest/globals';
import { failureOf, INTERACTIVE, scripted } from './scripted-marketplace.ts';

const PURCHASE_TOKEN = 'purchase+token/with==';

test.each([400, 404])('a resolve answered %i fails with purchase-token-invalid and is not repeated', async (status) => {
  const body = { code: 'InvalidValue', message: 'Failed to decrypt token with either primary or secondary secret' };
  const { marketplace, requests } = await scripted([{ status, body }]);

  const failure = await failureOf(marketplace.resolve(PURCHASE_TOKEN, INTERACTIVE));

  expect(failure.code).toBe('purchase-token-invalid');
  expect(failure.cause).toContain('Failed to decrypt');
  expect(failure.publicDetail).not.toContain('decrypt');
  expect(requests).toHaveLength(1);
});

test('the cause does not keep tokens that the answer quotes', async () => {
  const body = { message: `${PURCHASE_TOKEN} sent with the-bearer-token is expired` };
  const { marketplace } = await scripted([{ status: 400, body }]);

  const failure = await failureOf(marketplace.resolve(PURCHASE_TOKEN, INTERACTIVE));

  expect(failure.cause).toContain('*** sent with *** is expired');
});
