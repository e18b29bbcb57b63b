import { setCalendar } from './calendar.ts';
import { setErasure } from './erasure.ts';
import type { ErrorCode } from './errors.ts';
import { forgetOldMails } from './kept-mails.ts';
import type { Actor, Stage, Subscription, TimelineEntry } from './subscription.ts';

export type ActivationPolicy = 'buyer' | 'operator' | 'when-ready';

/** Which changes of plan and seats the publisher sells; empty: all that Microsoft allows. */
export type ChangePolicy = {
  /** Paths that are not sold, such as from `gold` to `silver`; `*` stands for any plan. */
  blockedPlanChanges: { from: string; to: string }[];
  minSeats?: number;
  maxSeats?: number;
};

/** What a decision depends on besides the record and the event. Days are whole ones. */
export type Rules = {
  now: Date;
  policy: ActivationPolicy;
  operators: string[];
  changes: ChangePolicy;
  /** How many days before Microsoft drops an unanswered purchase people are reminded. */
  reminderDays: number[];
  /** How long after the end contact data and the workspace's data are kept; 7 at least (contract 5). */
  keepContactDays: number;
  keepWorkspaceDays: number;
  /** No new call that starts billing is made; what was asked for waits. */
  areActivationsPaused?: boolean;
  /** Purchases made before are taken over as they are (ISO 8601). */
  adoptCreatedBefore?: string;
};

/** What an event makes of a record: the next one with its history, nothing, or a refusal that the caller is told. */
export type Outcome =
  | { kind: 'changed'; next: Subscription; entries: TimelineEntry[] }
  | { kind: 'unchanged' }
  | { kind: 'refused'; code: ErrorCode; reason?: string };

export const UNCHANGED: Outcome = { kind: 'unchanged' };

/** `reason`: why, more exactly than the code says, in a word. */
export const refused = (code: ErrorCode, reason?: string): Outcome => ({
  kind: 'refused',
  code,
  ...(reason === undefined ? {} : { reason }),
});

export const SYSTEM: Actor = { kind: 'system' };
export const MICROSOFT: Actor = { kind: 'microsoft' };

/** A draft of the next record: transitions change it in place and note what they did, `changed` closes it. */
export type Draft = { from: Stage; next: Subscription; entries: TimelineEntry[]; rules: Rules };

export const draft = (record: Subscription, rules: Rules): Draft => ({
  from: record.stage,
  next: { ...structuredClone(record), version: record.version + 1, updatedAt: rules.now.toISOString() },
  entries: [],
  rules,
});

export const note = (work: Draft, what: string, actor: Actor, detail?: string): void => {
  work.entries.push({ at: work.rules.now.toISOString(), what, actor, ...(detail === undefined ? {} : { detail }) });
};

/** Closes a draft: what the next record asks for by the calendar is set here, whatever led to it. */
export const changed = ({ from, next, entries, rules }: Draft): Outcome => {
  const last = next.stage === from ? next : { ...next, stageSince: next.updatedAt };
  setCalendar(last, rules);
  setErasure(last, rules);
  forgetOldMails(last);
  return { kind: 'changed', next: last, entries };
};
