// Contract 1: the bodies of a 403. One world: the Marketplace's faults are for one call each.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Clinic, startClinic } from './site.ts';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await startClinic();
});
afterAll(() => clinic?.close());

const TECHNICAL = /Technical configuration/;

describe('a 403 is translated', () => {
  test.each([
    [
      'the publisher is not registered',
      '"The publisher for aad app 0 is authenticated but is not registered."',
      /No offer of any publisher/,
    ],
    [
      'the application is another',
      '"The AAD app id used for the token is different than the one of the offer."',
      /another application than/,
    ],
    ['the token is bad', '{"message":"The token is expired, invalid or missing."}', /does not take the token/],
    [
      'the usual one, which says it of any fault',
      '"The token is expired, invalid, missing, or was made with a different AAD app id than the one of the offer."',
      /does not take the token.* another application or tenant/,
    ],
    ['nobody knows why', '"No."', /without a reason/],
  ])('%s', async (_, body, cause) => {
    await clinic.marketplace.faults({ operation: 'list', status: 403, body });
    const result = await clinic.check('list-subscriptions');
    expect(result).toMatchObject({
      state: 'failed',
      code: 1,
      cause: expect.stringMatching(cause),
      fix: expect.stringMatching(TECHNICAL),
    });
    expect(result.retest).toContain('--only list-subscriptions');
    expect(JSON.stringify(result)).not.toContain('aad app 0');
  });
});

test('a 401 is told as a token that is not taken', async () => {
  await clinic.marketplace.faults({ operation: 'list', status: 401, body: '"No."', times: 1 });
  expect(await clinic.check('list-subscriptions')).toMatchObject({
    state: 'failed',
    cause: expect.stringContaining('does not take the token'),
    fix: expect.stringMatching(/fulfilment-token and clock.*Technical configuration/),
  });
});

test('to be asked to wait is no outage', async () => {
  await clinic.marketplace.faults({ operation: 'list', status: 429, times: 2 });
  expect(await clinic.check('list-subscriptions')).toMatchObject({
    state: 'warning',
    found: expect.stringContaining('429'),
  });
});

test('an outage is no fault of the set-up: said so', async () => {
  await clinic.marketplace.faults({ operation: 'list', status: 500, times: 9 });
  expect(await clinic.check('list-subscriptions')).toMatchObject({
    state: 'failed',
    cause: expect.stringContaining('outage'),
  });
});

test('a Marketplace that is not there is told', async () => {
  expect(await clinic.check('list-subscriptions', { MARKETPLACE_API_URL: 'http://127.0.0.1:2/api' })).toMatchObject({
    state: 'failed',
    found: expect.stringContaining('ECONNREFUSED'),
  });
});
