import { PegasusError } from '../domain/errors.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Subscription } from '../domain/subscription.ts';
import type { Stored, SubscriptionStore } from './ports.ts';

const TRIES = 12;

const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.random() * 20 * attempt);
  });

/** What a refusal tells the person, by code. */
const REFUSALS: Partial<Record<PegasusError['code'], string>> = {
  'subscription-cancelled': 'This subscription has ended. A new purchase in Azure Marketplace begins a new one.',
  'not-confirmed': 'Billing can start only after the set-up has been confirmed.',
  'not-allowed': 'Billing is started by the publisher for this offer.',
  'not-ready': 'The set-up is still running. It can be confirmed when the organization and the admin user are done.',
  'reason-required': 'This needs a reason: say why.',
  'no-erasure': 'There is nothing that would be erased, or it is being erased at this moment.',
  'already-started': 'The set-up of this subscription was started before.',
  'nothing-to-retry': 'Nothing has failed and nothing waits for its next try.',
  'not-active': 'Plan and seats can be changed only while the subscription is active.',
  'not-per-seat': 'This plan has no seats to change.',
  'nothing-to-change': 'The subscription has this plan, or so many seats, already.',
  'change-not-allowed': 'Azure Marketplace does not allow this here. Ask whoever sold you the subscription.',
  'change-not-sold': 'The publisher does not offer this change.',
  'change-in-progress': 'Another change is under way. Wait until it has ended.',
};

export type Updated = { stored: Stored; isChanged: boolean };

/**
 * Decides on the loaded record and commits; when another's commit came in between, loads and decides again, so that each
 * decision is made on the record that it changes (design 5).
 * @throws the PegasusError of a refusal; `record-contended` after 12 lost races; `storage-unavailable`
 */
export const updateLoaded = async (
  store: SubscriptionStore,
  loaded: Stored,
  decide: (record: Subscription) => Outcome,
): Promise<Updated> => {
  let stored = loaded;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const outcome = decide(stored.record);
    if (outcome.kind === 'refused') {
      const { code, reason } = outcome;
      throw new PegasusError(code, REFUSALS[code] ?? 'This is not possible now.', {
        extras: reason === undefined ? {} : { reason },
      });
    }
    if (outcome.kind === 'unchanged') return { stored, isChanged: false };
    const committed = await store.commit({ before: stored, next: outcome.next, entries: outcome.entries });
    if (committed !== 'conflict') return { stored: committed, isChanged: true };
    await pause(attempt);
    stored = (await store.load(stored.record.id)) ?? stored;
  }
  throw new PegasusError('record-contended', 'Many changes came at once. Try again in a moment.');
};

/**
 * Commits an outcome that holds for the loaded record only. Answers `undefined` when it changes nothing, `conflict` when
 * another's commit came first.
 */
export const updateOnce = async (
  store: SubscriptionStore,
  loaded: Stored,
  outcome: Outcome,
): Promise<Stored | 'conflict' | undefined> =>
  outcome.kind === 'changed'
    ? store.commit({ before: loaded, next: outcome.next, entries: outcome.entries })
    : undefined;

/** As `updateLoaded`, from the id. Answers `undefined` when there is no such record. */
export const update = async (
  store: SubscriptionStore,
  id: string,
  decide: (record: Subscription) => Outcome,
): Promise<Updated | undefined> => {
  const loaded = await store.load(id);
  return loaded && updateLoaded(store, loaded, decide);
};
