import { describe, expect, test } from '@jest/globals';
import { whoseTurn } from '../../../src/domain/standing.ts';
import { activationClaimed, activationDelayed, activationPaused } from '../../../src/domain/transitions/activation.ts';
import { sweepAt, workDueAt } from '../../../src/domain/work.ts';
import { nextOf, rulesAt, START, whatHappened } from '../support/records.ts';
import { answers, callClaimed, WORKER } from './events.ts';
import { SITUATIONS } from './situations.ts';

const requested = SITUATIONS.activating.record;
const DAYS = 86_400;
const paused = (seconds: number) => rulesAt(seconds, { areActivationsPaused: true });
const instant = (seconds: number) => new Date(START + seconds * 1000).toISOString();

describe('while activations are paused', () => {
  test('a requested one waits, visibly, and is looked at again every five minutes', () => {
    const waiting = nextOf(activationPaused(requested, paused(100)));

    expect(waiting).toMatchObject({
      stage: 'activating',
      activation: { code: 'activations-paused', attempts: 0, nextTryAt: instant(400) },
    });
    expect(workDueAt(waiting, 'provisioning')).toBe(instant(400));
    expect(sweepAt({ ...waiting, mails: [] })).toBe(instant(460));
    expect(whoseTurn(waiting, 'buyer')).toEqual({ who: 'publisher', action: 'resume-activations' });
    expect(nextOf(activationPaused(waiting, paused(400))).activation?.nextTryAt).toBe(instant(700));
  });

  test('the history says so once', () => {
    const first = activationPaused(requested, paused(100));

    expect(whatHappened(first)).toEqual(['activation-paused']);
    expect(whatHappened(activationPaused(nextOf(first), paused(400)))).toEqual([]);
  });

  test.each(['activating, accepted', 'activating, to be looked at'] as const)('%s: it goes on', (name) => {
    expect(activationPaused(SITUATIONS[name].record, paused(600)).kind).toBe('unchanged');
  });

  test('a call that another invocation is making now is left to it', () => {
    const busy = nextOf(callClaimed(requested, rulesAt(100)));

    expect(activationPaused(busy, paused(101)).kind).toBe('unchanged');
    expect(nextOf(answers('accepted')(busy, paused(102))).activation?.answer).toBe('accepted');
  });

  test('the pause uses up none of the three days that Microsoft is asked for', () => {
    const because = { by: WORKER, code: 'marketplace-unavailable' };
    const tried = nextOf(activationDelayed(requested, because, rulesAt(100)));
    const waiting = nextOf(activationPaused(tried, paused(200)));

    const resumed = nextOf(activationDelayed(waiting, because, rulesAt(5 * DAYS)));

    expect(resumed).toMatchObject({ stage: 'activating', activation: { code: 'marketplace-unavailable' } });
  });
});

test('without the switch nothing waits, and what waited is called when it is due', () => {
  const waiting = nextOf(activationPaused(requested, paused(100)));

  expect(activationPaused(requested, rulesAt(100)).kind).toBe('unchanged');
  expect(activationClaimed(waiting, WORKER, rulesAt(399)).kind).toBe('unchanged');
  expect(nextOf(activationClaimed(waiting, WORKER, rulesAt(400))).activation?.claim?.by).toBe(WORKER);
});
