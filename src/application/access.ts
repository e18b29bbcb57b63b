import { PegasusError } from '../domain/errors.ts';
import { hasVisited, rolesOf, type Visitor } from '../domain/party.ts';
import type { Stored, SubscriptionStore } from './ports.ts';

/** One answer for foreign and unknown, so that nobody learns which ids exist. */
export const notFound = (): PegasusError =>
  new PegasusError('subscription-not-found', 'There is no such subscription, or you have no part in it.');

/**
 * The record for a visitor who resolved it within the last 24 hours (P6).
 * @throws `subscription-not-found` for everybody else
 */
export const loadForParty = async (
  store: SubscriptionStore,
  id: string,
  visitor: Visitor,
  now: Date,
): Promise<Stored> => {
  const stored = await store.load(id);
  if (!stored || !hasVisited(stored.record.visits, visitor, now)) throw notFound();
  return stored;
};

/**
 * Money is decided by the purchaser or the beneficiary in person; a colleague is told whom to ask by the page (P6).
 * @throws `not-allowed`
 */
export const assertMayDecideOnMoney = ({ record }: Stored, visitor: Visitor): void => {
  if (rolesOf(record, visitor).length > 0) return;
  throw new PegasusError(
    'not-allowed',
    'Only the purchaser or the beneficiary of this subscription may decide what is billed.',
  );
};

/** Whether the offer is one of those served here (empty: all); in preview it carries the suffix `-preview` (contract 2.2). */
export const isServed = (offerId: string, offerIds: string[]): boolean =>
  offerIds.length === 0 || offerIds.includes(offerId) || offerIds.includes(offerId.replace(/-preview$/, ''));
