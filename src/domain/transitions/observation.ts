import { release } from '../attempts.ts';
import { changed, type Draft, draft, MICROSOFT, note, type Outcome, type Rules, UNCHANGED } from '../outcome.ts';
import { bindPersonalAccounts, type Party, type Visitor, withVisit } from '../party.ts';
import type { Snapshot, Subscription } from '../subscription.ts';
import { ask, askAlreadyBilled, takeBack } from './mails.ts';
import { becomeActive } from './readiness.ts';

/** Microsoft's part of a record. Optional members are absent when Microsoft leaves them out. */
const mirrored = (snapshot: Snapshot) => {
  const { id: _id, status, ...mirror } = snapshot;
  return { ...mirror, marketplaceStatus: status };
};

const OPTIONAL = ['quantity', 'term', 'autoRenew', 'createdAt'] as const;

/** A purchase seen for the first time. */
export const firstSeen = (
  snapshot: Snapshot,
  seen: { correlationId: string; askedAt: string; visitor?: Visitor; planName?: string },
  rules: Rules,
): Outcome => {
  const at = rules.now.toISOString();
  const record: Subscription = {
    id: snapshot.id,
    version: 0,
    correlationId: seen.correlationId,
    firstSeenAt: at,
    updatedAt: at,
    observedAt: seen.askedAt,
    ...mirrored(snapshot),
    ...(seen.planName === undefined ? {} : { planName: seen.planName }),
    bound: {},
    stage: snapshot.status === 'Unsubscribed' ? 'cancelled' : 'resolved',
    stageSince: at,
    visits: [],
    steps: {
      organization: { state: 'pending', attempts: 0 },
      'admin-user': { state: 'pending', attempts: 0 },
      notification: { state: 'pending', attempts: 0 },
    },
    mails: [],
  };
  const work = draft(record, rules);
  note(work, 'resolved', MICROSOFT, snapshot.status);
  if (seen.visitor) visit(work, seen.visitor);
  askAlreadyBilled(work);
  return changed(work);
};

const visit = ({ next, rules }: Draft, visitor: Visitor): void => {
  next.visits = withVisit(next.visits, visitor, rules.now);
  next.bound = bindPersonalAccounts(next, visitor);
};

const isSameParty = (left: Party, right: Party): boolean =>
  left.tenantId === right.tenantId && left.objectId === right.objectId && left.email === right.email;

/** Whether nothing but the bookkeeping of the draft differs. */
const isSame = (record: Subscription, next: Subscription): boolean => {
  const { version, updatedAt, observedAt } = record;
  return canonical(record) === canonical({ ...next, version, updatedAt, observedAt });
};

// Members may come in another order than they were stored in.
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );

const RUNNING = new Set(['confirmed', 'activating', 'activation-failed', 'active', 'suspended']);

/** Follows Microsoft's status with our stage; before the confirmation the set-up goes its own way. */
const follow = (work: Draft): void => {
  const { next } = work;
  const status = next.marketplaceStatus;
  if (status === 'Unsubscribed' && next.stage !== 'cancelled') {
    const wasActivating = next.stage === 'activating';
    next.stage = 'cancelled';
    if (next.activation) release(next.activation);
    takeBack(work);
    note(work, 'cancelled', MICROSOFT);
    // A failed activation is reported as the end of the subscription (contract 2.4).
    if (wasActivating && next.activation) {
      next.activation.code = 'marketplace-refused';
      note(work, 'activation-failed', MICROSOFT, 'marketplace-refused');
      ask(work, 'activation-failed', String(next.version), work.rules.operators);
    }
  } else if (status === 'Subscribed' && RUNNING.has(next.stage) && next.stage !== 'active') {
    becomeActive(work);
  } else if (status === 'Suspended' && RUNNING.has(next.stage) && next.stage !== 'suspended') {
    next.stage = 'suspended';
    if (next.activation) release(next.activation);
    note(work, 'suspended', MICROSOFT);
  }
};

/**
 * Takes over what Microsoft says (P4). With `askedAt`, an answer asked for before the one that the record mirrors is older
 * than the record and changes nothing of it; a visit is recorded all the same. Without it, Microsoft was asked after this
 * very record was read. An ended subscription never begins again (contract 5).
 */
export const observed = (
  record: Subscription,
  snapshot: Snapshot,
  seen: { askedAt?: string; visitor?: Visitor; planName?: string },
  rules: Rules,
): Outcome => {
  if (record.stage === 'erased') return UNCHANGED;
  const work = draft(record, rules);
  const { next } = work;
  const isOlder = seen.askedAt !== undefined && seen.askedAt < record.observedAt;
  if (!isOlder) {
    for (const name of OPTIONAL) delete next[name];
    if (next.planId !== snapshot.planId) delete next.planName;
    Object.assign(next, mirrored(snapshot), { observedAt: seen.askedAt ?? rules.now.toISOString() });
    if (next.marketplaceStatus !== record.marketplaceStatus) {
      note(work, 'status-changed', MICROSOFT, `${record.marketplaceStatus} to ${next.marketplaceStatus}`);
    }
    for (const role of ['purchaser', 'beneficiary'] as const) {
      if (!isSameParty(next[role], record[role])) delete next.bound[role];
    }
    follow(work);
    askAlreadyBilled(work);
  }
  if (seen.visitor) visit(work, seen.visitor);
  if (seen.planName !== undefined && next.planId === snapshot.planId) next.planName = seen.planName;
  return isSame(record, next) ? UNCHANGED : changed(work);
};
