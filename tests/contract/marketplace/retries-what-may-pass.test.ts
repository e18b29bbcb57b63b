// Contract 2.1: server errors, throttling and dead connections pass; a refusal does not.
import { describe, expect, test } from '@jest/globals';
import {
  BACKGROUND,
  failureOf,
  ID,
  INTERACTIVE,
  resolved,
  type Scripted,
  scripted,
  subscription,
} from './scripted-marketplace.ts';

describe('tried again', () => {
  test.each<[string, Scripted]>([
    ['408', { status: 408 }],
    ['500 with an error object', { status: 500, body: { error: { code: 'x', message: 'y' } } }],
    ['502 with a page', { status: 502, body: '<html>' }],
    ['503', { status: 503 }],
    ['a connection reset', 'reset'],
  ])('after %s', async (_, fault) => {
    const { marketplace, requests } = await scripted([fault, fault, { body: resolved() }]);

    expect(await marketplace.resolve('token', INTERACTIVE)).toMatchObject({ id: ID });
    expect(requests).toHaveLength(3);
    expect(requests.map((request) => request.headers['x-ms-marketplace-token'])).toEqual(['token', 'token', 'token']);
  });

  test('in the background once only', async () => {
    const { marketplace, requests } = await scripted(['reset', { status: 500 }, { body: subscription() }]);

    const failure = await failureOf(marketplace.get(ID, BACKGROUND));

    expect(failure).toMatchObject({ code: 'marketplace-unavailable', extras: {} });
    expect(failure.cause).toContain('500');
    expect(requests).toHaveLength(2);
  });
});

describe('not tried again', () => {
  test('after an activation whose answer got lost: Microsoft is asked first what came of it', async () => {
    const { marketplace, requests } = await scripted(['reset', { status: 200 }]);

    await expect(marketplace.activate(ID, { planId: 'silver' }, BACKGROUND)).rejects.toMatchObject({
      code: 'marketplace-unavailable',
    });
    expect(requests).toHaveLength(1);
  });

  test.each([402, 405, 410, 412, 422])('after %i, which is refused', async (status) => {
    const { marketplace, requests } = await scripted([{ status, body: { message: 'because' } }]);

    const calls = [
      () => marketplace.resolve('token', INTERACTIVE),
      () => marketplace.get(ID, INTERACTIVE),
      () => marketplace.activate(ID, { planId: 'silver' }, INTERACTIVE),
      () => marketplace.listAvailablePlans(ID, INTERACTIVE, 2000),
    ];
    for (const call of calls) {
      const failure = await failureOf(call());
      expect(failure.code).toBe('marketplace-refused');
      expect(failure.cause).toContain('because');
      expect(failure.publicDetail).not.toContain('because');
    }
    expect(requests).toHaveLength(4);
  });
});
