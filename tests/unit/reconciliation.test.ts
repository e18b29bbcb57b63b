import { describe, expect, test } from '@jest/globals';
import { differences } from '../../src/domain/differences.ts';
import { askAgainLater, setRecheck } from '../../src/domain/recheck.ts';
import { begin, downgradesLeft, NOTHING_YET, onTick, type Pass } from '../../src/domain/reconciliation.ts';
import type { Recheck } from '../../src/domain/subscription.ts';
import { SITUATIONS } from './transitions/situations.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);
const running: Pass = { kind: 'repair', state: 'running', startedAt: NOW.toISOString(), counts: NOTHING_YET };

describe('the brake', () => {
  const left = (downgraded: number, compared: number) =>
    downgradesLeft({ ...running, counts: { ...NOTHING_YET, downgraded } }, compared);

  test.each([
    [0, 0, 10],
    [10, 11, 0],
    [10, 219, 0],
    [10, 220, 1],
    [50, 1000, 0],
    [49, 1000, 1],
  ])('after %i downgrades, with %i rows compared, lets %i more through', (downgraded, compared, more) => {
    expect(left(downgraded, compared)).toBe(more);
  });

  test('is off once an operator has let the pass go on', () => {
    const released = { at: NOW.toISOString(), actor: { kind: 'system' as const }, reason: 'so it is' };
    expect(downgradesLeft({ ...running, released }, 1)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a tick', () => {
  const ended = { pass: { ...running, state: 'ended' as const, endedAt: NOW.toISOString() } };

  test('begins with a preview, and previews again as long as none has come to its end', () => {
    expect(onTick(undefined, NOW)?.pass).toMatchObject({ kind: 'preview', state: 'running' });
    expect(begin({ pass: { ...running, kind: 'preview' } }, NOW).pass.kind).toBe('preview');
    expect(begin({ pass: { ...ended.pass, kind: 'preview' } }, NOW).pass.kind).toBe('repair');
  });

  test('goes on with what runs, leaves alone what was stopped', () => {
    expect(onTick({ pass: running }, NOW)).toEqual({ pass: running });
    expect(onTick({ pass: { ...running, state: 'stopped' } }, at(1_000_000))).toBeUndefined();
  });

  test('begins the next pass 6 hours after the end of the last, and keeps the last to be shown', () => {
    expect(onTick(ended, at(6 * 3600 - 1))).toBeUndefined();
    expect(onTick(ended, at(6 * 3600))).toMatchObject({ pass: { kind: 'repair' }, previous: ended.pass });
  });
});

describe('what differs', () => {
  const { record } = SITUATIONS.active;
  const truth = { ...record, status: record.marketplaceStatus };

  test('is nothing where both say the same', () => {
    expect(differences(record, truth)).toEqual([]);
  });

  test('is said with both values, and never with an address', () => {
    expect(differences(record, { ...truth, planId: 'other', name: 'bea@contoso.example' })).toEqual([
      `plan ${record.planId} to other`,
      `name ${record.name} to withheld`,
    ]);
  });

  test('is not the name of somebody whose data is erased', () => {
    const { erasure = { attempts: 0, contactDueAt: '', workspaceDueAt: '' } } = record;
    const without = { ...record, name: record.id, erasure: { ...erasure, contactErasedAt: NOW.toISOString() } };
    expect(differences(without, truth)).toEqual([]);
  });
});

describe('asking again', () => {
  test('about an end: once a day, an hour later where Microsoft did not answer', () => {
    const recheck: Recheck = { about: 'end', reads: 0 };
    askAgainLater(recheck, NOW, false);
    expect(recheck).toEqual({ about: 'end', reads: 1, at: at(24 * 3600).toISOString() });
    askAgainLater(recheck, NOW, true);
    expect(recheck.at).toBe(at(3600).toISOString());
  });

  test('about a term: with growing delays for some hours, then no more', () => {
    const recheck: Recheck = { about: 'term', reads: 0, at: NOW.toISOString() };
    let now = NOW;
    while (recheck.at !== undefined) {
      now = new Date(Math.max(now.getTime(), Date.parse(recheck.at)));
      askAgainLater(recheck, now, false);
    }
    const hours = (now.getTime() - NOW.getTime()) / 3_600_000;
    expect(hours).toBeGreaterThan(2);
    expect(hours).toBeLessThan(8);
    const record = { ...SITUATIONS.active.record, recheck, term: { termUnit: 'P1M' } };
    setRecheck(record, now);
    expect(record.recheck).toBe(recheck);
  });
});
