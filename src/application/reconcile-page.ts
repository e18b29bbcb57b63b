import { differences } from '../domain/differences.ts';
import { PegasusError } from '../domain/errors.ts';
import { SYSTEM } from '../domain/outcome.ts';
import {
  type Counts,
  comparedIn,
  downgradesLeft,
  type Pass,
  type Result,
  verdictOn,
} from '../domain/reconciliation.ts';
import type { Snapshot, Subscription } from '../domain/subscription.ts';
import { isServed } from './access.ts';
import { codeOf } from './fault-code.ts';
import { inParallel } from './in-parallel.ts';
import { rulesOf } from './needs.ts';
import type { CallContext, ListPage } from './ports.ts';
import { type TruthNeeds, takeOverTruth } from './take-over-truth.ts';

const AT_ONCE = 8;

/** What is to be done for one row, found by comparing alone. */
type Row = { result: Result; isDowngrade: boolean; snapshot?: Snapshot; record?: Subscription };

/** The page as compared, and what its rows were counted as so far. */
export type ComparedPage = { rows: Row[]; downgrades: number };

const without = (result: Result): Row => ({ result, isDowngrade: false });

const failed = (needs: TruthNeeds, error: unknown, subscriptionId?: string): Row => {
  const code = codeOf(error);
  // Not this row's fault: the page comes again.
  if (code === 'storage-unavailable') throw error;
  needs.log('PEG_RECONCILE_ITEM_FAILED', {
    code,
    cause: error,
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
  });
  return without('failed');
};

/** Compares a page with the records, one point read for each row, and changes nothing. @throws `storage-unavailable` */
export const comparePage = async (needs: TruthNeeds, { items }: ListPage): Promise<ComparedPage> => {
  const rules = rulesOf(needs);
  const rows = await inParallel(items, AT_ONCE, async (item): Promise<Row> => {
    if ('error' in item) return failed(needs, item.error);
    if (!isServed(item.offerId, needs.offerIds)) return without('foreign');
    try {
      const record = (await needs.store.load(item.id))?.record;
      return { ...verdictOn(record, item, rules), snapshot: item, ...(record ? { record } : {}) };
    } catch (error) {
      return failed(needs, error, item.id);
    }
  });
  return { rows, downgrades: rows.filter(({ isDowngrade }) => isDowngrade).length };
};

const add = (counts: Counts, rows: Row[]): Counts => {
  const sum = { ...counts };
  for (const { result, isDowngrade } of rows) {
    sum[result] += 1;
    if (isDowngrade) sum.downgraded += 1;
  }
  return sum;
};

/** The counts with a page that is done. */
export const withPage = (counts: Counts, rows: Row[]): Counts => {
  const sum = add(counts, rows);
  return { ...sum, pages: sum.pages + 1 };
};

/** The counts with what was done of a page that comes again: there its rows are compared anew. */
export const withPart = (counts: Counts, done: Row[]): Counts =>
  add(
    counts,
    done.filter(({ result }) => ASKING.has(result)),
  );

const ASKING = new Set<Result>(['repaired', 'adopted', 'found']);

/** The rows before the first downgrade that is one too many, and whether there is one. */
export const braked = (pass: Pass, { rows }: ComparedPage): { rows: Row[]; isBraked: boolean } => {
  let left = downgradesLeft(pass, comparedIn(pass.counts) + rows.length);
  const end = rows.findIndex(({ isDowngrade }) => {
    left -= isDowngrade ? 1 : 0;
    return left < 0;
  });
  return end === -1 ? { rows, isBraked: false } : { rows: rows.slice(0, end), isBraked: true };
};

/**
 * Asks Microsoft about each row that differs or is new and writes down what it says (P4); a row's fault is counted with it.
 * `isUnfinished`: time was up, or Microsoft asked for patience, before the last row.
 * @throws `storage-unavailable`
 */
export const repairPage = async (
  needs: TruthNeeds,
  rows: Row[],
  context: CallContext,
  isLate: () => boolean,
): Promise<{ done: Row[]; isUnfinished: boolean }> => {
  const left = { isUnfinished: false };
  const done = await inParallel(rows, AT_ONCE, async (row): Promise<Row | undefined> => {
    if (!ASKING.has(row.result) || !row.snapshot) return row;
    if (left.isUnfinished || isLate()) {
      left.isUnfinished = true;
      return undefined;
    }
    try {
      return await repair(needs, row, row.snapshot.id, context);
    } catch (error) {
      if (error instanceof PegasusError && error.extras.retryAfterSeconds !== undefined) {
        left.isUnfinished = true;
        return undefined;
      }
      return failed(needs, error, row.snapshot.id);
    }
  });
  return { done: done.filter((row) => row !== undefined), ...left };
};

/** A Subscribe that was never told begins the set-up, as it would have (contract 4.2). */
const repair = async (needs: TruthNeeds, row: Row, id: string, context: CallContext): Promise<Row> => {
  const truth = await takeOverTruth(needs, id, context, { action: 'Subscribe', repairedBy: SYSTEM });
  if (!truth) return without('ignored');
  if (row.record && differences(row.record, truth).length === 0) return without('equal');
  return row;
};
