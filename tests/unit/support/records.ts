import type { Outcome, Rules } from '../../../src/domain/outcome.ts';
import type { Party, Visitor } from '../../../src/domain/party.ts';
import type { Actor, Contact, Snapshot, Subscription } from '../../../src/domain/subscription.ts';
import { firstSeen } from '../../../src/domain/transitions/observation.ts';

/** When every story begins. */
export const START = Date.parse('2026-11-21T09:00:00.000Z');

/** The instant so many seconds after the story began. */
export const after = (seconds: number): Date => new Date(START + seconds * 1000);

export const OPERATOR_EMAIL = 'cs@publisher.example';

/** Rules at so many seconds after the beginning; the policy is `buyer` unless told. */
export const rulesAt = (seconds: number, changes: Partial<Rules> = {}): Rules => ({
  now: after(seconds),
  policy: 'buyer',
  operators: [OPERATOR_EMAIL],
  changes: { blockedPlanChanges: [] },
  reminderDays: [20, 10, 5, 2],
  keepContactDays: 30,
  keepWorkspaceDays: 30,
  ...changes,
});

export const buyer: Party = {
  tenantId: '22222222-2222-4222-8222-222222222222',
  objectId: '22222222-0000-4000-8000-000000000001',
  email: 'bea.buyer@contoso.example',
};

/** Of the buyer's organization, without a part in the purchase. */
export const colleague: Visitor = { tenantId: buyer.tenantId, objectId: '22222222-0000-4000-8000-000000000002' };

export const reseller: Party = {
  tenantId: '44444444-4444-4444-8444-444444444444',
  objectId: '44444444-0000-4000-8000-000000000001',
  email: 'rita@reseller.example',
};

export const visitorOf = ({ tenantId, objectId }: Party): Visitor => ({ tenantId, objectId });

export const operator: Actor = { kind: 'operator', objectId: '11111111-0000-4000-8000-000000000001', name: 'Olivia' };

export const contact: Contact = { name: 'Bea Buyer', email: 'bea@contoso.example', company: 'Contoso Ltd' };

export const snapshot = (changes: Partial<Snapshot> = {}): Snapshot => ({
  id: '5a0bd2a4-7c1d-4c7e-9c53-0b1f3f3e9a11',
  name: 'Contoso quality',
  offerId: 'unifize-qms',
  planId: 'team-monthly',
  purchaser: buyer,
  beneficiary: buyer,
  isTest: false,
  isFreeTrial: false,
  allowedCustomerOperations: ['Read', 'Update', 'Delete'],
  status: 'PendingFulfillmentStart',
  ...changes,
});

/** The next record of an outcome that must have changed something. */
export const nextOf = (outcome: Outcome): Subscription => {
  if (outcome.kind !== 'changed') throw new Error(`Expected a change, got ${JSON.stringify(outcome)}.`);
  return outcome.next;
};

/** The stable codes of what an outcome wrote into the history. */
export const whatHappened = (outcome: Outcome): string[] =>
  outcome.kind === 'changed' ? outcome.entries.map(({ what }) => what) : [];

/** The record as the buyer's first visit leaves it. */
export const seenFirst = (changes: Partial<Snapshot> = {}, rules: Rules = rulesAt(0)): Subscription => {
  const seen = { correlationId: '0b1f3f3e-0000-4000-8000-000000000001', askedAt: rules.now.toISOString() };
  return nextOf(firstSeen(snapshot(changes), { ...seen, visitor: visitorOf(buyer) }, rules));
};

/** One event of a story, applied to a record under rules. */
export type Event = (record: Subscription, rules: Rules) => Outcome;

/** Plays events a second apart from the first visit on; each must change something. */
export const play = (first: Subscription, events: Event[], changes: Partial<Rules> = {}): Subscription =>
  events.reduce((record, event, index) => nextOf(event(record, rulesAt(index + 1, changes))), first);

/** The kinds of the messages that `next` asks for and `before` did not. */
export const asked = (before: Subscription, next: Subscription): string[] =>
  next.mails
    .filter(({ kind, occurrence, to }) =>
      before.mails.every((mail) => mail.kind !== kind || mail.occurrence !== occurrence || mail.to !== to),
    )
    .map(({ kind }) => kind);

/** The same record, frozen to the bottom: a decision that writes to what it was given throws. */
export const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
};
