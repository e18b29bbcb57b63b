// Tries are counted at the client: on a busy machine a request may be given up before the server has seen it.
// Design 7: 503 when Microsoft is down beyond 20 s in all; 10 s limit per try; plan names within their own limit.
import { describe, expect, test } from '@jest/globals';
import { systemTime } from '../../../src/adapters/marketplace/retry.ts';
import { BACKGROUND, failureOf, ID, INTERACTIVE, scripted, virtualTime } from './scripted-marketplace.ts';

describe('an interactive call gives up within 20 s', () => {
  test('when every answer is 500', async () => {
    const { marketplace, requests, time } = await scripted([{ status: 500 }]);

    const failure = await failureOf(marketplace.resolve('token', INTERACTIVE));

    expect(failure.code).toBe('marketplace-unavailable');
    expect(requests.length).toBeGreaterThan(5);
    expect(time.elapsedMs()).toBeGreaterThan(10_000);
    expect(time.elapsedMs()).toBeLessThan(19_000);
  });

  test('when every answer asks for 5 s, and passes that on', async () => {
    const { marketplace, requests, time } = await scripted([{ status: 429, headers: { 'retry-after': '5' } }]);

    const failure = await failureOf(marketplace.get(ID, INTERACTIVE));

    expect(failure).toMatchObject({ code: 'marketplace-unavailable', extras: { retryAfterSeconds: 5 } });
    expect(requests).toHaveLength(4);
    expect(time.elapsedMs()).toBeLessThan(19_000);
  });

  test('when there is no answer, after 10 s and a shorter second try', async () => {
    const { marketplace, observed, time } = await scripted(['silence'], { time: virtualTime({ silence: true }) });

    const failure = await failureOf(marketplace.get(ID, INTERACTIVE));

    expect(failure.code).toBe('marketplace-unavailable');
    expect(failure.cause).toContain('TimeoutError');
    expect(observed).toHaveLength(2);
    expect(time.slept).toEqual([300]);
    expect(time.elapsedMs()).toBe(18_000);
  });

  test('when no bearer token comes', async () => {
    const { marketplace, requests, time } = await scripted([{}], {
      time: virtualTime({ silence: true }),
      accessToken: () => new Promise(() => undefined),
    });

    expect((await failureOf(marketplace.get(ID, INTERACTIVE))).code).toBe('marketplace-unavailable');
    expect(requests).toHaveLength(0);
    expect(time.elapsedMs()).toBe(18_000);
  });
});

test('a call that has what another has left ends with that', async () => {
  const { marketplace, time } = await scripted(['silence'], { time: virtualTime({ silence: true }) });

  expect((await failureOf(marketplace.get(ID, { ...INTERACTIVE, withinMs: 4000 }))).code).toBe(
    'marketplace-unavailable',
  );
  expect(time.elapsedMs()).toBeLessThanOrEqual(4000);
});

test('a background call makes two tries of 10 s', async () => {
  const { marketplace, observed, time } = await scripted(['silence'], { time: virtualTime({ silence: true }) });

  expect((await failureOf(marketplace.get(ID, BACKGROUND))).code).toBe('marketplace-unavailable');
  expect(observed).toHaveLength(2);
  expect(time.elapsedMs()).toBe(20_300);
});

test('plan names are waited for no longer than asked', async () => {
  const { marketplace, observed, time } = await scripted(['silence'], { time: virtualTime({ silence: true }) });

  expect((await failureOf(marketplace.listAvailablePlans(ID, INTERACTIVE, 2000))).code).toBe('marketplace-unavailable');
  expect(observed).toHaveLength(1);
  expect(time.elapsedMs()).toBe(2000);
});

test('the time of the machine does the same', async () => {
  const time = systemTime(() => new Date());
  const { marketplace, observed } = await scripted(['reset', 'silence'], { time });
  const start = performance.now();

  expect((await failureOf(marketplace.listAvailablePlans(ID, INTERACTIVE, 2000))).code).toBe('marketplace-unavailable');

  expect(observed).toHaveLength(2);
  expect(performance.now() - start).toBeGreaterThan(1900);
  expect(performance.now() - start).toBeLessThan(9000);
});
