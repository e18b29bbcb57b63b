import { describe, expect, test } from '@jest/globals';
import { CLAIM_SECONDS, claim, delay, dueAt, isDue, release, startOver } from '../../src/domain/attempts.ts';
import type { Attempts } from '../../src/domain/subscription.ts';
import { after } from './support/records.ts';

const DAYS = 86_400;

const fresh = (): Attempts => ({ attempts: 0 });

/** Work that was claimed so many times, first at the beginning. */
const tried = (attempts: number): Attempts => ({ attempts, since: after(0).toISOString() });

describe('a claim', () => {
  test('counts the try, remembers the first one, and takes the next try away', () => {
    const work: Attempts = { attempts: 2, since: after(0).toISOString(), nextTryAt: after(9).toISOString() };

    claim(work, 'worker', after(10));

    expect(work).toEqual({
      attempts: 3,
      since: after(0).toISOString(),
      claim: { by: 'worker', at: after(10).toISOString() },
    });
  });

  test('lapses after a minute; clocks that differ by a quarter of a second are forgiven', () => {
    const work = fresh();
    claim(work, 'worker', after(10));

    expect(CLAIM_SECONDS).toBe(60);
    expect(dueAt(work)).toBe(after(70).toISOString());
    expect(isDue(work, after(69.749))).toBe(false);
    expect(isDue(work, after(69.75))).toBe(true);
  });

  test('is what counts while it stands, even where a next try is written too', () => {
    const work: Attempts = {
      attempts: 1,
      claim: { by: 'worker', at: after(10).toISOString() },
      nextTryAt: after(11).toISOString(),
    };

    expect(isDue(work, after(12))).toBe(false);
  });
});

describe('work', () => {
  test('that was never tried is due', () => {
    expect(isDue(fresh(), after(0))).toBe(true);
  });

  test('that waits is due from its next try on', () => {
    const work: Attempts = { attempts: 1, nextTryAt: after(30).toISOString() };

    expect(isDue(work, after(29.749))).toBe(false);
    expect(isDue(work, after(29.75))).toBe(true);
  });

  test('that was released has neither claim nor next try', () => {
    const work: Attempts = {
      attempts: 1,
      claim: { by: 'worker', at: after(0).toISOString() },
      nextTryAt: after(1).toISOString(),
    };

    release(work);

    expect(work).toEqual({ attempts: 1 });
  });

  test('that is started over has never been tried', () => {
    const work: Attempts = { ...tried(9), delays: 9, code: 'down', nextTryAt: after(1).toISOString() };

    startOver(work);

    expect(work).toEqual({ attempts: 0 });
  });
});

describe('a delay', () => {
  test('is 30 s, doubling to an hour, however often the work was claimed', () => {
    const work = tried(0);
    const delays = Array.from({ length: 40 }, (_, index) => delay(work, 'down', after(index)));

    expect(delays.slice(0, 9)).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    expect(delays.slice(9).every((seconds) => seconds === 3600)).toBe(true);
  });

  test('is written down with the next try and the reason', () => {
    const work = tried(1);

    delay(work, 'down', after(100));

    expect(work).toEqual({
      attempts: 1,
      since: after(0).toISOString(),
      delays: 1,
      code: 'down',
      nextTryAt: after(130).toISOString(),
    });
  });

  test('counts the three days from the first delay where nothing was claimed', () => {
    const work = fresh();

    delay(work, 'down', after(100));

    expect(work.since).toBe(after(100).toISOString());
    expect(delay(work, 'down', after(100 + 3 * DAYS))).toBeUndefined();
  });

  test('gives the claim back', () => {
    const work = fresh();
    claim(work, 'worker', after(0));

    delay(work, 'down', after(5));

    expect(work.claim).toBeUndefined();
  });

  test('is as long as the other side asks, an hour at most and a second at least', () => {
    expect(delay(tried(1), 'busy', after(0), 31)).toBe(31);
    expect(delay(tried(1), 'busy', after(0), 7)).toBe(7);
    expect(delay(tried(1), 'busy', after(0), 7200)).toBe(3600);
    expect(delay(tried(1), 'busy', after(0), 0)).toBe(1);
  });

  test('ends three days after the first try: the work is to be given up', () => {
    const before = tried(80);
    const at = tried(80);

    expect(delay(before, 'down', after(3 * DAYS - 0.001))).toBe(30);
    expect(delay(at, 'down', after(3 * DAYS))).toBeUndefined();
    expect(at).toEqual({ ...tried(80), code: 'down' });
  });
});
