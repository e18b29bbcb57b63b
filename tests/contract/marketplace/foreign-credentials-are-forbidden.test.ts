// Contract 1 and 2.1: 403 with a bare JSON string; 401 and 403 are told apart by nobody; trap 12.23.
import { describe, expect, test } from '@jest/globals';
import { failureOf, ID, INTERACTIVE, scripted, subscription } from './scripted-marketplace.ts';

const WORDS = 'The publisher for aad app 0 is authenticated but is not registered.';

describe('403', () => {
  test('with a bare JSON string is marketplace-forbidden, the words kept for the log only', async () => {
    const { marketplace, requests } = await scripted([{ status: 403, body: JSON.stringify(WORDS) }]);

    const calls = [
      () => marketplace.resolve('token', INTERACTIVE),
      () => marketplace.get(ID, INTERACTIVE),
      () => marketplace.activate(ID, { planId: 'silver' }, INTERACTIVE),
      () => marketplace.listAvailablePlans(ID, INTERACTIVE, 2000),
    ];
    for (const call of calls) {
      const failure = await failureOf(call());
      expect(failure.code).toBe('marketplace-forbidden');
      expect(failure.cause).toContain(WORDS);
      expect(failure.publicDetail).not.toContain('aad app');
    }
    expect(requests).toHaveLength(4);
  });

  test('quoting the bearer token leaves it out of the cause, and keeps no more than a beginning', async () => {
    const body = `token the-bearer-token is bad ${'x'.repeat(10_000)}`;
    const { marketplace } = await scripted([{ status: 403, body }]);

    const { cause } = await failureOf(marketplace.get(ID, INTERACTIVE));

    expect(cause).toContain('token *** is bad');
    expect(cause.length).toBeLessThan(600);
  });
});

describe('401', () => {
  const tokens = (): { accessToken: (rejected?: string) => Promise<string>; rejected: string[] } => {
    const rejected: string[] = [];
    let current = 'old';
    return {
      rejected,
      accessToken: async (token) => {
        if (token !== undefined) {
          rejected.push(token);
          current = 'new';
        }
        return current;
      },
    };
  };

  test('drops the bearer token and tries once more with a new one, without a pause', async () => {
    const { accessToken, rejected } = tokens();
    const { marketplace, requests, time } = await scripted([{ status: 401 }, { body: subscription() }], {
      accessToken,
    });

    expect(await marketplace.get(ID, INTERACTIVE)).toMatchObject({ id: ID });

    expect(requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
    expect(rejected).toEqual(['old']);
    expect(time.slept).toEqual([]);
  });

  test('twice is marketplace-forbidden', async () => {
    const { accessToken, rejected } = tokens();
    const { marketplace, requests } = await scripted([{ status: 401, body: '"bad"' }], { accessToken });

    expect((await failureOf(marketplace.get(ID, INTERACTIVE))).code).toBe('marketplace-forbidden');
    expect(requests).toHaveLength(2);
    expect(rejected).toEqual(['old']);
  });

  test('is asked about once in all, whatever happens in between', async () => {
    const { accessToken, rejected } = tokens();
    const script = [{ status: 401 }, { status: 500 }, { status: 401 }];
    const { marketplace, requests } = await scripted(script, { accessToken });

    expect((await failureOf(marketplace.get(ID, INTERACTIVE))).code).toBe('marketplace-forbidden');
    expect(requests).toHaveLength(3);
    expect(rejected).toEqual(['old']);
  });
});
