import type { ErrorCode } from './errors.ts';
import type { Actor, Stage, Subscription, TimelineEntry } from './subscription.ts';

export type ActivationPolicy = 'buyer' | 'operator' | 'when-ready';

/** What a decision depends on besides the record and the event. */
export type Rules = { now: Date; policy: ActivationPolicy; operators: string[] };

/** What an event makes of a record: the next one with its history, nothing, or a refusal that the caller is told. */
export type Outcome =
  | { kind: 'changed'; next: Subscription; entries: TimelineEntry[] }
  | { kind: 'unchanged' }
  | { kind: 'refused'; code: ErrorCode };

export const UNCHANGED: Outcome = { kind: 'unchanged' };

export const refused = (code: ErrorCode): Outcome => ({ kind: 'refused', code });

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

export const changed = ({ from, next, entries }: Draft): Outcome => ({
  kind: 'changed',
  next: next.stage === from ? next : { ...next, stageSince: next.updatedAt },
  entries,
});
