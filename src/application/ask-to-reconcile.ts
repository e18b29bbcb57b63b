import { PegasusError } from '../domain/errors.ts';
import { begin, comparedIn, isLeased, nextPassAt, type Pass, type Reconciliation } from '../domain/reconciliation.ts';
import type { Actor } from '../domain/subscription.ts';
import type { Needs } from './needs.ts';
import { type ReconcileNeeds, reconcile } from './reconcile.ts';

/** `goOn`: what becomes of a pass that was stopped: on without the brake, or (`false`) anew with it. */
export type AskToReconcile = { actor: Actor; reason?: string; goOn?: boolean };

type Counts = Pass['counts'] & { compared: number };

export type PassView = Pick<Pass, 'kind' | 'state' | 'startedAt' | 'endedAt' | 'stoppedAt'> & {
  counts: Counts;
  asked?: { at: string; by: string; reason?: string };
  /** Who let it go on without the brake. */
  released?: { at: string; by: string; reason: string };
};

/** What operators see of the reconciliation: the newest pass, the one before it, whether it is at work now, when the next is. */
export type ReconciliationView = { pass?: PassView; previous?: PassView; isBusy: boolean; nextAt?: string };

/** So long the operator waits for their answer; the timer does what is left. */
const ASKED_MS = 10_000;

/**
 * An operator asks for a pass now, or decides about one that was stopped: a slice of it is worked at once. Safe to repeat.
 * @throws `reconciliation-stopped` without a decision about that; `reason-required` to go on without the brake
 */
export const askToReconcile = async (needs: ReconcileNeeds, asked: AskToReconcile): Promise<ReconciliationView> => {
  await reconcile(needs, ASKED_MS, (known, now) => decide(needs, known, now, asked));
  return showReconciliation(needs);
};

const decide = (
  { log }: ReconcileNeeds,
  known: Reconciliation | undefined,
  now: Date,
  { actor, reason, goOn }: AskToReconcile,
): Reconciliation | undefined => {
  const at = now.toISOString();
  const isStopped = known?.pass.state === 'stopped';
  if (known?.pass.state === 'running') return known;
  if (known && isStopped && goOn === undefined)
    throw new PegasusError(
      'reconciliation-stopped',
      'Say whether it is to go on without its brake, or to begin again.',
    );
  if (known && isStopped && goOn) {
    if (reason === undefined) throw new PegasusError('reason-required', 'This needs a reason: say why.');
    const { stoppedAt: _stoppedAt, ...pass } = known.pass;
    log('PEG_RECONCILE_RELEASED');
    return { ...known, pass: { ...pass, state: 'running', released: { at, actor, reason } } };
  }
  // Pressed twice: it goes on, or has ended, already.
  if (goOn && !isStopped) return undefined;
  log('PEG_RECONCILE_ASKED');
  return begin(known, now, { at, actor, ...(reason === undefined ? {} : { reason }) });
};

const nameOf = (actor: Actor): string => (actor.kind === 'operator' ? actor.name : actor.kind);

const passView = ({ asked, released, continuation: _continuation, counts, ...pass }: Pass): PassView => ({
  ...pass,
  counts: { compared: comparedIn(counts), ...counts },
  ...(asked && {
    asked: { at: asked.at, by: nameOf(asked.actor), ...(asked.reason === undefined ? {} : { reason: asked.reason }) },
  }),
  ...(released && { released: { at: released.at, by: nameOf(released.actor), reason: released.reason } }),
});

/** How the reconciliation stands; without a pass before the first one. */
export const showReconciliation = async ({
  passes,
  clock,
}: Pick<Needs, 'passes' | 'clock'>): Promise<ReconciliationView> => {
  const known = (await passes.load())?.known;
  if (!known) return { isBusy: false };
  const nextAt = nextPassAt(known);
  return {
    pass: passView(known.pass),
    ...(known.previous ? { previous: passView(known.previous) } : {}),
    isBusy: isLeased(known, clock()),
    ...(nextAt === undefined ? {} : { nextAt }),
  };
};
