// Contract 2.1: 429 is possible; Retry-After is seconds or a date.
import { describe, expect, test } from '@jest/globals';
import {
  BACKGROUND,
  failureOf,
  ID,
  INTERACTIVE,
  type Scripted,
  scripted,
  subscription,
} from './scripted-marketplace.ts';

const throttled = (retryAfter?: string, status = 429): Scripted => ({
  status,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
});
const found: Scripted = { body: subscription() };

describe('a throttled call', () => {
  test.each([
    ['2', 2000],
    ['5', 5000],
    ['Sat, 21 Nov 2026 10:00:03 GMT', 3000],
  ])('with Retry-After %s is tried again no sooner', async (retryAfter, ms) => {
    const { marketplace, requests, time } = await scripted([throttled(retryAfter), found]);

    expect(await marketplace.get(ID, INTERACTIVE)).toMatchObject({ id: ID });

    expect(requests).toHaveLength(2);
    expect(time.elapsedMs()).toBeGreaterThanOrEqual(ms);
    expect(time.elapsedMs()).toBeLessThan(ms + 500);
  });

  test.each([undefined, '0', 'a while', 'Sat, 21 Nov 2026 09:00:00 GMT'])(
    'with Retry-After %j is tried again after a short, growing, uneven pause',
    async (retryAfter) => {
      const again = throttled(retryAfter);
      const { marketplace, time } = await scripted([again, again, again, again, again, again, found]);

      await marketplace.get(ID, INTERACTIVE);

      expect(time.slept).toEqual([300, 600, 1200, 2400, 3000, 3000]);
    },
  );

  test.each([429, 503])('answered %i with a Retry-After above 5 s passes it on at once', async (status) => {
    for (const context of [INTERACTIVE, BACKGROUND]) {
      const { marketplace, requests, time } = await scripted([throttled('6', status), found]);

      const failure = await failureOf(marketplace.get(ID, context));

      expect(failure).toMatchObject({ code: 'marketplace-unavailable', extras: { retryAfterSeconds: 6 } });
      expect(requests).toHaveLength(1);
      expect(time.slept).toEqual([]);
    }
  });

  test('passes on a date that is over as no wait at all', async () => {
    const { marketplace } = await scripted([throttled('Sat, 21 Nov 2026 09:00:00 GMT')]);

    expect((await failureOf(marketplace.get(ID, BACKGROUND))).extras).toEqual({ retryAfterSeconds: 0 });
  });

  test('passes on a date as seconds, and never more than an hour', async () => {
    const { marketplace } = await scripted([
      throttled('Sat, 21 Nov 2026 10:02:00 GMT'),
      throttled('Sat, 21 Nov 2099 10:00:00 GMT'),
      throttled('99999999999'),
    ]);

    for (const retryAfterSeconds of [120, 3600, 3600])
      expect((await failureOf(marketplace.get(ID, INTERACTIVE))).extras).toEqual({ retryAfterSeconds });
  });
});
