import { describe, expect, test } from '@jest/globals';
import type { Operation } from '../../../src/domain/notice.ts';
import type { Snapshot, Subscription } from '../../../src/domain/subscription.ts';
import { noticed, operationClaimed, operationDelayed } from '../../../src/domain/transitions/notices.ts';
import { after, nextOf, rulesAt } from '../support/records.ts';
import { SITUATIONS } from './situations.ts';

const { record: active } = SITUATIONS.active;
const DAY = 86_400;
const FROM = 1000;

const withOpen = (changes: Partial<NonNullable<Subscription['pendingOperation']>> = {}): Subscription => ({
  ...active,
  pendingOperation: {
    id: 'op',
    action: 'ChangePlan',
    planId: 'gold',
    beganAt: after(FROM).toISOString(),
    attempts: 0,
    reads: 0,
    ...changes,
  },
});

const says = (
  record: Subscription,
  operation: Partial<Operation> | undefined,
  at: number,
  status = record.marketplaceStatus,
): Subscription => {
  const { id, name, offerId, planId, purchaser, beneficiary, isTest, isFreeTrial, allowedCustomerOperations } = record;
  const people = { purchaser, beneficiary };
  const snapshot: Snapshot = {
    id,
    name,
    offerId,
    planId,
    ...people,
    isTest,
    isFreeTrial,
    allowedCustomerOperations,
    status,
  };
  const known = operation && {
    id: 'op',
    subscriptionId: record.id,
    action: 'ChangePlan',
    status: 'InProgress',
    source: 'Partner',
    ...operation,
  };
  const outcome = noticed(
    record,
    { action: 'ChangePlan', snapshot, newValues: [], isFollowUp: true, ...(known ? { operation: known } : {}) },
    rulesAt(at),
  );
  return outcome.kind === 'changed' ? outcome.next : record;
};

const kinds = (record: Subscription): string[] => record.mails.slice(active.mails.length).map(({ kind }) => kind);

describe('an operation that is under way', () => {
  test('is looked at by one at a time: copies of a message find it taken', () => {
    const taken = nextOf(operationClaimed(withOpen(), 'one', rulesAt(FROM)));
    expect(operationClaimed(taken, 'two', rulesAt(FROM + 1)).kind).toBe('unchanged');
    expect(nextOf(operationClaimed(taken, 'two', rulesAt(FROM + 61))).pendingOperation?.claim?.by).toBe('two');
  });

  test('is put off when Microsoft cannot be asked, by whoever looked, and given up after 3 days', () => {
    const taken = nextOf(operationClaimed(withOpen(), 'one', rulesAt(FROM)));
    expect(operationDelayed(taken, { by: 'two', code: 'x' }, rulesAt(FROM + 1)).kind).toBe('unchanged');
    const later = nextOf(operationDelayed(taken, { by: 'one', code: 'x' }, rulesAt(FROM + 1)));
    expect(later.pendingOperation?.nextTryAt).toBe(after(FROM + 31).toISOString());
    const again = nextOf(operationClaimed(later, 'one', rulesAt(FROM + 3 * DAY)));
    expect(nextOf(operationDelayed(again, { by: 'one', code: 'x' }, rulesAt(FROM + 3 * DAY)))).not.toHaveProperty(
      'pendingOperation',
    );
  });

  test('that began long ago is not given up at the first failure', () => {
    const old = nextOf(operationClaimed(withOpen(), 'one', rulesAt(FROM + 5 * DAY)));
    expect(
      nextOf(operationDelayed(old, { by: 'one', code: 'x' }, rulesAt(FROM + 5 * DAY))).pendingOperation,
    ).toBeDefined();
  });

  test('in a status that nobody knows is still under way, and nobody is told that it failed (P8)', () => {
    const next = says(withOpen(), { status: 'Queued' }, FROM + 1);
    expect(next.pendingOperation?.id).toBe('op');
    expect(kinds(next)).toEqual([]);
  });

  test('that never ends no longer stands in the way after 80 looks', () => {
    const next = says(withOpen({ reads: 80 }), { status: 'Queued' }, FROM + 1);
    expect(next).not.toHaveProperty('pendingOperation');
    expect(kinds(next)).toEqual([]);
  });

  test('that failed is over, and the buyer is told', () => {
    const next = says(withOpen(), { status: 'Failed' }, FROM + 1);
    expect(next).not.toHaveProperty('pendingOperation');
    expect(kinds(next)).toEqual(['change-refused']);
  });

  test('of a reinstatement is followed until it is over', () => {
    const suspended = says(active, undefined, FROM, 'Suspended');
    const open = says(suspended, { action: 'Reinstate', source: 'Azure' }, FROM + 1, 'Suspended');
    expect(open.pendingOperation).toMatchObject({ action: 'Reinstate', nextTryAt: after(FROM + 2).toISOString() });
    const over = says(open, { action: 'Reinstate', source: 'Azure', status: 'Succeeded' }, FROM + 3, 'Subscribed');
    expect(over).not.toHaveProperty('pendingOperation');
    expect(over.stage).toBe('active');
  });
});
