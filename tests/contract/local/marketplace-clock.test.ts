import { describe, expect, test } from '@jest/globals';
import { makeClock } from '../../../local/marketplace/clock.ts';

describe('simulated Marketplace, clock', () => {
  const inSeconds = (clock: ReturnType<typeof makeClock>, seconds: number): Date =>
    new Date(clock.now().getTime() + seconds * 1000);

  test('a move does what falls due in order, each at its own time, and stops where it was told', async () => {
    const clock = makeClock();
    const startedAt = clock.now().getTime();
    const done: number[] = [];
    const act = (): void => {
      done.push(Math.round((clock.now().getTime() - startedAt) / 1000));
    };
    for (const seconds of [300, 100, 200, 500]) clock.at(inSeconds(clock, seconds), act);

    await clock.advance(400);

    expect(done).toEqual([100, 200, 300]);
    expect(Math.round((clock.now().getTime() - startedAt) / 1000)).toBe(400);
  });

  test('what an act brings about within the move is done within it, after that act', async () => {
    const clock = makeClock();
    const done: string[] = [];
    clock.at(inSeconds(clock, 10), (at) => {
      clock.at(at, () => void done.push('at once'));
      clock.at(new Date(at.getTime() + 10_000), () => void done.push('later'));
      done.push('first');
    });

    await clock.advance(30);

    expect(done).toEqual(['first', 'at once', 'later']);
  });

  test('an act that takes time is waited for before the next one', async () => {
    const clock = makeClock();
    const done: string[] = [];
    const slow = async (): Promise<void> => {
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
      done.push('slow');
    };
    clock.at(inSeconds(clock, 0), slow);
    clock.at(inSeconds(clock, 10), slow);
    clock.at(inSeconds(clock, 10.001), () => void done.push('next'));

    await clock.advance(20);

    expect(done).toEqual(['slow', 'slow', 'next']);
  });

  test('things due at the same time are done in the order in which they were asked for', async () => {
    const clock = makeClock();
    const done: number[] = [];
    const at = inSeconds(clock, 10);
    for (const one of [1, 2, 3, 4]) clock.at(at, () => void done.push(one));

    await clock.advance(10);

    expect(done).toEqual([1, 2, 3, 4]);
  });

  test('a thousand things in any order are done in the order of their times', async () => {
    const clock = makeClock();
    const done: number[] = [];
    const times = Array.from({ length: 1000 }, (_one, index) => (index * 7919) % 499);
    for (const seconds of times) clock.at(inSeconds(clock, 10 + seconds * 10), () => void done.push(seconds));

    await clock.advance(6000);

    expect(done).toEqual([...times].sort((left, right) => left - right));
  });

  test('moves asked for at once add up', async () => {
    const clock = makeClock();

    await Promise.all([clock.advance(10), clock.advance(20)]);

    expect(clock.aheadMs()).toBe(30_000);
  });

  test('what is due now is done before the asking returns', () => {
    const clock = makeClock();
    const done: string[] = [];

    clock.at(clock.now(), () => void done.push('now'));

    expect(done).toEqual(['now']);
  });

  test('a stopped clock does nothing more', async () => {
    const clock = makeClock();
    const done: string[] = [];
    clock.at(inSeconds(clock, 10), () => void done.push('too late'));

    clock.stop();
    await clock.advance(20);

    expect(done).toEqual([]);
  });
});
