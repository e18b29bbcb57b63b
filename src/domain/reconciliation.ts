import { differences } from './differences.ts';
import { lacksErasure } from './erasure.ts';
import type { Rules } from './outcome.ts';
import type { Actor, Snapshot, Subscription } from './subscription.ts';
import { isQuiet } from './transitions/mails.ts';
import { isAdopted } from './transitions/observation.ts';

/**
 * What became of the rows of Microsoft's list, each in one of these: `equal` to the record; `repaired`; `adopted`, `found`:
 * new here; `ignored`: ended before it was ever seen, or erased; `foreign`: of an offer that is not served; `failed`.
 */
export type Result = 'equal' | 'repaired' | 'adopted' | 'found' | 'ignored' | 'foreign' | 'failed';

/** Besides: `pages`, and of the repaired ones those that were `downgraded`, to Suspended or Unsubscribed. */
export type Counts = Record<Result | 'pages' | 'downgraded', number>;

export const NOTHING_YET: Counts = {
  pages: 0,
  equal: 0,
  repaired: 0,
  downgraded: 0,
  adopted: 0,
  found: 0,
  ignored: 0,
  foreign: 0,
  failed: 0,
};

/** One comparison of all records with Microsoft's list, page by page, over as many invocations as it takes. */
export type Pass = {
  /** The very first one only counts what it would do (`preview`). */
  kind: 'preview' | 'repair';
  /** `stopped`: by the brake, until an operator decides. */
  state: 'running' | 'stopped' | 'ended';
  startedAt: string;
  endedAt?: string;
  stoppedAt?: string;
  /** Where the next page begins, as Microsoft wrote it; absent: at the first. */
  continuation?: string;
  counts: Counts;
  /** Who asked for it, if not the timer. */
  asked?: { at: string; actor: Actor; reason?: string };
  /** Who let it go on without the brake. */
  released?: { at: string; actor: Actor; reason: string };
};

/** All that is kept of passes. `lease`: one invocation is at it; a dead one's lapses. */
export type Reconciliation = { pass: Pass; previous?: Pass; lease?: { by: string; until: string } };

/** From the end of one pass to the next one by itself. */
const EVERY_SECONDS = 6 * 3600;

/** Downgrades that one pass makes without asking: so many, or that part of the rows compared so far. */
const HARMLESS_DOWNGRADES = 10;
const HARMLESS_PART = 0.05;

/** When the next pass begins by itself (ISO 8601); `undefined` while one is under way or waits for an operator. */
export const nextPassAt = ({ pass }: Reconciliation): string | undefined =>
  pass.endedAt === undefined ? undefined : new Date(Date.parse(pass.endedAt) + EVERY_SECONDS * 1000).toISOString();

/** A new pass: the first only previews, and so does its repetition as long as no preview has come to its end. */
export const begin = (known: Reconciliation | undefined, now: Date, asked?: Pass['asked']): Reconciliation => {
  const ended = [known?.pass, known?.previous].find((pass) => pass?.state === 'ended');
  const pass: Pass = {
    kind: ended || known?.pass.kind === 'repair' ? 'repair' : 'preview',
    state: 'running',
    startedAt: now.toISOString(),
    counts: NOTHING_YET,
    ...(asked === undefined ? {} : { asked }),
  };
  return { pass, ...(ended === undefined ? {} : { previous: ended }) };
};

/** Microsoft does not take its own continuation any more: again from the first page, where all rows are counted anew. */
export const fromFirstPage = ({ continuation: _continuation, ...pass }: Pass): Pass => {
  const { repaired, downgraded, adopted, found } = pass.counts;
  const counts = pass.kind === 'preview' ? NOTHING_YET : { ...NOTHING_YET, repaired, downgraded, adopted, found };
  return { ...pass, counts };
};

/** What the timer does now: goes on, begins a new pass, or nothing. */
export const onTick = (known: Reconciliation | undefined, now: Date): Reconciliation | undefined => {
  if (!known) return begin(known, now);
  if (known.pass.state === 'running') return known;
  const at = nextPassAt(known);
  return at !== undefined && at <= now.toISOString() ? begin(known, now) : undefined;
};

export const isLeased = ({ lease }: Reconciliation, now: Date): boolean =>
  lease !== undefined && lease.until > now.toISOString();

const DOWN = new Set(['Suspended', 'Unsubscribed']);

/** What a row of the list asks for, by its record. List rows are never written: `repaired` is a reason to ask for the truth. */
export type Verdict = { result: Result; isDowngrade: boolean };

/** Compares a row with its record, if there is one. */
export const verdictOn = (record: Subscription | undefined, row: Snapshot, rules: Rules): Verdict => {
  const as = (result: Result): Verdict => ({ result, isDowngrade: false });
  if (!record) {
    if (!isWorthFinding(row)) return as('ignored');
    return as(isAdopted(row, false, rules) ? 'adopted' : 'found');
  }
  if (record.stage === 'erased') return as('ignored');
  // Written to once more, it is told when its data goes.
  // Billed, and nobody has begun to set it up: the news of it was lost.
  const isForgotten = record.stage === 'resolved' && row.status === 'Subscribed' && !isQuiet(record);
  if (differences(record, row).length === 0 && !lacksErasure(record) && !isForgotten) return as('equal');
  const isDowngrade = record.stage !== 'cancelled' && DOWN.has(row.status) && row.status !== record.marketplaceStatus;
  return { result: 'repaired', isDowngrade };
};

/** Of what was never seen here, what lives: billed, or waiting for a buyer who has not landed. */
export const isWorthFinding = ({ status }: Snapshot): boolean =>
  ['Subscribed', 'Suspended', 'PendingFulfillmentStart'].includes(status);

export const comparedIn = ({ equal, repaired, adopted, found, ignored, foreign, failed }: Counts): number =>
  equal + repaired + adopted + found + ignored + foreign + failed;

/** How many more downgrades this pass may make, with so many rows compared. */
export const downgradesLeft = ({ counts, released }: Pass, compared: number): number =>
  released
    ? Number.POSITIVE_INFINITY
    : Math.max(HARMLESS_DOWNGRADES, Math.floor(HARMLESS_PART * compared)) - counts.downgraded;
