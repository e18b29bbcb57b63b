import { describe, expect, test } from '@jest/globals';
import { isAcknowledged, type Notice, type NoticeRefusal, type Operation } from '../../../src/domain/notice.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import type { Subscription } from '../../../src/domain/subscription.ts';
import { noticed, noticeRead } from '../../../src/domain/transitions/notices.ts';
import { after, nextOf, OPERATOR_EMAIL, rulesAt, seenFirst, snapshot, whatHappened } from '../support/records.ts';

const RECORD: Subscription = { ...seenFirst({ status: 'Subscribed', quantity: 5 }), stage: 'active' };
const OPERATION: Operation = {
  id: 'op-1',
  subscriptionId: RECORD.id,
  action: 'ChangeQuantity',
  status: 'InProgress',
  source: 'Azure',
  quantity: 1,
};
const REFUSED: NoticeRefusal = { at: after(1).toISOString(), action: 'ChangeQuantity', reason: 'too-few-seats' };

const look = (record: Subscription, status: string, quantity: number, seconds: number): Outcome =>
  noticed(
    record,
    {
      action: 'ChangeQuantity',
      operation: { ...OPERATION, status },
      snapshot: snapshot({ status: 'Subscribed', quantity }),
      newValues: [],
      refused: { ...REFUSED, operationId: 'op-1' },
    },
    rulesAt(seconds),
  );

const kinds = ({ mails }: Subscription) => mails.map(({ kind, to }) => `${kind} ${to}`);

describe('a change that was refused in the reply (contract 4.2)', () => {
  test('is noted once; that it failed is told to the buyer once', () => {
    const first = look(RECORD, 'InProgress', 5, 2);
    expect(whatHappened(first)).toEqual(['change-not-sold']);
    const second = look(nextOf(first), 'Failed', 5, 3);
    const third = look(nextOf(second), 'Failed', 5, 4);

    expect([...whatHappened(second), ...whatHappened(third)]).not.toContain('change-not-sold');
    expect(kinds(nextOf(second)).filter((one) => one.startsWith('change-refused'))).toHaveLength(1);
    expect(kinds(nextOf(second)).join()).not.toContain('refusal-overruled');
  });

  test('overruled: the record follows, operators are told once', () => {
    const first = look(RECORD, 'Succeeded', 1, 2);

    expect(whatHappened(first)).toEqual(
      expect.arrayContaining(['change-not-sold', 'refusal-overruled', 'seats-changed']),
    );
    expect(nextOf(first).quantity).toBe(1);
    expect(kinds(nextOf(first))).toContain(`refusal-overruled ${OPERATOR_EMAIL}`);
    expect(look(nextOf(first), 'Succeeded', 1, 3).kind).toBe('unchanged');
    // Seen again together with something new: that alone is written down.
    expect(whatHappened(look(nextOf(first), 'Succeeded', 9, 4))).toEqual(['seats-changed']);
  });

  test.each([
    ['Succeeded', 'overruled'],
    ['Failed', 'refused'],
  ] as const)('%s at Microsoft: the notice is closed as %s', (status, result) => {
    const notice: Notice = {
      subscriptionId: RECORD.id,
      key: 'key',
      operationId: 'op-1',
      action: 'ChangeQuantity',
      status: 'InProgress',
      receivedAt: after(0).toISOString(),
      refused: REFUSED,
      state: 'open',
      attempts: 1,
      reads: 0,
    };

    expect(noticeRead(notice, { isSettled: true, operation: { ...OPERATION, status } }, after(3))).toMatchObject({
      state: 'closed',
      result,
    });
  });

  test('is never acknowledged, nor is what we began', () => {
    expect(isAcknowledged(OPERATION, {})).toBe(true);
    expect(isAcknowledged(OPERATION, { refused: REFUSED })).toBe(false);
    expect(isAcknowledged({ ...OPERATION, source: 'Partner' }, {})).toBe(false);
  });
});
