import { describe, expect, test } from '@jest/globals';
import type { Snapshot, Subscription } from '../../../src/domain/subscription.ts';
import { observed } from '../../../src/domain/transitions/observation.ts';
import {
  after,
  buyer,
  colleague,
  nextOf,
  OPERATOR_EMAIL,
  play,
  reseller,
  rulesAt,
  seenFirst,
  snapshot,
  visitorOf,
  whatHappened,
} from '../support/records.ts';
import { onboards } from './events.ts';
import { SITUATIONS } from './situations.ts';

const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

const read = (record: Subscription, changes: Partial<Snapshot>, askedAfter = 60) =>
  observed(record, snapshot(changes), { askedAt: after(askedAfter).toISOString() }, rulesAt(61));

describe('a purchase seen for the first time', () => {
  test('is recorded as Microsoft says, with the visit, nothing asked for and nothing sent', () => {
    const record = seenFirst({ quantity: 25, term: { termUnit: 'P1M' }, autoRenew: true });

    expect(record).toMatchObject({
      version: 1,
      stage: 'resolved',
      marketplaceStatus: 'PendingFulfillmentStart',
      quantity: 25,
      term: { termUnit: 'P1M' },
      autoRenew: true,
      visits: [{ ...visitorOf(buyer), at: after(0).toISOString() }],
      mails: [],
    });
    expect(record).not.toHaveProperty('status');
  });

  test('without a quantity, a term or a renewal has none of them', () => {
    const record = seenFirst();

    for (const name of ['quantity', 'term', 'autoRenew', 'createdAt', 'planName']) {
      expect(record).not.toHaveProperty(name);
    }
  });

  test('that is Subscribed already is told to the operators, once', () => {
    const record = seenFirst({ status: 'Subscribed' });
    const again = nextOf(read(record, { status: 'Subscribed', quantity: 2 }));

    expect(record.stage).toBe('resolved');
    expect(again.mails.map(({ kind, to }) => [kind, to])).toEqual([['already-billed', OPERATOR_EMAIL]]);
  });

  test('that has ended is cancelled', () => {
    expect(seenFirst({ status: 'Unsubscribed' }).stage).toBe('cancelled');
  });
});

describe('P4: what Microsoft says', () => {
  test('replaces its part of the record in every stage but erased', () => {
    const truth = { planId: 'other', quantity: 3, term: { termUnit: 'P1Y' }, autoRenew: false };
    for (const [name, { stage, record }] of Object.entries(SITUATIONS)) {
      if (stage === 'erased') continue;

      const next = nextOf(read(record, { ...truth, status: record.marketplaceStatus }));

      expect({ situation: name, ...next }).toMatchObject({
        situation: name,
        ...truth,
        marketplaceStatus: record.marketplaceStatus,
      });
    }
  });

  test('takes away what it no longer names', () => {
    const record = seenFirst({ quantity: 25, term: { termUnit: 'P1M' }, autoRenew: true, createdAt: 'x' });

    const next = nextOf(read(record, {}));

    for (const name of ['quantity', 'term', 'autoRenew', 'createdAt']) expect(next).not.toHaveProperty(name);
  });

  test('in words that are new to us is kept as it is, and the stage stays', () => {
    const outcome = read(SITUATIONS.active.record, { status: 'Hibernating' });

    expect(nextOf(outcome)).toMatchObject({ marketplaceStatus: 'Hibernating', stage: 'active' });
    expect(outcome).toMatchObject({
      entries: [{ what: 'status-changed', detail: 'Subscribed to Hibernating', actor: { kind: 'microsoft' } }],
    });
  });

  test('in a read begun before the one on the record changes nothing of it, but the visit counts', () => {
    const record = nextOf(read(seenFirst(), { quantity: 7, status: 'Subscribed' }, 60));

    const seen = { askedAt: after(59).toISOString(), visitor: colleague };
    const next = nextOf(observed(record, snapshot({ quantity: 5 }), seen, rulesAt(62)));

    expect(next).toMatchObject({ quantity: 7, marketplaceStatus: 'Subscribed', observedAt: after(60).toISOString() });
    expect(next.visits.map(({ objectId }) => objectId)).toEqual([colleague.objectId, buyer.objectId]);
  });

  test('of another plan drops the name of the old one, and keeps a name that came with it', () => {
    const named = { ...seenFirst(), planName: 'Team' };
    const seen = { askedAt: after(60).toISOString() };

    expect(nextOf(observed(named, snapshot({ quantity: 2 }), seen, rulesAt(61))).planName).toBe('Team');
    const other = snapshot({ planId: 'enterprise' });
    expect(nextOf(observed(named, other, seen, rulesAt(61)))).not.toHaveProperty('planName');
    expect(nextOf(observed(named, other, { ...seen, planName: 'Enterprise' }, rulesAt(61))).planName).toBe(
      'Enterprise',
    );
  });

  test('that is what the record says already changes nothing', () => {
    for (const [name, { record }] of Object.entries(SITUATIONS)) {
      if (record.stage === 'erased') continue;

      expect({ name, ...read(record, { status: record.marketplaceStatus }) }).toEqual({ name, kind: 'unchanged' });
    }
  });

  test('that is said after this very record was read is newer than it, whatever the clocks say', () => {
    const ahead = nextOf(read(seenFirst(), { quantity: 7 }, 3600));

    const outcome = observed(ahead, snapshot({ quantity: 8 }), {}, rulesAt(61));

    expect(nextOf(outcome)).toMatchObject({ quantity: 8, observedAt: after(61).toISOString() });
  });

  test('of an erased subscription refills nothing', () => {
    const { record } = SITUATIONS.erased;
    const seen = { askedAt: after(60).toISOString(), visitor: visitorOf(buyer), planName: 'Team' };

    expect(observed(record, snapshot({ status: 'Subscribed' }), seen, rulesAt(61))).toEqual({ kind: 'unchanged' });
  });
});

describe('the stage follows Microsoft', () => {
  test('into suspension and back, and billing is not said to begin a second time', () => {
    const suspended = read(SITUATIONS.active.record, { status: 'Suspended' });
    const back = read(nextOf(suspended), { status: 'Subscribed' });

    expect(whatHappened(suspended)).toEqual(['status-changed', 'suspended']);
    expect(whatHappened(back)).toEqual(['status-changed', 'reinstated']);
    expect(nextOf(back)).toMatchObject({
      stage: 'active',
      activatedAt: SITUATIONS.active.record.activatedAt,
    });
    const told = nextOf(back).mails.slice(SITUATIONS.active.record.mails.length);
    expect(told.map(({ kind }) => kind)).toEqual(['reinstated']);
  });

  test('to its end from everywhere, for ever', () => {
    for (const [name, { stage, record }] of Object.entries(SITUATIONS)) {
      if (stage === 'erased') continue;
      let next = stage === 'cancelled' ? record : nextOf(read(record, { status: 'Unsubscribed' }));
      for (const status of ['Subscribed', 'Suspended', 'PendingFulfillmentStart', 'Hibernating']) {
        next = nextOf(read(next, { status }));
      }

      expect({ name, stage: next.stage }).toEqual({ name, stage: 'cancelled' });
    }
  });

  test('a failed activation that Microsoft reports as the end is told to the operators', () => {
    const outcome = read(SITUATIONS['activating, accepted'].record, { status: 'Unsubscribed' });

    expect(whatHappened(outcome)).toEqual(['status-changed', 'cancelled', 'activation-failed']);
    expect(nextOf(outcome)).toMatchObject({ activation: { code: 'marketplace-refused' } });
    expect(nextOf(outcome).activation).not.toHaveProperty('nextTryAt');
    expect(nextOf(outcome).mails.at(-2)).toMatchObject({ kind: 'activation-failed', to: OPERATOR_EMAIL });
    expect(nextOf(outcome).mails.at(-1)).toMatchObject({ kind: 'unsubscribed', to: 'bea@contoso.example' });
  });

  test('not before the set-up is confirmed: a purchase that is billed already is set up first', () => {
    for (const name of ['resolved', 'provisioning', 'awaiting-confirmation'] as const) {
      expect(nextOf(read(SITUATIONS[name].record, { status: 'Subscribed' })).stage).toBe(name);
    }
  });
});

describe('a personal account', () => {
  const pia = { tenantId: PERSONAL_TENANT, objectId: 'pia-1', email: 'pia@outlook.example' };
  const parties = { purchaser: pia, beneficiary: pia };
  const seen = { askedAt: after(60).toISOString() };
  const visit = { tenantId: PERSONAL_TENANT, objectId: 'pia-token', email: 'PIA@outlook.example' };

  test('that is known by its address is bound to its object id at the first visit', () => {
    const next = nextOf(observed(seenFirst(parties), snapshot(parties), { ...seen, visitor: visit }, rulesAt(61)));

    expect(next.bound).toEqual({ purchaser: 'pia-token', beneficiary: 'pia-token' });
  });

  test('stays bound while Microsoft names the same party, and is free again when it names another', () => {
    const bound = play(seenFirst(parties), [
      (record, rules) => observed(record, snapshot(parties), { ...seen, visitor: visit }, rules),
      onboards(),
    ]);

    expect(nextOf(read(bound, { ...parties, quantity: 2 })).bound).toEqual(bound.bound);
    expect(nextOf(read(bound, { ...parties, purchaser: reseller })).bound).toEqual({ beneficiary: 'pia-token' });
  });
});
