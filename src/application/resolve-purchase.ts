import { PegasusError } from '../domain/errors.ts';
import { belongsToPurchase, signInTenants, type Visitor } from '../domain/party.ts';
import type { Snapshot, Subscription } from '../domain/subscription.ts';
import { firstSeen, observed } from '../domain/transitions/observation.ts';
import { isServed } from './access.ts';
import { wake } from './follow-up.ts';
import { type Needs, rulesOf } from './needs.ts';
import type { CallContext, Marketplace, Stored } from './ports.ts';
import { updateLoaded } from './update.ts';
import { toView, type View } from './view.ts';

type ResolveNeeds = Pick<
  Needs,
  'store' | 'queues' | 'marketplace' | 'planNames' | 'clock' | 'log' | 'rules' | 'offerIds'
>;

type Seen = { askedAt: string; visitor: Visitor; planName?: string };

/**
 * Turns a purchase token into the subscription it stands for and records that this visitor holds it.
 * Safe to repeat: a purchase token is not single-use (contract 2.3). Works in every status.
 * @throws `purchase-token-invalid`; `not-a-party` with the tenants to sign in to; `marketplace-unavailable`
 */
export const resolvePurchase = async (
  needs: ResolveNeeds,
  request: { purchaseToken: string; visitor: Visitor; correlationId: string },
): Promise<View> => {
  const { store, marketplace } = needs;
  const { visitor, correlationId } = request;
  const context: CallContext = { correlationId, patience: 'interactive' };
  const askedAt = needs.clock().toISOString();
  const resolved = await marketplace.resolve(request.purchaseToken, context);
  const leftMs = PATIENCE_MS - (needs.clock().getTime() - Date.parse(askedAt));
  const snapshot = await withParties(marketplace, resolved, { ...context, withinMs: leftMs });
  if (!isServed(snapshot.offerId, needs.offerIds)) {
    throw new PegasusError('purchase-token-invalid', 'This purchase is of a product that is not set up here.');
  }
  const stored = await store.load(snapshot.id);
  assertParty(snapshot, stored?.record, visitor);
  const planName = await planNameOf(needs, snapshot, stored?.record, context);
  const seen = { askedAt, visitor, ...(planName === undefined ? {} : { planName }) };

  const record = stored
    ? await recordVisit(needs, stored, snapshot, seen)
    : await recordFirst(needs, snapshot, { ...seen, correlationId });
  needs.log('PEG_RESOLVED', { subscriptionId: record.id });
  if (record.mails.some((mail) => mail.state === 'pending')) await wake(needs, record);
  return toView(record, { kind: 'party', visitor }, rulesOf(needs));
};

/** Both questions together: 2 s more for the names of plans, and the 20 s of design 7 are over. */
const PATIENCE_MS = 18_000;

/** An answer that names no party would turn everybody away: then the subscription itself is asked for. */
const withParties = async (marketplace: Marketplace, snapshot: Snapshot, context: CallContext): Promise<Snapshot> => {
  if (snapshot.purchaser.tenantId !== '' || snapshot.beneficiary.tenantId !== '') return snapshot;
  return (await marketplace.get(snapshot.id, context)) ?? snapshot;
};

/** Two first visits at once: the one that came second finds the record of the first. */
const recordFirst = async (
  needs: ResolveNeeds,
  snapshot: Snapshot,
  seen: Seen & { correlationId: string },
): Promise<Subscription> => {
  const first = firstSeen(snapshot, seen, rulesOf(needs));
  if (first.kind !== 'changed') throw new Error('A first visit always changes something.');
  const committed = await needs.store.commit({ next: first.next, entries: first.entries });
  if (committed !== 'conflict') return committed.record;
  const stored = await needs.store.load(snapshot.id);
  if (!stored) throw new PegasusError('record-contended', 'Many changes came at once. Try again in a moment.');
  return recordVisit(needs, stored, snapshot, seen);
};

// Asked again for each record that the visit is written to: a personal account may have been bound in between.
const recordVisit = async (
  needs: ResolveNeeds,
  stored: Stored,
  snapshot: Snapshot,
  seen: Seen,
): Promise<Subscription> => {
  const updated = await updateLoaded(needs.store, stored, (current) => {
    assertParty(snapshot, current, seen.visitor);
    return observed(current, snapshot, seen, rulesOf(needs));
  });
  return updated.stored.record;
};

/** P6. @throws `not-a-party` */
const assertParty = (snapshot: Snapshot, record: Subscription | undefined, visitor: Visitor): void => {
  const parties = { ...snapshot, bound: record?.bound ?? {} };
  if (belongsToPurchase(parties, visitor)) return;
  throw new PegasusError('not-a-party', 'The signed-in account has no part in this purchase.', {
    extras: { signInTenants: signInTenants(parties) },
  });
};

const LIST_PLANS_MS = 2000;
const NAMES_STALE_MS = 3_600_000;

/** A nicety: whatever fails here, the page shows the plan id. */
const planNameOf = async (
  needs: ResolveNeeds,
  snapshot: Snapshot,
  record: Subscription | undefined,
  context: CallContext,
): Promise<string | undefined> => {
  if (record?.planName !== undefined && record.planId === snapshot.planId) return record.planName;
  try {
    const found = await needs.planNames.find(snapshot.offerId);
    const name = found?.names[snapshot.planId];
    if (name !== undefined) return name;
    const now = needs.clock();
    if (found && now.getTime() - Date.parse(found.savedAt) < NAMES_STALE_MS) return undefined;
    const plans = await needs.marketplace.listAvailablePlans(snapshot.id, context, LIST_PLANS_MS);
    await needs.planNames.save(snapshot.offerId, plans, now.toISOString());
    return plans.find((plan) => plan.planId === snapshot.planId)?.displayName;
  } catch {
    needs.log('PEG_PLAN_NAMES_UNAVAILABLE', { subscriptionId: snapshot.id });
    return undefined;
  }
};
