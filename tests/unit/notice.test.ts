import { describe, expect, test } from '@jest/globals';
import { isAcknowledged, isSettled, knownAction, type Notice, type Operation } from '../../src/domain/notice.ts';
import type { Snapshot } from '../../src/domain/subscription.ts';
import { noticeRead } from '../../src/domain/transitions/notices.ts';
import { unknownValues } from '../../src/domain/values.ts';
import { after, snapshot } from './support/records.ts';

const notice = (action: string, changes: Partial<Notice> = {}): Notice => ({
  subscriptionId: snapshot().id,
  key: 'k',
  operationId: 'op',
  action,
  status: 'Succeeded',
  receivedAt: after(0).toISOString(),
  state: 'open',
  attempts: 1,
  reads: 0,
  ...changes,
});

const operation = (action: string, changes: Partial<Operation> = {}): Operation => ({
  id: 'op',
  subscriptionId: snapshot().id,
  action,
  status: 'Succeeded',
  source: 'Azure',
  ...changes,
});

describe('a notice is settled when the subscription is as it says (contract 4.5)', () => {
  const settled = (one: Notice, found: Partial<Snapshot>, known?: Operation): boolean =>
    isSettled(one, known, snapshot(found));

  test.each([
    ['ChangePlan', { planId: 'gold' }, { planId: 'gold' }, { planId: 'silver' }],
    ['ChangeQuantity', { quantity: 9 }, { quantity: 9 }, { quantity: 5 }],
    ['Suspend', {}, { status: 'Suspended' }, { status: 'Subscribed' }],
    ['Reinstate', {}, { status: 'Subscribed' }, { status: 'Suspended' }],
    ['Unsubscribe', {}, { status: 'Unsubscribed' }, { status: 'Subscribed' }],
    ['Subscribe', {}, { status: 'Subscribed' }, { status: 'PendingFulfillmentStart' }],
    [
      'Renew',
      { termEndDate: '2027-01-20' },
      { term: { endDate: '2027-01-20T00:00:00Z' } },
      { term: { endDate: '2026-12-20' } },
    ],
  ] as [string, Partial<Notice>, Partial<Snapshot>, Partial<Snapshot>][])('%s', (action, says, so, notSo) => {
    expect(settled(notice(action, says), so)).toBe(true);
    expect(settled(notice(action, says), notSo)).toBe(false);
    // Whatever was told before the end, the end is what holds.
    expect(settled(notice(action, says), { status: 'Unsubscribed' })).toBe(true);
  });

  test('a renewal whose news holds the old term is not yet there (trap 21)', () => {
    const old = notice('Renew', { termEndDate: '2026-11-20T00:00:00Z' });
    expect(settled(old, { term: { endDate: '2026-11-20T00:00:00Z' } })).toBe(false);
    expect(settled(old, { term: { endDate: '2026-12-20T00:00:00Z' } })).toBe(true);
  });

  test('the operation knows the new value better than the notice (trap 17)', () => {
    const known = operation('ChangePlan', { planId: 'gold' });
    expect(settled(notice('ChangePlan', { planId: 'silver' }), { planId: 'gold' }, known)).toBe(true);
  });

  test('not while the operation is open; at once when it has failed', () => {
    for (const status of ['NotStarted', 'InProgress', 'inprogress', 'Queued'])
      expect(settled(notice('Suspend'), { status: 'Suspended' }, operation('Suspend', { status }))).toBe(false);
    for (const status of ['Failed', 'Conflict'])
      expect(settled(notice('ChangePlan', { planId: 'gold' }), {}, operation('ChangePlan', { status }))).toBe(true);
  });

  test('what nobody knows has nothing to wait for (P8)', () => {
    expect(settled(notice('Transfer'), {})).toBe(true);
  });
});

describe('our word is waited for', () => {
  test.each(['ChangePlan', 'ChangeQuantity', 'Reinstate'])('on %s, while it is open (contract 4.2)', (action) => {
    expect(isAcknowledged(operation(action, { status: 'InProgress' }), {})).toBe(true);
    expect(isAcknowledged(operation(action, { status: 'Succeeded' }), {})).toBe(false);
  });

  test('never on what we began ourselves, nor on what only informs (trap 15)', () => {
    expect(isAcknowledged(operation('ChangePlan', { status: 'InProgress', source: 'Partner' }), {})).toBe(false);
    for (const action of ['Renew', 'Suspend', 'Unsubscribe', 'Subscribe', 'Transfer'])
      expect(isAcknowledged(operation(action, { status: 'InProgress' }), {})).toBe(false);
  });
});

describe('looking again', () => {
  const now = after(100);
  const waits = (reads: number) => noticeRead(notice('Suspend', { reads }), { isSettled: false }, now).nextTryAt;

  test('after 1, 3, 8, 20 and 60 s, and then no more (design 5)', () => {
    expect([0, 1, 2, 3, 4].map(waits)).toEqual([101, 103, 108, 120, 160].map((second) => after(second).toISOString()));
    expect(noticeRead(notice('Suspend', { reads: 5 }), { isSettled: false }, now)).toMatchObject({
      state: 'closed',
      result: 'untrue',
    });
  });

  test('tells what something newer has overtaken from what was never true', () => {
    const found = { isSettled: false, operation: operation('Suspend') };
    expect(noticeRead(notice('Suspend', { reads: 5 }), found, now)).toMatchObject({ result: 'overtaken' });
    expect(noticeRead(notice('Suspend'), { ...found, isSettled: true }, now)).toMatchObject({ result: 'applied' });
  });
});

describe('words that Microsoft uses', () => {
  test('are known in whatever case, and by their older spelling', () => {
    expect(['changeplan', 'RENEW', 'Suspended', 'Transfer', ''].map(knownAction)).toEqual([
      'ChangePlan',
      'Renew',
      'Suspend',
      undefined,
      undefined,
    ]);
  });

  test('that are new are told by what they are, cut and without signs', () => {
    expect(unknownValues(snapshot({ status: 'Hibernating', term: { termUnit: 'fortnight' } }), 'Trans<fer>')).toEqual([
      'action Trans?fer?',
      'status Hibernating',
      'term fortnight',
    ]);
    expect(unknownValues(snapshot({ term: { termUnit: 'P18M' } }), 'Renew')).toEqual([]);
  });
});
