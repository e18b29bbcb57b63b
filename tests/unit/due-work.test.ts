import { describe, expect, test } from '@jest/globals';
import type { Mail, Subscription } from '../../src/domain/subscription.ts';
import { isActivationDue, queuesDueBy, sweepAt, workDueAt } from '../../src/domain/work.ts';
import { after, contact, nextOf, rulesAt } from './support/records.ts';
import { callClaimed, EVENTS } from './transitions/events.ts';
import { SITUATIONS } from './transitions/situations.ts';

const NOW = new Date(0).toISOString();

const mail = (changes: Partial<Mail>): Mail => ({
  kind: 'request-received',
  occurrence: '1',
  to: contact.email,
  state: 'pending',
  attempts: 0,
  ...changes,
});

const silent = (record: Subscription): Subscription => ({ ...record, mails: [] });
const { provisioning } = SITUATIONS;

describe('the work of the provisioning queue', () => {
  test('is there in these situations, and in no others', () => {
    const busy = Object.entries(SITUATIONS)
      .filter(([, { record }]) => workDueAt(record, 'provisioning') !== undefined)
      .map(([name]) => name);

    expect(busy).toEqual([
      'provisioning',
      'provisioning, worker busy',
      'provisioning, organization done',
      'awaiting-confirmation, hold lifted',
      'activating',
      'activating, worker busy',
      'activating, accepted',
      'activating, to be looked at',
      'activating, answer lost',
      'suspended',
      'cancelled',
      'cancelled, set-up running',
    ]);
  });

  test('is due now for a step that nobody tried, and when the claim lapses for one that is tried', () => {
    const claimed = nextOf(EVENTS['organization claimed'](provisioning.record, rulesAt(10)));

    expect(workDueAt(provisioning.record, 'provisioning')).toBe(NOW);
    expect(workDueAt(claimed, 'provisioning')).toBe(after(70).toISOString());
  });

  test('is due at the next try of a step that waits', () => {
    const claimed = nextOf(EVENTS['organization claimed'](provisioning.record, rulesAt(10)));
    const waiting = nextOf(EVENTS['organization delayed'](claimed, rulesAt(11)));

    expect(workDueAt(waiting, 'provisioning')).toBe(after(41).toISOString());
  });

  test('is due at what comes first of a retried step and an activation that waits', () => {
    const { record } = SITUATIONS['activating, accepted'];
    const both = (seconds: number): Subscription => ({
      ...record,
      steps: {
        ...record.steps,
        'admin-user': { state: 'pending', attempts: 1, nextTryAt: after(seconds).toISOString() },
      },
    });

    const reread = record.activation?.nextTryAt;
    expect(workDueAt(both(1000), 'provisioning')).toBe(reread);
    expect(workDueAt(both(2), 'provisioning')).toBe(after(2).toISOString());
  });

  test('is the re-read of an activation when it is due, and not before', () => {
    const { record } = SITUATIONS['activating, accepted'];
    const due = Date.parse(record.activation?.nextTryAt ?? '');

    expect(isActivationDue(record, new Date(due - 251))).toBe(false);
    expect(isActivationDue(record, new Date(due))).toBe(true);
  });

  test('is no activation once the stage has moved on', () => {
    for (const name of ['confirmed', 'activation-failed', 'active', 'suspended', 'cancelled', 'erased'] as const) {
      expect({ name, due: isActivationDue(SITUATIONS[name].record, after(1e6)) }).toEqual({ name, due: false });
    }
  });

  test('is no activation while a worker has it', () => {
    const claimed = nextOf(callClaimed(SITUATIONS.activating.record, rulesAt(20)));

    expect(isActivationDue(claimed, after(79))).toBe(false);
    expect(isActivationDue(claimed, after(80))).toBe(true);
  });
});

describe('the work of the notifications queue', () => {
  const withMails = (...mails: Mail[]): Subscription => ({ ...SITUATIONS.active.record, mails });

  test('is nothing when every message is sent or has failed', () => {
    const record = withMails(mail({ state: 'sent' }), mail({ to: 'x@y.example', state: 'failed' }));

    expect(workDueAt(record, 'notifications')).toBeUndefined();
  });

  test('is due at the first of the messages that wait', () => {
    const record = withMails(
      mail({ state: 'sent' }),
      mail({ to: 'b@y.example', nextTryAt: after(50).toISOString() }),
      mail({ to: 'c@y.example', claim: { by: 'w', at: after(-20).toISOString() } }),
    );

    expect(workDueAt(record, 'notifications')).toBe(after(40).toISOString());
  });
});

describe('the sweep', () => {
  test('looks after nothing that asks for nothing', () => {
    const { recheck: _recheck, ...answered } = SITUATIONS.resolved.record;
    expect(sweepAt(answered)).toBeUndefined();
    const { recheck: _dates, ...dated } = SITUATIONS.active.record;
    expect(sweepAt(silent(dated))).toBeUndefined();
  });

  test('looks after an unanswered purchase 30 days after it was made, when Microsoft may have dropped it (contract 5)', () => {
    const { record } = SITUATIONS.resolved;
    const end = Date.parse(record.createdAt ?? record.firstSeenAt) + 30 * 86_400_000;
    expect(sweepAt(record)).toBe(new Date(end + 60_000).toISOString());
  });

  test('looks a minute after the commit that asked for work due at once', () => {
    const record = silent(provisioning.record);

    expect(record.updatedAt).toBe(after(1).toISOString());
    expect(sweepAt(record)).toBe(after(61).toISOString());
  });

  test('looks a minute after the next try of work that waits', () => {
    const claimed = nextOf(EVENTS['organization claimed'](provisioning.record, rulesAt(10)));
    const waiting = nextOf(EVENTS['organization delayed'](claimed, rulesAt(11)));

    expect(sweepAt(silent(waiting))).toBe(after(101).toISOString());
  });

  test('looks after messages too, and at whichever queue is due first', () => {
    const record = SITUATIONS['activating, accepted'].record;
    const later = { ...record, mails: [mail({ nextTryAt: after(500).toISOString() })] };
    const activation = Date.parse(record.activation?.nextTryAt ?? '');

    expect(sweepAt(later)).toBe(new Date(activation + 60_000).toISOString());
    expect(sweepAt({ ...later, stage: 'active' })).toBe(after(560).toISOString());
  });

  test('sends to the queues whose work is due by then, and to no others', () => {
    const record = SITUATIONS['activating, accepted'].record;
    const later = { ...record, mails: [mail({ nextTryAt: after(500).toISOString() })] };

    expect(queuesDueBy(later, sweepAt(later) ?? '')).toEqual(['provisioning']);
    expect(queuesDueBy(later, after(500).toISOString())).toEqual(['provisioning', 'notifications']);
    expect(queuesDueBy(silent(later), NOW)).toEqual([]);
  });
});
