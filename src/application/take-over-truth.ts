import { PegasusError } from '../domain/errors.ts';
import type { Outcome } from '../domain/outcome.ts';
import { isWorthFinding } from '../domain/reconciliation.ts';
import type { Snapshot, Subscription } from '../domain/subscription.ts';
import { noticed, noticedFirst, type Truth } from '../domain/transitions/notices.ts';
import { unknownValues } from '../domain/values.ts';
import { isServed } from './access.ts';
import { wakeAll } from './follow-up.ts';
import { type Needs, rulesOf } from './needs.ts';
import type { CallContext, Stored } from './ports.ts';

export type TruthNeeds = Pick<
  Needs,
  'store' | 'values' | 'planNames' | 'queues' | 'marketplace' | 'clock' | 'log' | 'rules' | 'offerIds'
>;

const TRIES = 12;

/**
 * Asks Microsoft for the subscription and makes the record say the same (P4): the record is read first, Microsoft is asked
 * next, and the write holds only if nobody wrote in between; otherwise all of it again (design 5). A subscription that is new
 * here gets a record if it lives and its offer is served.
 * Answers what Microsoft said, `undefined` when it does not know the subscription.
 */
export const takeOverTruth = async (
  needs: TruthNeeds,
  id: string,
  context: CallContext,
  about: Omit<Truth, 'snapshot' | 'newValues' | 'planName'>,
): Promise<Snapshot | undefined> => {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const stored = await needs.store.load(id);
    const askedAt = needs.clock().toISOString();
    const snapshot = await needs.marketplace.get(id, correlated(context, stored?.record));
    if (!snapshot || !isServed(snapshot.offerId, needs.offerIds)) return snapshot;
    // A value is told by a subscription that has a record to tell it from.
    const tells = stored ? stored.record.stage !== 'erased' : isWorth(snapshot, about);
    const newValues = tells ? await claimed(needs, id, unknownValues(snapshot, about.action)) : [];
    const planName = await planNameOf(needs, snapshot, stored?.record);
    const truth = { ...about, snapshot, newValues, ...(planName === undefined ? {} : { planName }) };
    const outcome = decide(needs, stored, truth, { correlationId: context.correlationId, askedAt });
    if (outcome.kind !== 'changed') return snapshot;
    const { next, entries } = outcome;
    const committed = await needs.store.commit(stored ? { before: stored, next, entries } : { next, entries });
    if (committed !== 'conflict') {
      await wakeAll(needs.queues, committed.record, needs.clock());
      return snapshot;
    }
  }
  throw new PegasusError('record-contended', 'Many changes came at once. Try again in a moment.');
};

const correlated = (context: CallContext, record: Subscription | undefined): CallContext =>
  record ? { ...context, correlationId: record.correlationId } : context;

/** The stored name of a plan that is new to the record; a nicety: without it the plan id is shown. */
const planNameOf = async (
  { planNames }: TruthNeeds,
  { offerId, planId }: Snapshot,
  record: Subscription | undefined,
): Promise<string | undefined> => {
  if (record?.planId === planId) return undefined;
  try {
    return (await planNames.find(offerId))?.names[planId];
  } catch {
    return undefined;
  }
};

/** Of the values that nobody knew, those that this subscription was the first to bring. */
const claimed = async ({ values }: TruthNeeds, id: string, found: string[]): Promise<string[]> => {
  const mine: string[] = [];
  for (const value of found) if (await values.claim(value, id)) mine.push(value);
  return mine;
};

/** What ended, or waits for its buyer, before it was ever seen here is nobody's work. */
const isWorth = (snapshot: Snapshot, { repairedBy }: Pick<Truth, 'repairedBy'>): boolean =>
  repairedBy ? isWorthFinding(snapshot) : ['Subscribed', 'Suspended'].includes(snapshot.status);

const decide = (
  needs: TruthNeeds,
  stored: Stored | undefined,
  truth: Truth,
  seen: { correlationId: string; askedAt: string },
): Outcome => {
  if (stored) return noticed(stored.record, truth, rulesOf(needs));
  return isWorth(truth.snapshot, truth) ? noticedFirst(truth, seen, rulesOf(needs)) : { kind: 'unchanged' };
};
