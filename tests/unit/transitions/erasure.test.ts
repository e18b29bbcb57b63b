import { describe, expect, test } from '@jest/globals';
import { eraseAfter, erasureDueAt } from '../../../src/domain/erasure.ts';
import type { Rules } from '../../../src/domain/outcome.ts';
import { PERSONAL_TENANT } from '../../../src/domain/party.ts';
import { verdictOn } from '../../../src/domain/reconciliation.ts';
import type { Actor, Subscription } from '../../../src/domain/subscription.ts';
import { anonymousEntry } from '../../../src/domain/tombstone.ts';
import {
  erasureAnnounced,
  erasureClaimed,
  erasureDelayed,
  erasureFailed,
  erasureStopped,
  partErased,
} from '../../../src/domain/transitions/erasure.ts';
import { erasureHeld, erasureReleased } from '../../../src/domain/transitions/erasure-hold.ts';
import { noticed } from '../../../src/domain/transitions/notices.ts';
import { observed } from '../../../src/domain/transitions/observation.ts';
import { retryRequested } from '../../../src/domain/transitions/retry.ts';
import {
  after,
  asked,
  buyer,
  contact,
  nextOf,
  operator,
  rulesAt,
  seenFirst,
  snapshot,
  visitorOf,
  whatHappened,
} from '../support/records.ts';
import { says } from './events.ts';
import { SITUATIONS } from './situations.ts';

const DAY = 86_400;
const { active } = SITUATIONS;

/** Ended 100 s after the beginning. */
const ended = (changes: Partial<Rules> = {}): Subscription =>
  nextOf(says('Unsubscribed')(active.record, rulesAt(100, changes)));
const at = (days: number): number => 100 + days * DAY;
const instant = (days: number): string => after(at(days)).toISOString();

const announced = (changes: Partial<Rules> = {}, days = 27): Subscription =>
  nextOf(erasureAnnounced(ended(changes), rulesAt(at(days), changes)));
const begun = (record: Subscription = announced(), days = 30): Subscription =>
  nextOf(erasureClaimed(record, 'worker', rulesAt(at(days))));
const withoutPeople = (): Subscription => nextOf(partErased(begun(), 'contact', rulesAt(at(30))));
const held = (record: Subscription, days = 1): Subscription =>
  nextOf(erasureHeld(record, operator, 'A lawyer asked.', rulesAt(at(days))));

describe('when it is erased', () => {
  test('each part so many days after the end, whatever led to it', () => {
    const { erasure, cancelledAt } = ended({ keepContactDays: 10, keepWorkspaceDays: 60 });
    expect(cancelledAt).toBe(instant(0));
    expect(erasure).toEqual({ attempts: 0, contactDueAt: instant(10), workspaceDueAt: instant(60) });
    expect(seenFirst({ status: 'Unsubscribed' }).erasure?.contactDueAt).toBe(after(30 * DAY).toISOString());
    const failing = SITUATIONS['activating, accepted'].record;
    expect(nextOf(says('Unsubscribed')(failing, rulesAt(100))).erasure?.contactDueAt).toBe(instant(30));
  });

  test('of a record that ended before this was kept: from its end on, and not before operators could be told', () => {
    const { erasure: _erasure, cancelledAt: _at, ...older } = ended();
    const seen = (days: number) => nextOf(says('Unsubscribed')(older, rulesAt(at(days))));
    expect(seen(5)).toMatchObject({ cancelledAt: instant(0), erasure: { contactDueAt: instant(30) } });
    expect(verdictOn(older, snapshot({ status: 'Unsubscribed' }), rulesAt(at(5))).result).toBe('repaired');
    expect(verdictOn(seen(5), snapshot({ status: 'Unsubscribed' }), rulesAt(at(6))).result).toBe('equal');
    expect(seen(90).erasure).toMatchObject({ contactDueAt: instant(93), workspaceDueAt: instant(93) });
  });

  test('never of what lives', () => {
    for (const { record } of Object.values(SITUATIONS)) {
      const hasEnded = record.stage === 'cancelled' || record.stage === 'erased';
      if (!hasEnded) expect(record.erasure).toBeUndefined();
      if (record.stage !== 'cancelled') expect(erasureDueAt(record)).toBeUndefined();
    }
  });
});

describe('operators', () => {
  test('are told 3 days before the part that comes first, once', () => {
    const record = ended({ keepContactDays: 10, keepWorkspaceDays: 60 });
    expect(erasureDueAt(record)).toBe(instant(7));
    expect(erasureAnnounced(record, rulesAt(at(7) - 1))).toEqual({ kind: 'unchanged' });
    const outcome = erasureAnnounced(record, rulesAt(at(7)));
    expect(whatHappened(outcome)).toEqual(['erasure-announced']);
    expect(asked(record, nextOf(outcome))).toEqual(['erasure-soon']);
    expect(erasureDueAt(nextOf(outcome))).toBe(instant(10));
    expect(erasureAnnounced(nextOf(outcome), rulesAt(at(8)))).toEqual({ kind: 'unchanged' });
  });

  test('who are told late have their 3 days all the same', () => {
    const late = announced({}, 29);
    expect(late.erasure).toMatchObject({ contactDueAt: instant(32), workspaceDueAt: instant(32) });
    expect(eraseAfter(late)).toBe(instant(32));
  });

  test('hear of it before anything is taken in hand', () => {
    expect(erasureClaimed(ended(), 'worker', rulesAt(at(40)))).toEqual({ kind: 'unchanged' });
    expect(erasureClaimed(announced(), 'worker', rulesAt(at(30) - 1))).toEqual({ kind: 'unchanged' });
    expect(begun().erasure).toMatchObject({ begun: 'contact', claim: { by: 'worker' } });
  });
});

describe('holding it', () => {
  test('needs a reason, and something that would be erased', () => {
    expect(erasureHeld(ended(), operator, undefined, rulesAt(at(1)))).toMatchObject({ code: 'reason-required' });
    expect(erasureHeld(active.record, operator, 'x', rulesAt(at(1)))).toMatchObject({ code: 'no-erasure' });
    expect(erasureReleased(active.record, operator, 'x', rulesAt(at(1)))).toMatchObject({ code: 'no-erasure' });
    expect(erasureHeld(SITUATIONS.erased.record, operator, 'x', rulesAt(9))).toMatchObject({ code: 'no-erasure' });
  });

  test('stops everything until it is released; twice is once', () => {
    const record = held(announced());
    expect([erasureDueAt(record), eraseAfter(record)]).toEqual([undefined, undefined]);
    expect(erasureClaimed(record, 'worker', rulesAt(at(90)))).toEqual({ kind: 'unchanged' });
    expect(erasureHeld(record, operator, 'Again.', rulesAt(at(2)))).toEqual({ kind: 'unchanged' });
    const outcome = erasureReleased(record, operator, undefined, rulesAt(at(90)));
    expect(whatHappened(outcome)).toEqual(['erasure-released']);
    expect(erasureDueAt(nextOf(outcome))).toBe(instant(30));
    expect(erasureReleased(nextOf(outcome), operator, undefined, rulesAt(at(90)))).toEqual({ kind: 'unchanged' });
  });

  test('from before operators were told: they are told after the release, and have 3 days', () => {
    const released = nextOf(erasureReleased(held(ended()), operator, undefined, rulesAt(at(90))));
    const told = nextOf(erasureAnnounced(released, rulesAt(at(90))));
    expect(erasureDueAt(told)).toBe(instant(93));
  });

  test('comes too late for a part that has begun, which is carried through, and holds the other one', () => {
    const record = held(begun(), 30);
    expect(erasureDueAt(record)).toBe(after(at(30) + 60).toISOString());
    const outcome = partErased(record, 'contact', rulesAt(at(30) + 1));
    expect(nextOf(outcome)).toMatchObject({ stage: 'cancelled', erasure: { hold: { reason: 'A lawyer asked.' } } });
    expect(erasureDueAt(nextOf(outcome))).toBeUndefined();
    const last = begun(withoutPeople());
    expect(erasureHeld(last, operator, 'x', rulesAt(at(30)))).toMatchObject({ code: 'no-erasure' });
  });
});

describe('what goes wrong', () => {
  const down = { by: 'worker', code: 'marketplace-unavailable' };

  test('is tried again later, started over by a retry, and held by the system after 3 days', () => {
    const first = nextOf(erasureDelayed(announced(), down, rulesAt(at(30))));
    expect(erasureDueAt(first)).toBe(after(at(30) + 30).toISOString());
    const retried = nextOf(retryRequested(first, operator, undefined, rulesAt(at(30) + 1)));
    expect(erasureDueAt(retried)).toBe(instant(30));
    const last = erasureDelayed(first, down, rulesAt(at(33) + 60));
    expect(whatHappened(last)).toEqual(['erasure-stopped']);
    expect(nextOf(last).erasure?.hold).toMatchObject({ actor: { kind: 'system' }, reason: down.code });
    expect(erasureDueAt(nextOf(last))).toBeUndefined();
    const released = nextOf(erasureReleased(nextOf(last), operator, undefined, rulesAt(at(34))));
    expect(erasureDueAt(released)).toBe(instant(30));
  });

  test('for somebody whose claim has lapsed counts for nothing', () => {
    const others = nextOf(erasureClaimed(begun(), 'other', rulesAt(at(30) + 60)));
    expect(erasureDelayed(others, down, rulesAt(at(30) + 61))).toEqual({ kind: 'unchanged' });
  });

  test('for good is held by the system: what poisons its worker, or kills it for 3 days', () => {
    const poisoned = erasureFailed(announced(), { by: 'poisoned', code: 'poisoned' }, rulesAt(at(30)));
    expect(nextOf(poisoned).erasure?.hold).toMatchObject({ reason: 'poisoned' });
    const died = nextOf(erasureClaimed(begun(), 'other', rulesAt(at(34))));
    expect(died.erasure).toMatchObject({ hold: { reason: 'died-too-often' } });
    expect(erasureDueAt(died)).toBeUndefined();
  });

  test('with the end: Microsoft says that it lives; that is recorded and nothing is erased', () => {
    const outcome = erasureStopped(announced(), snapshot({ status: 'Subscribed', quantity: 7 }), rulesAt(at(30)));
    expect(nextOf(outcome)).toMatchObject({ stage: 'cancelled', marketplaceStatus: 'Subscribed', quantity: 7 });
    expect(nextOf(outcome).contact).toEqual(contact);
    expect(nextOf(outcome).erasure?.hold).toMatchObject({ reason: 'Microsoft says Subscribed' });
    expect(whatHappened(outcome)).toContain('erasure-stopped');
    // An operator may take it over.
    expect(held(nextOf(outcome), 31).erasure?.hold?.actor).toEqual(operator);
  });
});

describe('what is left', () => {
  const words = [contact.email, contact.name, 'Contoso', buyer.email, buyer.objectId, 'Olivia', operator].map((word) =>
    typeof word === 'string' ? word : (word as Actor & { objectId: string }).objectId,
  );
  const found = (record: Subscription): string[] => words.filter((word) => JSON.stringify(record).includes(word));

  test('without the people: what was bought, the tenant and what the workspace needs', () => {
    const record = withoutPeople();
    expect(found(record)).toEqual([]);
    expect(record).toMatchObject({
      stage: 'cancelled',
      name: record.id,
      organizationId: buyer.tenantId,
      beneficiary: { tenantId: buyer.tenantId, objectId: '', email: '' },
      visits: [],
      mails: [],
      planId: 'team-monthly',
    });
  });

  test('with both parts gone: a tombstone', () => {
    const outcome = partErased(begun(withoutPeople()), 'workspace', rulesAt(at(30) + 5));
    const record = nextOf(outcome);
    expect(whatHappened(outcome)).toEqual(['workspace-erased', 'erased']);
    expect(found(record)).toEqual([]);
    expect(JSON.stringify(record)).not.toContain(buyer.tenantId);
    expect(record).toMatchObject({
      id: active.record.id,
      stage: 'erased',
      stageSince: after(at(30) + 5).toISOString(),
      cancelledAt: instant(0),
      activatedAt: active.record.activatedAt,
      offerId: 'unifize-qms',
      planId: 'team-monthly',
      marketplaceStatus: 'Unsubscribed',
      isTest: false,
      isFreeTrial: false,
    });
    expect(erasureDueAt(record)).toBeUndefined();
  });

  test('with the workspace gone first: the people stay until it is their time', () => {
    const first = announced({ keepContactDays: 60, keepWorkspaceDays: 30 });
    const record = nextOf(partErased(begun(first), 'workspace', rulesAt(at(30))));
    expect(record).toMatchObject({ stage: 'cancelled', contact });
    expect(erasureDueAt(record)).toBe(instant(57));
    const told = nextOf(erasureAnnounced(record, rulesAt(at(57))));
    const last = partErased(begun(told, 60), 'contact', rulesAt(at(60)));
    expect(whatHappened(last)).toEqual(['contact-erased', 'erased']);
    expect(found(nextOf(last))).toEqual([]);
  });

  test('of a personal account that nothing was ever made for: not even its id', () => {
    const person = { tenantId: PERSONAL_TENANT, objectId: 'a-person', email: 'p@home.example' };
    const seen = seenFirst({ purchaser: person, beneficiary: person, status: 'Unsubscribed' });
    const record = nextOf(partErased(seen, 'contact', rulesAt(at(30))));
    expect(JSON.stringify(record)).not.toContain('a-person');
  });

  test('a part is erased once', () => {
    expect(partErased(withoutPeople(), 'contact', rulesAt(at(31)))).toEqual({ kind: 'unchanged' });
    expect(partErased(active.record, 'contact', rulesAt(at(31)))).toEqual({ kind: 'unchanged' });
  });

  test('of a line of history: when, what and which side', () => {
    const line = { at: instant(0), what: 'note', detail: 'Bea phoned.' };
    expect(anonymousEntry({ ...line, actor: operator })).toEqual({
      at: instant(0),
      what: 'note',
      actor: { kind: 'operator', objectId: '', name: '' },
    });
    const party: Actor = { kind: 'buyer', objectId: 'x', roles: ['purchaser'] };
    expect(anonymousEntry({ ...line, actor: party }).actor).toEqual({ ...party, objectId: '' });
    expect(anonymousEntry({ ...line, actor: { kind: 'microsoft' } }).actor).toEqual({ kind: 'microsoft' });
  });
});

describe('nothing brings the people back (P4)', () => {
  const truth = snapshot({ status: 'Unsubscribed', quantity: 12 });

  test('once they are gone, Microsoft is still mirrored, but for the people', () => {
    const record = withoutPeople();
    const seen = { askedAt: instant(31), visitor: visitorOf(buyer), planName: 'Team' };
    for (const outcome of [
      observed(record, truth, seen, rulesAt(at(31))),
      noticed(record, { action: 'Unsubscribe', snapshot: truth, newValues: [] }, rulesAt(at(31))),
    ]) {
      const next = nextOf(outcome);
      expect(next).toMatchObject({ quantity: 12, name: record.id, visits: [], mails: [], bound: {} });
      expect(JSON.stringify(next)).not.toContain(buyer.objectId);
      expect(JSON.stringify(next)).not.toContain(buyer.email);
    }
  });

  test('a visit alone changes nothing', () => {
    const record = withoutPeople();
    const seen = { askedAt: instant(32), visitor: visitorOf(buyer) };
    const same = snapshot({ status: 'Unsubscribed' });
    expect(observed(record, same, seen, rulesAt(at(32)))).toEqual({ kind: 'unchanged' });
  });

  test('a tombstone is changed by nothing', () => {
    const record = nextOf(partErased(begun(withoutPeople()), 'workspace', rulesAt(at(30))));
    const seen = { askedAt: instant(31), visitor: visitorOf(buyer) };
    expect(observed(record, truth, seen, rulesAt(at(31)))).toEqual({ kind: 'unchanged' });
    const told = { action: 'Unsubscribe', snapshot: truth, newValues: ['action X'] };
    expect(noticed(record, told, rulesAt(at(31)))).toEqual({ kind: 'unchanged' });
    expect(partErased(record, 'contact', rulesAt(at(31)))).toEqual({ kind: 'unchanged' });
  });
});
