import { describe, expect, test } from '@jest/globals';
import { toView } from '../../../src/application/view.ts';
import type { Operation } from '../../../src/domain/notice.ts';
import type { Outcome, Rules } from '../../../src/domain/outcome.ts';
import { badge, suspendedUntil } from '../../../src/domain/standing.ts';
import type { Snapshot, Subscription } from '../../../src/domain/subscription.ts';
import {
  type Asked,
  changeNotTaken,
  changeRequested,
  changeSent,
  whyNoChange,
} from '../../../src/domain/transitions/changes.ts';
import { noticed } from '../../../src/domain/transitions/notices.ts';
import { workDueAt } from '../../../src/domain/work.ts';
import {
  after,
  buyer,
  colleague,
  frozen,
  nextOf,
  rulesAt,
  START,
  seenFirst,
  snapshot,
  visitorOf,
  whatHappened,
} from '../support/records.ts';

const TERM = { termUnit: 'P1M', startDate: '2026-11-01T00:00:00Z', endDate: '2026-11-30T00:00:00Z' };
const BILLED = { status: 'Subscribed', quantity: 5, term: TERM };
const ACTIVE = frozen<Subscription>({ ...seenFirst(BILLED), stage: 'active' });
const ACTOR = { kind: 'buyer', objectId: buyer.objectId, roles: ['purchaser'] } as const;
const ME = 'invocation';
const SIX: Asked = { quantity: 6 };

const request = (record: Subscription, asked: Asked = SIX, rules: Rules = rulesAt(10)): Outcome =>
  changeRequested(record, asked, { actor: { ...ACTOR, roles: ['purchaser'] }, by: ME }, rules);
const requested = (asked: Asked = SIX): Subscription => frozen(nextOf(request(ACTIVE, asked)));

const operation = (changes: Partial<Operation> = {}): Operation => ({
  id: 'op-1',
  subscriptionId: ACTIVE.id,
  action: 'ChangeQuantity',
  status: 'InProgress',
  source: 'Partner',
  planId: ACTIVE.planId,
  quantity: 6,
  ...changes,
});

/** Microsoft was looked at, for the record's own sake. */
const look = (record: Subscription, seconds: number, found?: Operation, changes: Partial<Snapshot> = {}): Outcome =>
  noticed(
    record,
    {
      action: 'ChangeQuantity',
      snapshot: snapshot({ ...BILLED, ...changes }),
      newValues: [],
      isFollowUp: true,
      ...(found ? { operation: found } : {}),
    },
    rulesAt(seconds),
  );

describe('a request', () => {
  test.each<[Asked, string, object]>([
    [{ planId: 'gold' }, 'ChangePlan', { planId: 'gold' }],
    [SIX, 'ChangeQuantity', { quantity: 6 }],
    ['cancel', 'Unsubscribe', {}],
  ])('%j is claimed without an id, changes nothing else, and names who asked', (asked, action, values) => {
    const outcome = request(ACTIVE, asked);
    const next = nextOf(outcome);

    const at = after(10).toISOString();
    expect(next.pendingOperation).toEqual({
      action,
      ...values,
      since: at,
      beganAt: at,
      actor: ACTOR,
      attempts: 1,
      reads: 0,
      claim: { by: ME, at },
    });
    expect(next).toMatchObject({ planId: ACTIVE.planId, quantity: 5, marketplaceStatus: 'Subscribed' });
    expect(badge(next)).toBe('Change in progress');
    expect(whatHappened(outcome)).toEqual(['change-requested']);
    // Whoever died over it is given a minute.
    expect(workDueAt(next, 'marketplace-events')).toBe(after(70).toISOString());
    expect(request(next, asked)).toMatchObject({ kind: 'refused', code: 'change-in-progress' });
  });

  const without = (right: string) => ACTIVE.allowedCustomerOperations.filter((one) => one !== right);
  const { quantity: _quantity, ...flat } = ACTIVE;
  test.each<[string, Subscription, (string | undefined)[]]>([
    ['active', ACTIVE, [undefined, undefined, undefined]],
    ['flat', flat, [undefined, 'not-per-seat', undefined]],
    ['pending', { ...ACTIVE, marketplaceStatus: 'PendingFulfillmentStart' }, ['not-active', 'not-active', undefined]],
    ['suspended', { ...ACTIVE, marketplaceStatus: 'Suspended' }, ['not-active', 'not-active', undefined]],
    ['ended', { ...ACTIVE, stage: 'cancelled' }, Array<string>(3).fill('subscription-cancelled')],
    ['erased', { ...ACTIVE, stage: 'erased' }, Array<string>(3).fill('subscription-cancelled')],
    [
      'without the right to update',
      { ...ACTIVE, allowedCustomerOperations: without('Update') },
      ['change-not-allowed', 'change-not-allowed', undefined],
    ],
    [
      'without the right to delete',
      { ...ACTIVE, allowedCustomerOperations: without('Delete') },
      [undefined, undefined, 'change-not-allowed'],
    ],
    ['with a change under way', requested(), Array<string>(3).fill('change-in-progress')],
  ])('%s: plan, seats, cancel', (_what, record, codes) => {
    const kinds = ['change-plan', 'change-quantity', 'cancel'] as const;
    expect(kinds.map((kind) => whyNoChange(record, kind))).toEqual(codes);
    const asks: Asked[] = [{ planId: 'gold' }, SIX, 'cancel'];
    const refusals = asks
      .map((asked) => request(record, asked))
      .map((one) => (one.kind === 'refused' ? one.code : undefined));
    expect(refusals).toEqual(codes);
    const view = toView(record, { kind: 'party', visitor: visitorOf(buyer) }, rulesAt(10));
    const shown = view.allowedOperations.filter(({ name }) => kinds.some((kind) => kind === name));
    expect(shown.map(({ reason }) => reason)).toEqual(codes);
    const toColleague = toView(record, { kind: 'party', visitor: colleague }, rulesAt(10)).allowedOperations;
    for (const kind of kinds) expect(toColleague).toContainEqual({ name: kind, allowed: false, reason: 'not-allowed' });
  });
});

describe('what Microsoft answered', () => {
  test('an id is written down, and it is looked at after 1, 3, 8, 20 and 60 s', () => {
    let record = nextOf(changeSent(requested(), { by: ME, operationId: 'op-1' }, rulesAt(11)));
    expect(record.pendingOperation).toMatchObject({ id: 'op-1' });
    const looks: number[] = [];
    for (let seconds = 11; looks.length < 5; ) {
      const due = Math.ceil((Date.parse(workDueAt(record, 'marketplace-events') ?? '') - START) / 1000);
      looks.push(due - seconds);
      seconds = due;
      record = nextOf(look(record, seconds, operation()));
    }
    expect(looks).toEqual([1, 3, 8, 20, 60]);
    expect(record).toMatchObject({ quantity: 5, pendingOperation: { id: 'op-1' } });
  });

  test('a refusal takes it back; another’s claim is not touched', () => {
    const outcome = changeNotTaken(requested(), { by: ME, code: 'BadRequest' }, rulesAt(11));

    expect(nextOf(outcome).pendingOperation).toBeUndefined();
    expect(whatHappened(outcome)).toEqual(['change-refused']);
    expect(changeNotTaken(requested(), { by: 'another', code: 'x' }, rulesAt(11)).kind).toBe('unchanged');
    expect(changeSent(requested(), { by: 'another', operationId: 'x' }, rulesAt(11)).kind).toBe('unchanged');
  });

  test('the answer comes after the webhook that told the operation: nothing is overwritten', () => {
    const adopted = nextOf(look(requested(), 11, operation()));

    expect(adopted.pendingOperation).toMatchObject({ id: 'op-1', actor: ACTOR });
    expect(changeSent(adopted, { by: ME, operationId: 'op-1' }, rulesAt(12)).kind).toBe('unchanged');
  });
});

describe('an answer that was lost', () => {
  const lost = (): Subscription => nextOf(changeSent(requested(), { by: ME }, rulesAt(11)));

  test('takes the id of our operation with the same values, and of no other', () => {
    for (const other of [{ quantity: 7 }, { action: 'ChangePlan', planId: 'gold' }, { source: 'Azure' }]) {
      const outcome = look(lost(), 12, operation({ ...other, status: 'Succeeded' }));
      expect([other, outcome.kind]).toEqual([other, 'unchanged']);
    }
    expect(nextOf(look(lost(), 12, operation())).pendingOperation?.id).toBe('op-1');
  });

  test('is over when the effect is there', () => {
    const next = nextOf(look(lost(), 12, undefined, { quantity: 6 }));

    expect(next).toMatchObject({ quantity: 6 });
    expect(next.pendingOperation).toBeUndefined();
  });

  test('is given up after the usual reads, and the buyer is told', () => {
    let record = lost();
    let outcome: Outcome | undefined;
    for (let read = 0; read < 10 && record.pendingOperation; read += 1) {
      const due = Math.ceil((Date.parse(workDueAt(record, 'marketplace-events') ?? '') - START) / 1000);
      outcome = look(record, due);
      record = nextOf(outcome);
    }

    expect(outcome && whatHappened(outcome)).toEqual(['change-unconfirmed']);
    expect(record.mails.map(({ kind }) => kind)).toContain('change-refused');
    expect(record.quantity).toBe(5);
    expect(Date.parse(record.updatedAt) - START).toBeGreaterThan(90_000);
  });
});

test('a suspended subscription has 30 days', () => {
  const record: Subscription = { ...ACTIVE, stage: 'suspended', suspendedAt: '2026-11-21T09:00:00.000Z' };

  expect(suspendedUntil(record)).toBe('2026-12-21T09:00:00.000Z');
  const { suspendedAt: _suspendedAt, ...unknown } = record;
  expect([suspendedUntil(unknown), suspendedUntil({ ...record, stage: 'active' })]).toEqual([undefined, undefined]);
});
