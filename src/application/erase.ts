import { isUntold } from '../domain/erasure.ts';
import { PegasusError } from '../domain/errors.ts';
import { mayHaveWorkspace, organizationOf } from '../domain/organization.ts';
import type { ErasurePart, Snapshot, Subscription } from '../domain/subscription.ts';
import { anonymousEntry, isWithoutContact } from '../domain/tombstone.ts';
import {
  erasureAnnounced,
  erasureClaimed,
  erasureDelayed,
  erasureStopped,
  partErased,
} from '../domain/transitions/erasure.ts';
import { codeOf } from './fault-code.ts';
import { type Needs, rulesOf } from './needs.ts';
import type { Stored } from './ports.ts';
import { updateLoaded, updateOnce } from './update.ts';

type EraseNeeds = Pick<Needs, 'store' | 'marketplace' | 'workspace' | 'clock' | 'newId' | 'log' | 'rules'>;

/**
 * What the erasure of an ended subscription asks for now: to announce it, or to erase the part that is due. Microsoft is asked
 * just before, and its word holds for the record that was read before it only (P4). Killed at any line, the claim lapses and
 * the part is erased again, which changes nothing that is gone.
 * Answers the record as it then is, or `undefined` when another invocation is at it.
 */
export const carryOutErasure = async (needs: EraseNeeds, loaded: Stored): Promise<Stored | undefined> => {
  if (isUntold(loaded.record)) return announce(needs, loaded);
  const by = needs.newId();
  let snapshot: Snapshot | undefined;
  try {
    const { correlationId, id } = loaded.record;
    snapshot = await needs.marketplace.get(id, { correlationId, patience: 'background' });
  } catch (error) {
    return putOff(needs, loaded, by, error);
  }
  // What Microsoft does not know any more has ended, too.
  const alive = snapshot && snapshot.status !== 'Unsubscribed' ? snapshot : undefined;
  const decision = alive
    ? erasureStopped(loaded.record, alive, rulesOf(needs))
    : erasureClaimed(loaded.record, by, rulesOf(needs));
  const decided = await updateOnce(needs.store, loaded, decision);
  if (decided === 'conflict') return needs.store.load(loaded.record.id);
  if (!decided) return undefined;
  const { erasure } = decided.record;
  if (erasure?.hold && erasure.begun === undefined)
    needs.log('PEG_ERASURE_STOPPED', { code: alive ? 'alive' : 'died-too-often' });
  return erasure?.claim?.by === by && erasure.begun !== undefined
    ? erasePart(needs, decided, { part: erasure.begun, by })
    : decided;
};

const announce = async (needs: EraseNeeds, loaded: Stored): Promise<Stored | undefined> => {
  const { stored, isChanged } = await updateLoaded(needs.store, loaded, (record) =>
    erasureAnnounced(record, rulesOf(needs)),
  );
  if (!isChanged) return undefined;
  needs.log('PEG_ERASURE_ANNOUNCED');
  return stored;
};

const putOff = async (needs: EraseNeeds, stored: Stored, by: string, error: unknown): Promise<Stored | undefined> => {
  const code = codeOf(error);
  needs.log('PEG_ERASURE_FAULT', { code, cause: error });
  const seconds = error instanceof PegasusError ? error.extras.retryAfterSeconds : undefined;
  const because = { by, code, ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }) };
  const updated = await updateLoaded(needs.store, stored, (record) => erasureDelayed(record, because, rulesOf(needs)));
  if (!updated.isChanged) return undefined;
  needs.log(updated.stored.record.erasure?.hold ? 'PEG_ERASURE_STOPPED' : 'PEG_ERASURE_DELAYED', { code });
  return updated.stored;
};

const erasePart = async (
  needs: EraseNeeds,
  claimed: Stored,
  { part, by }: { part: ErasurePart; by: string },
): Promise<Stored | undefined> => {
  const { record } = claimed;
  try {
    if (part === 'workspace') await eraseWorkspace(needs, record);
  } catch (error) {
    return putOff(needs, claimed, by, error);
  }
  let stored: Stored | undefined = claimed;
  while (stored) {
    const outcome = partErased(stored.record, part, rulesOf(needs));
    if (outcome.kind !== 'changed') return stored;
    // The record says that it is done, so it is done before: what came in between is erased with the next try.
    if (isWithoutContact(outcome.next)) await needs.store.eraseHistory(record.id, anonymousEntry);
    const committed = await updateOnce(needs.store, stored, outcome);
    if (committed !== 'conflict') {
      needs.log(part === 'contact' ? 'PEG_CONTACT_ERASED' : 'PEG_WORKSPACE_ERASED');
      return committed;
    }
    stored = await needs.store.load(record.id);
  }
  return undefined;
};

const eraseWorkspace = async ({ workspace }: EraseNeeds, record: Subscription): Promise<void> => {
  const organizationId = organizationOf(record);
  if (organizationId === undefined || !mayHaveWorkspace(record)) return;
  await workspace.erase({ organizationId, subscriptionId: record.id });
};
