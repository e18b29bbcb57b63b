import { describe, expect, test } from '@jest/globals';
import type { Subscription } from '../../../src/domain/subscription.ts';
import {
  activationAnswered,
  activationClaimed,
  activationDelayed,
  activationFailed,
  activationRequested,
  activationStillPending,
} from '../../../src/domain/transitions/activation.ts';
import { buyerActor } from '../../../src/domain/transitions/onboarding.ts';
import { buyer, nextOf, OPERATOR_EMAIL, operator, rulesAt, START, visitorOf } from '../support/records.ts';
import { answers, callClaimed, callFails, retries, says, WORKER } from './events.ts';
import { SITUATIONS } from './situations.ts';

const requested = SITUATIONS.activating.record;
const DAYS = 86_400;

const secondsToNextTry = (record: Subscription, from: number): number =>
  (Date.parse(record.activation?.nextTryAt ?? '') - START) / 1000 - from;

const delayed = (record: Subscription, seconds: number, retryAfterSeconds?: number): Subscription => {
  const because = { by: WORKER, code: 'marketplace-unavailable' };
  const asked = retryAfterSeconds === undefined ? because : { ...because, retryAfterSeconds };
  return nextOf(activationDelayed(record, asked, rulesAt(seconds)));
};

/** Re-reads that find billing not begun, each when it is due; the seconds between them, until it ends. */
const waits = (answer: 'accepted' | 'look') => {
  let seconds = 100;
  let record = nextOf(callClaimed(requested, rulesAt(seconds)));
  record = nextOf(activationAnswered(record, { by: WORKER, answer }, rulesAt(seconds)));
  const between: number[] = [];
  while (record.stage === 'activating' && between.length < 200) {
    const wait = secondsToNextTry(record, seconds);
    between.push(wait);
    seconds += wait;
    record = nextOf(activationStillPending(record, rulesAt(seconds)));
  }
  return { between, record };
};

describe('the request to activate', () => {
  test('is written down with actor, time and reason', () => {
    const next = nextOf(
      activationRequested(
        SITUATIONS.confirmed.record,
        { who: 'operator', actor: operator },
        'They asked.',
        rulesAt(60),
      ),
    );

    expect(next.activation).toEqual({
      requestedAt: '2026-11-21T09:01:00.000Z',
      actor: operator,
      reason: 'They asked.',
      attempts: 0,
      reads: 0,
    });
  });

  test('is refused when the confirmation is not on the record, whatever the stage says', () => {
    const { confirmation: _confirmation, ...unconfirmed } = SITUATIONS.confirmed.record;
    const by = { who: 'buyer', actor: buyerActor(unconfirmed, visitorOf(buyer)) } as const;

    expect(activationRequested(unconfirmed, by, undefined, rulesAt(60))).toEqual({
      kind: 'refused',
      code: 'not-confirmed',
    });
  });

  test('after a failed activation begins with no answer, no attempts and no code', () => {
    const failed = SITUATIONS['activation-failed'].record;
    const by = { who: 'buyer', actor: buyerActor(failed, visitorOf(buyer)) } as const;

    const next = nextOf(activationRequested(failed, by, undefined, rulesAt(60)));

    expect(next.stage).toBe('activating');
    expect(Object.keys(next.activation ?? {}).toSorted()).toEqual(['actor', 'attempts', 'reads', 'requestedAt']);
  });
});

describe('the call', () => {
  test('is made by one worker: the next finds it taken until the claim lapses', () => {
    const claimed = nextOf(activationClaimed(requested, 'first', rulesAt(10)));

    expect(activationClaimed(claimed, 'second', rulesAt(69.7))).toEqual({ kind: 'unchanged' });
    expect(nextOf(activationClaimed(claimed, 'second', rulesAt(70))).activation).toMatchObject({
      attempts: 2,
      claim: { by: 'second' },
    });
  });

  test('is not made again once Microsoft has answered', () => {
    for (const name of ['activating, accepted', 'activating, to be looked at'] as const) {
      const { record } = SITUATIONS[name];

      expect(activationClaimed(record, 'worker', rulesAt(5 * DAYS))).toEqual({ kind: 'unchanged' });
    }
  });

  test('that is answered 200 is not yet active: the truth is read again', () => {
    const { record } = SITUATIONS['activating, accepted'];

    expect(record).toMatchObject({ stage: 'activating', activation: { answer: 'accepted' } });
    expect(record.activation?.claim).toBeUndefined();
    expect(record.activatedAt).toBeUndefined();
  });

  test('counts the answer to whoever has claimed it, once', () => {
    const claimed = nextOf(activationClaimed(requested, 'first', rulesAt(10)));
    const retaken = nextOf(activationClaimed(claimed, 'second', rulesAt(70)));
    const late = { by: 'first', answer: 'look' } as const;

    expect(activationAnswered(retaken, late, rulesAt(71))).toEqual({ kind: 'unchanged' });
    expect(activationAnswered(SITUATIONS['activating, accepted'].record, late, rulesAt(71))).toEqual({
      kind: 'unchanged',
    });
    expect(nextOf(activationAnswered(retaken, { ...late, by: 'second' }, rulesAt(71))).activation?.answer).toBe('look');
  });

  test('that could not be made is made again after 30 s, 60 s and so on up to an hour', () => {
    let record = requested;
    let seconds = 100;
    const between: number[] = [];
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      record = delayed(nextOf(callClaimed(record, rulesAt(seconds))), seconds);
      between.push(secondsToNextTry(record, seconds));
      seconds += secondsToNextTry(record, seconds);
    }

    expect(between).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
  });

  test.each(['activating', 'activating, accepted'] as const)(
    '%s: a read that fails waits longer and longer too',
    (name) => {
      let { record }: { record: Subscription } = SITUATIONS[name];
      let seconds = 100;
      const between: number[] = [];
      for (let attempt = 1; attempt <= 9; attempt += 1) {
        record = delayed(record, seconds);
        between.push(secondsToNextTry(record, seconds));
        seconds += secondsToNextTry(record, seconds);
      }

      expect(between).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    },
  );

  test('is put off for as long as Microsoft asks, an hour at most', () => {
    const claimed = nextOf(callClaimed(requested, rulesAt(100)));

    expect(secondsToNextTry(delayed(claimed, 100, 700), 100)).toBe(700);
    expect(secondsToNextTry(delayed(claimed, 100, 7200), 100)).toBe(3600);
  });

  test('is put off by nobody while another has it', () => {
    const claimed = nextOf(activationClaimed(requested, 'first', rulesAt(100)));
    const because = { by: 'second', code: 'down' };

    expect(activationDelayed(claimed, because, rulesAt(101))).toEqual({ kind: 'unchanged' });
    expect(activationFailed(claimed, because, rulesAt(101))).toEqual({ kind: 'unchanged' });
  });

  test('that could not be made for three days has failed, and the operators are told', () => {
    const claimed = nextOf(callClaimed(requested, rulesAt(100)));

    expect(delayed(claimed, 99 + 3 * DAYS).stage).toBe('activating');
    const failed = delayed(claimed, 100 + 3 * DAYS);
    expect(failed).toMatchObject({ stage: 'activation-failed', activation: { code: 'marketplace-unavailable' } });
    expect(failed.mails).toContainEqual(
      expect.objectContaining({ kind: 'activation-failed', to: OPERATOR_EMAIL, state: 'pending' }),
    );
  });

  test('whose workers died over it for three days has failed, and is not made again', () => {
    const claimed = nextOf(callClaimed(requested, rulesAt(100)));

    expect(nextOf(callClaimed(claimed, rulesAt(99 + 3 * DAYS))).stage).toBe('activating');
    expect(nextOf(callClaimed(claimed, rulesAt(100 + 3 * DAYS)))).toMatchObject({
      stage: 'activation-failed',
      activation: { code: 'died-too-often', attempts: 1 },
    });
  });

  test('that failed again after a retry is told again', () => {
    const retried = nextOf(retries('Again.')(SITUATIONS['activation-failed'].record, rulesAt(60)));
    const again = nextOf(callFails(retried, rulesAt(61)));

    expect(again.mails.filter(({ kind }) => kind === 'activation-failed')).toHaveLength(2);
  });
});

describe('a call whose answer was lost', () => {
  const lost = SITUATIONS['activating, answer lost'].record;

  /** Re-reads, each when it is due, that find billing not begun. */
  const reread = (record: Subscription, reads: number): Subscription => {
    let read = record;
    for (let count = 0; count < reads && read.stage === 'activating'; count += 1) {
      const at = (Date.parse(read.activation?.nextTryAt ?? '') - START) / 1000;
      read = nextOf(activationStillPending(read, rulesAt(at)));
    }
    return read;
  };

  test('is made again only when five re-reads have not found its effect', () => {
    const almost = reread(lost, 4);
    expect(almost.activation).toMatchObject({ answer: 'lost', reads: 4 });
    expect(activationClaimed(almost, WORKER, rulesAt(600))).toEqual({ kind: 'unchanged' });

    const over = reread(lost, 5);
    expect(over.activation?.answer).toBeUndefined();
    expect(nextOf(activationClaimed(over, WORKER, rulesAt(600))).activation?.attempts).toBe(2);
  });

  test('waits longer after each, says so once, and is given up after three days', () => {
    let record = lost;
    let last = 0;
    let calls = 1;
    while (record.stage === 'activating' && calls < 200) {
      record = reread(record, 5);
      if (record.stage !== 'activating') break;
      const at = (Date.parse(record.activation?.nextTryAt ?? '') - START) / 1000;
      record = nextOf(answers('lost')(nextOf(callClaimed(record, rulesAt(at))), rulesAt(at)));
      calls += 1;
      last = at;
    }

    expect(record).toMatchObject({ stage: 'activation-failed', activation: { code: 'marketplace-unavailable' } });
    expect(last).toBeGreaterThan(2.9 * DAYS);
    expect(calls).toBeLessThan(90);
  });

  test('finds Subscribed: active, after one call', () => {
    expect(nextOf(says('Subscribed')(reread(lost, 2), rulesAt(600)))).toMatchObject({ stage: 'active' });
  });
});

test('once Microsoft has accepted the call, no late loser and no poisoned message makes it a failed one', () => {
  for (const name of ['activating, accepted', 'activating, to be looked at'] as const)
    for (const by of [WORKER, 'late', 'poisoned'])
      expect(activationFailed(SITUATIONS[name].record, { by, code: 'marketplace-forbidden' }, rulesAt(600))).toEqual({
        kind: 'unchanged',
      });
});

describe('re-reading the truth', () => {
  test('after an answer to be looked at ends after 1, 3, 8, 20 and 60 s as refused', () => {
    const { between, record } = waits('look');

    expect(between).toEqual([1, 3, 8, 20, 60]);
    expect(record).toMatchObject({ stage: 'activation-failed', activation: { code: 'marketplace-refused' } });
    expect(record.activation?.nextTryAt).toBeUndefined();
  });

  test('after an accepted call goes on, doubling to an hour, for three days', () => {
    const { between, record } = waits('accepted');

    expect(between.slice(0, 12)).toEqual([1, 3, 8, 20, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    expect(between.slice(12).every((wait) => wait === 3600)).toBe(true);
    const all = between.reduce((sum, wait) => sum + wait, 0);
    expect(all).toBeGreaterThanOrEqual(3 * DAYS);
    expect(all).toBeLessThan(3 * DAYS + 3600);
    expect(record).toMatchObject({ stage: 'activation-failed', activation: { code: 'activation-unconfirmed' } });
  });

  test('finds Subscribed: active now, and both sides are told', () => {
    const next = nextOf(says('Subscribed')(SITUATIONS['activating, accepted'].record, rulesAt(60)));

    expect(next).toMatchObject({ stage: 'active', activatedAt: '2026-11-21T09:01:00.000Z' });
    expect(next.activation?.nextTryAt).toBeUndefined();
    expect(next.mails.filter(({ kind }) => kind.startsWith('billing')).map(({ kind, to }) => [kind, to])).toEqual([
      ['billing-started', 'bea@contoso.example'],
      ['billing-started-operators', OPERATOR_EMAIL],
    ]);
  });

  test('finds Subscribed after the activation was given up: active all the same, and told', () => {
    const { record } = waits('look');

    const next = nextOf(says('Subscribed')(record, rulesAt(7200)));

    expect(next.stage).toBe('active');
    expect(next.activation?.code).toBeUndefined();
    expect(next.mails.map(({ kind }) => kind)).toContain('billing-started');
  });

  test('before any answer says nothing of the call', () => {
    expect(activationStillPending(requested, rulesAt(60))).toEqual({ kind: 'unchanged' });
  });

  test('before it is due says nothing: two workers do not count as two reads', () => {
    const accepted = nextOf(answers('accepted')(nextOf(callClaimed(requested, rulesAt(10))), rulesAt(11)));

    expect(activationStillPending(accepted, rulesAt(11.5))).toEqual({ kind: 'unchanged' });
    expect(nextOf(activationStillPending(accepted, rulesAt(12))).activation?.reads).toBe(1);
  });

  test('begins anew after each answer', () => {
    const accepted = nextOf(answers('accepted')(nextOf(callClaimed(requested, rulesAt(10))), rulesAt(11)));

    expect(secondsToNextTry(accepted, 11)).toBe(1);
    expect(accepted.activation?.reads).toBe(0);
  });
});
