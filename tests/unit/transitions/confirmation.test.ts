import { describe, expect, test } from '@jest/globals';
import { setUpConfirmed } from '../../../src/domain/transitions/confirmation.ts';
import { nextOf, operator, play, rulesAt, seenFirst, whatHappened } from '../support/records.ts';
import {
  claims,
  confirms,
  createsAdminUser,
  createsOrganization,
  EVENTS,
  fails,
  onboards,
  retries,
  says,
} from './events.ts';
import { SITUATIONS } from './situations.ts';

const REASON = 'The customer waits.';
const confirmAt = (seconds: number, reason?: string) => (record: Parameters<typeof setUpConfirmed>[0]) =>
  setUpConfirmed(record, operator, reason, rulesAt(seconds));

describe('a confirmation', () => {
  test('is written down with actor, time and reason', () => {
    const outcome = confirmAt(60, REASON)(SITUATIONS['awaiting-confirmation'].record);

    expect(nextOf(outcome).confirmation).toEqual({
      at: '2026-11-21T09:01:00.000Z',
      actor: operator,
      reason: REASON,
      over: [],
    });
    expect(outcome).toMatchObject({
      entries: [{ what: 'set-up-confirmed', actor: operator, detail: REASON, at: '2026-11-21T09:01:00.000Z' }],
    });
  });

  test('asked again changes nothing: the first actor and time stay', () => {
    const { record } = SITUATIONS.confirmed;
    const another = { kind: 'operator', objectId: 'another', name: 'Otto' } as const;

    expect(setUpConfirmed(record, another, REASON, rulesAt(60))).toEqual({
      kind: 'unchanged',
    });
  });

  test('while a step runs is refused, reason or not', () => {
    for (const name of ['provisioning', 'provisioning, organization done'] as const) {
      for (const reason of [undefined, REASON]) {
        expect(confirmAt(60, reason)(SITUATIONS[name].record)).toEqual({ kind: 'refused', code: 'not-ready' });
      }
    }
  });

  test('over a failed admin user needs a reason and names the step', () => {
    const { record } = SITUATIONS['provisioning, admin user failed'];

    expect(confirmAt(60)(record)).toEqual({ kind: 'refused', code: 'reason-required' });
    expect(nextOf(confirmAt(60, REASON)(record))).toMatchObject({
      stage: 'confirmed',
      confirmation: { over: ['admin-user'], reason: REASON },
    });
  });

  test('over a failed organization is over the admin user too, who has nothing to be the admin of', () => {
    const { record } = SITUATIONS['provisioning, organization failed'];

    expect(nextOf(confirmAt(60, REASON)(record))).toMatchObject({
      stage: 'confirmed',
      confirmation: { over: ['organization', 'admin-user'] },
    });
  });

  test('of a held admin user has the step carried out, and only then is the subscription confirmed', () => {
    const lifted = nextOf(confirmAt(60)(SITUATIONS['awaiting-confirmation, admin user held'].record));

    expect(lifted).toMatchObject({ stage: 'awaiting-confirmation', confirmation: { actor: operator } });
    expect(lifted.steps['admin-user']).toEqual({ state: 'pending', attempts: 0 });
    expect(nextOf(createsAdminUser(lifted, rulesAt(61))).stage).toBe('confirmed');
  });

  test('of a held admin user does not cover the failure of that step: it is confirmed anew, with a reason', () => {
    const lifted = SITUATIONS['awaiting-confirmation, hold lifted'].record;
    const failed = nextOf(fails('admin-user')(lifted, rulesAt(60)));

    expect(confirmAt(61)(failed)).toEqual({ kind: 'refused', code: 'reason-required' });
    expect(nextOf(confirmAt(61, REASON)(failed))).toMatchObject({
      stage: 'confirmed',
      confirmation: { over: ['admin-user'], at: '2026-11-21T09:01:01.000Z' },
    });
  });

  test('lifts a hold that came to light after a confirmation over the failed organization, and keeps that confirmation', () => {
    const events = [onboards(), claims('organization'), fails('organization'), confirms(REASON), retries()];
    const held = play(seenFirst(), [...events, claims('organization'), createsOrganization(true)]);

    const outcome = confirmAt(60)(held);

    expect(held).toMatchObject({ stage: 'confirmed', steps: { 'admin-user': { state: 'held' } } });
    expect(nextOf(outcome)).toMatchObject({ stage: 'confirmed', confirmation: { reason: REASON } });
    expect(nextOf(outcome).steps['admin-user'].state).toBe('pending');
    expect(whatHappened(outcome)).toEqual(['set-up-confirmed']);
  });
});

describe('what a confirmation leads to', () => {
  const { record } = SITUATIONS['awaiting-confirmation'];

  test('is the word to the buyer that the workspace is ready, and the wait for Activate', () => {
    const next = nextOf(confirmAt(60)(record));

    expect(next.stage).toBe('confirmed');
    expect(next.activation).toBeUndefined();
    expect(next.mails.filter(({ kind }) => kind === 'workspace-ready').map(({ to }) => to)).toEqual([
      'bea@contoso.example',
    ]);
  });

  test('is active at once, without a call, where Microsoft bills already', () => {
    const next = nextOf(confirmAt(60)(SITUATIONS['awaiting-confirmation, already Subscribed'].record));

    expect(next).toMatchObject({ stage: 'active', activatedAt: '2026-11-21T09:01:00.000Z' });
    expect(next.activation).toBeUndefined();
    expect(next.mails.map(({ kind }) => kind)).not.toContain('billing-started');
  });

  test('says that billing began when the term did, where Microsoft bills already', () => {
    const term = { termUnit: 'P1M', startDate: '2026-11-20T00:00:00Z' };
    const billed = nextOf(says('Subscribed', { term })(record, rulesAt(30)));

    expect(nextOf(confirmAt(60)(billed)).activatedAt).toBe('2026-11-20T00:00:00.000Z');
  });

  test('is suspended, without a call, where Microsoft has suspended it', () => {
    const suspended = nextOf(says('Suspended')(record, rulesAt(30)));

    const next = nextOf(confirmAt(60)(suspended));

    expect(next.stage).toBe('suspended');
    expect(next.activation).toBeUndefined();
  });
});

describe('when-ready', () => {
  const made = SITUATIONS['provisioning, organization done'].record;

  test('confirms and activates by itself when both steps are done', () => {
    const outcome = EVENTS['admin user created, when-ready'](made, rulesAt(60));

    expect(nextOf(outcome)).toMatchObject({
      stage: 'activating',
      confirmation: { at: '2026-11-21T09:01:00.000Z', actor: { kind: 'system' }, over: [] },
      activation: { actor: { kind: 'system' }, attempts: 0, reads: 0 },
    });
    expect(whatHappened(outcome)).toEqual(['admin-user-created', 'activation-requested']);
  });

  test('waits for an operator when a step has failed', () => {
    const failed = nextOf(fails('admin-user')(made, rulesAt(60, { policy: 'when-ready' })));

    expect(failed).toMatchObject({ stage: 'provisioning' });
    expect(failed.confirmation).toBeUndefined();
  });
});
