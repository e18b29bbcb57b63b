import { PegasusError } from '../domain/errors.ts';
import { oldestUnreadable } from '../domain/notice.ts';
import {
  comparedIn,
  fromFirstPage,
  isLeased,
  onTick,
  type Pass,
  type Reconciliation,
} from '../domain/reconciliation.ts';
import { codeOf } from './fault-code.ts';
import type { Needs } from './needs.ts';
import type { CallContext, Inbox, StoredPasses } from './ports.ts';
import { braked, type ComparedPage, comparePage, repairPage, withPage, withPart } from './reconcile-page.ts';
import type { TruthNeeds } from './take-over-truth.ts';

export type ReconcileNeeds = TruthNeeds & Pick<Needs, 'passes' | 'newId'> & { inbox: Pick<Inbox, 'forgetUnreadable'> };

/** How long one tick of the timer works: well below the 5 minutes after which a function may be ended. */
export const TICK_MS = 4 * 60_000;

/** What is under way when time is up, one call of 25 s and its write, ends within; only then may another take over. */
const LEASE_SLACK_MS = 60_000;

const LOST = new PegasusError('record-contended', 'Another invocation goes on with this.');

type Run = {
  needs: ReconcileNeeds;
  stored: StoredPasses;
  context: CallContext;
  isLate: () => boolean;
};

/**
 * Compares all records with Microsoft's list and repairs what differs (P4), for `budgetMs` at most; the next tick goes on
 * where this one ended, or where a dead one was. One invocation at a time: the others find its lease and do nothing.
 * @throws `storage-unavailable`
 */
export const reconcile = async (
  needs: ReconcileNeeds,
  budgetMs: number,
  decide: typeof onTick = onTick,
): Promise<void> => {
  const found = await needs.passes.load();
  const now = needs.clock();
  if (found && isLeased(found.known, now)) return;
  const next = decide(found?.known, now);
  if (!next) return tellIfStopped(needs, found?.known);
  const by = needs.newId();
  const until = new Date(now.getTime() + budgetMs + LEASE_SLACK_MS).toISOString();
  const stored = await needs.passes.save({ ...next, lease: { by, until } }, found?.etag);
  // Another invocation was first.
  if (stored === 'conflict') return;
  const isLate = (): boolean => needs.clock().getTime() >= now.getTime() + budgetMs;
  await run({ needs, stored, context: { correlationId: by, patience: 'background' }, isLate });
};

// Said again with each tick: an alert is to stand until an operator has decided.
const tellIfStopped = (needs: ReconcileNeeds, known: Reconciliation | undefined): void => {
  if (known?.pass.state === 'stopped') tell(needs, known.pass);
};

/** Goes on until the pass is over, stopped, or time is up. */
const run = async (run: Run): Promise<void> => {
  const { needs } = run;
  try {
    while (run.stored.known.pass.state === 'running' && !run.isLate()) {
      const page = await turnPage(run);
      if (page === 'later') break;
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === 'storage-unavailable' || error === LOST) throw error;
    needs.log('PEG_RECONCILE_FAULT', { code, cause: error });
    if (code === 'marketplace-refused') await savePass(run, fromFirstPage(run.stored.known.pass));
  }
  const { lease: _lease, ...rest } = run.stored.known;
  await save(run, rest);
  tell(needs, rest.pass);
  if (rest.pass.state === 'ended') await needs.inbox.forgetUnreadable(oldestUnreadable(needs.clock()));
};

const save = async (run: Run, next: Reconciliation): Promise<void> => {
  const saved = await run.needs.passes.save(next, run.stored.etag);
  // Nobody else writes while the lease stands: it has lapsed, and another goes on.
  if (saved === 'conflict') throw LOST;
  run.stored = saved;
};

const savePass = (run: Run, pass: Pass): Promise<void> => save(run, { ...run.stored.known, pass });

/** One page: compared whole, then repaired row by row. `later`: it comes again with the next tick. */
const turnPage = async (run: Run): Promise<'done' | 'later'> => {
  const { needs, context } = run;
  const { pass } = run.stored.known;
  const page = await needs.marketplace.list(pass.continuation, context);
  const compared = await comparePage(needs, page);
  if (pass.kind === 'preview') return finishPage(run, pass, compared.rows, page.next);

  const { rows, isBraked } = braked(pass, compared);
  await announce(run, pass, { rows, downgrades: rows.filter(({ isDowngrade }) => isDowngrade).length });
  const { done, isUnfinished } = await repairPage(needs, rows, context, run.isLate);
  if (isUnfinished) {
    await savePass(run, { ...pass, counts: withPart(pass.counts, done) });
    return 'later';
  }
  if (!isBraked) return finishPage(run, pass, done, page.next);
  const stoppedAt = needs.clock().toISOString();
  await savePass(run, { ...pass, counts: withPart(pass.counts, done), state: 'stopped', stoppedAt });
  return 'done';
};

/** Downgrades are counted before they are made: a death in between must not let more of them through the brake. */
const announce = async (run: Run, pass: Pass, { downgrades }: ComparedPage): Promise<void> => {
  if (downgrades === 0) return;
  await savePass(run, { ...pass, counts: { ...pass.counts, downgraded: pass.counts.downgraded + downgrades } });
};

const finishPage = async (
  run: Run,
  { continuation: _continuation, ...pass }: Pass,
  rows: ComparedPage['rows'],
  next: string | undefined,
): Promise<'done'> => {
  const counts = withPage(pass.counts, rows);
  const end = { state: 'ended' as const, endedAt: run.needs.clock().toISOString() };
  await savePass(run, { ...pass, counts, ...(next === undefined ? end : { continuation: next }) });
  return 'done';
};

const tell = ({ log }: ReconcileNeeds, { kind, state, counts }: Pass): void => {
  const fields = { kind, compared: comparedIn(counts), ...counts };
  if (state === 'ended') log('PEG_RECONCILED', fields);
  else if (state === 'stopped') log('PEG_RECONCILE_STOPPED', fields);
  else log('PEG_RECONCILE_PAUSED', fields);
};
