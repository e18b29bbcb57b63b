import { describe, expect, test } from '@jest/globals';
import type { ActivationPolicy } from '../../src/domain/outcome.ts';
import { badge, pendingUntil, whoseTurn } from '../../src/domain/standing.ts';
import { STAGES, type Stage } from '../../src/domain/subscription.ts';
import { nextOf, rulesAt, seenFirst } from './support/records.ts';
import { fails } from './transitions/events.ts';
import { SITUATIONS, type SituationName } from './transitions/situations.ts';

describe('the badge', () => {
  const BADGES: [Stage, string][] = [
    ['resolved', 'Pending Activation'],
    ['provisioning', 'Pending Activation'],
    ['awaiting-confirmation', 'Pending Activation'],
    ['confirmed', 'Pending Activation'],
    ['activating', 'Activating'],
    ['activation-failed', 'Activation failed'],
    ['active', 'Active'],
    ['suspended', 'Suspended'],
    ['cancelled', 'Unsubscribed'],
    ['erased', 'Data deleted'],
  ];

  test.each(BADGES)('of %s is %s', (stage, words) => {
    expect(badge(SITUATIONS[stage].record)).toBe(words);
  });

  test('is there for every stage', () => {
    expect(BADGES.map(([stage]) => stage)).toEqual([...STAGES]);
  });
});

describe('whose turn it is', () => {
  test.each<[SituationName, string]>([
    ['resolved', 'buyer: onboard'],
    ['provisioning', 'publisher: set-up'],
    ['provisioning, organization done', 'publisher: set-up'],
    ['provisioning, organization failed', 'publisher: retry'],
    ['provisioning, admin user failed', 'publisher: retry'],
    ['awaiting-confirmation', 'publisher: confirm'],
    ['awaiting-confirmation, already Subscribed', 'publisher: confirm'],
    ['awaiting-confirmation, admin user held', 'publisher: confirm'],
    ['awaiting-confirmation, hold lifted', 'publisher: set-up'],
    ['activating', 'microsoft: activate'],
    ['activating, accepted', 'microsoft: activate'],
    ['activation-failed', 'publisher: activate'],
    ['active', 'nobody: none'],
    ['suspended', 'buyer: pay'],
    ['cancelled', 'nobody: none'],
    ['erased', 'nobody: none'],
  ])('%s: %s', (name, words) => {
    const { who, action } = whoseTurn(SITUATIONS[name].record, 'buyer');

    expect(`${who}: ${action}`).toBe(words);
  });

  test.each<[ActivationPolicy, string]>([
    ['buyer', 'buyer'],
    ['operator', 'publisher'],
    ['when-ready', 'publisher'],
  ])('to activate under policy %s is the %s', (policy, who) => {
    expect(whoseTurn(SITUATIONS.confirmed.record, policy)).toEqual({ who, action: 'activate' });
  });

  test('is the publisher, to retry, when the admin user fails after the hold was lifted', () => {
    const failed = nextOf(fails('admin-user')(SITUATIONS['awaiting-confirmation, hold lifted'].record, rulesAt(60)));

    expect(whoseTurn(failed, 'buyer')).toEqual({ who: 'publisher', action: 'retry' });
  });
});

describe('the purchase lapses', () => {
  const createdAt = '2026-11-01T12:00:00.1234567Z';

  test('30 days after it was made while nobody has answered', () => {
    expect(pendingUntil(seenFirst({ createdAt }))).toBe('2026-12-01T12:00:00.123Z');
  });

  test('not when billing runs, rests or has ended', () => {
    for (const status of ['Subscribed', 'Suspended', 'Unsubscribed', 'Hibernating']) {
      expect(pendingUntil(seenFirst({ createdAt, status }))).toBeUndefined();
    }
  });

  test('at a time that nobody knows when Microsoft does not say when it was made', () => {
    expect(pendingUntil(seenFirst())).toBeUndefined();
    expect(pendingUntil(seenFirst({ createdAt: 'yesterday' }))).toBeUndefined();
  });
});
