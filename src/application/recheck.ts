import { SYSTEM } from '../domain/outcome.ts';
import { rechecked, unknownToMicrosoft } from '../domain/transitions/rechecks.ts';
import { codeOf } from './fault-code.ts';
import { wakeAll } from './follow-up.ts';
import { type Needs, rulesOf } from './needs.ts';
import type { CallContext, Stored } from './ports.ts';
import { type TruthNeeds, takeOverTruth } from './take-over-truth.ts';
import { update } from './update.ts';

type RecheckNeeds = TruthNeeds & Pick<Needs, 'newId'>;

/**
 * Asks Microsoft about a record that it tells nothing of: an unanswered purchase after its 30 days, an active one whose term
 * has no dates yet (contract 5, 12.21). Safe to repeat.
 * @throws `storage-unavailable`: the queue delivers again
 */
export const recheck = async (needs: RecheckNeeds, id: string): Promise<void> => {
  const stored = await needs.store.load(id);
  const at = stored?.record.recheck?.at;
  if (!stored || at === undefined || at > needs.clock().toISOString()) return;
  const isFaulty = await ask(needs, stored);
  const updated = await update(needs.store, id, (record) => rechecked(record, at, isFaulty, rulesOf(needs)));
  if (updated?.isChanged) await wakeAll(needs.queues, updated.stored.record, needs.clock());
};

/** Answers whether Microsoft could not be asked. */
const ask = async (needs: RecheckNeeds, { record }: Stored): Promise<boolean> => {
  const context: CallContext = { correlationId: record.correlationId, patience: 'background' };
  const about = record.recheck?.about;
  try {
    // That an unanswered purchase lives is as good as a Subscribe that was never told.
    const asking = about === 'end' ? { action: 'Subscribe', repairedBy: SYSTEM } : { action: '' };
    const truth = await takeOverTruth(needs, record.id, context, asking);
    needs.log('PEG_RECHECKED', { kind: about ?? '' });
    if (!truth) await unknown(needs, record.id, record.version);
    return false;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'storage-unavailable') throw error;
    needs.log('PEG_NOTICE_FAULT', { code, cause: error });
    return true;
  }
};

const unknown = async (needs: RecheckNeeds, id: string, asked: number): Promise<void> => {
  const dropped = await update(needs.store, id, (record) => unknownToMicrosoft(record, asked, rulesOf(needs)));
  if (dropped?.isChanged) needs.log('PEG_PURCHASE_DROPPED');
};
