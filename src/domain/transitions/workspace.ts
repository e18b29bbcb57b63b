import { claim, delay, dueAt, hasCome, isExhausted, release, startOver } from '../attempts.ts';
import { changed, type Draft, draft, note, type Outcome, type Rules, SYSTEM, UNCHANGED } from '../outcome.ts';
import type { Subscription, WorkspaceState, WorkspaceSync } from '../subscription.ts';
import { ask } from './mails.ts';

const NOW = new Date(0).toISOString();

/** Whether there may be something at the workspace: made, or begun to be made before the end came. */
const isMade = ({ stage, steps: { organization } }: Subscription): boolean =>
  organization.state === 'done' || (stage === 'cancelled' && organization.attempts > 0);

const accessOf = ({ stage, marketplaceStatus }: Subscription): WorkspaceState['access'] => {
  if (stage === 'cancelled') return 'ended';
  return stage === 'suspended' || marketplaceStatus === 'Suspended' ? 'off' : 'on';
};

/** What the workspace is to be now; `undefined` where there is none, or none any more. */
export const wantedWorkspace = (record: Subscription): WorkspaceState | undefined => {
  const { stage, erasure, planId, quantity } = record;
  if (stage === 'erased' || erasure?.workspaceErasedAt !== undefined || !isMade(record)) return undefined;
  return { planId, ...(quantity === undefined ? {} : { quantity }), access: accessOf(record) };
};

const isSame = (one: WorkspaceState | undefined, other: WorkspaceState): boolean =>
  one?.planId === other.planId && one.quantity === other.quantity && one.access === other.access;

/** When the workspace is to be told what it does not know yet (ISO 8601); `undefined` when it knows, or was given up. */
export const workspaceDueAt = (record: Subscription): string | undefined => {
  const { workspace, steps } = record;
  const wanted = wantedWorkspace(record);
  if (!wanted || isSame(workspace?.applied, wanted)) return undefined;
  const isTried = workspace !== undefined && (workspace.claim !== undefined || isSame(workspace.wanted, wanted));
  if (isTried && workspace.state === 'failed') return undefined;
  const due = isTried ? dueAt(workspace) : NOW;
  // Whoever still makes the organization would come after what it is told.
  const madeBy = steps.organization.claim ? dueAt(steps.organization) : NOW;
  return due > madeBy ? due : madeBy;
};

const syncOf = ({ next }: Draft): WorkspaceSync => {
  next.workspace ??= { state: 'pending', attempts: 0 };
  return next.workspace;
};

/** The state that making the organization gave it: what else is wanted is told afterwards. */
export const workspaceMade = ({ next }: Draft, told: WorkspaceState): void => {
  next.workspace = { state: 'pending', attempts: 0, applied: told };
};

/** Takes the telling for one invocation. Something else is to be told than was tried before: it starts over. */
export const workspaceClaimed = (record: Subscription, by: string, rules: Rules): Outcome => {
  const due = workspaceDueAt(record);
  const wanted = wantedWorkspace(record);
  if (!wanted || !hasCome(due, rules.now)) return UNCHANGED;
  const work = draft(record, rules);
  const sync = syncOf(work);
  if (!isSame(sync.wanted, wanted)) startOver(sync);
  // A lapsed claim was left by a process that died over it.
  else if (sync.claim && isExhausted(sync, rules.now)) return fail(work, sync, 'died-too-often');
  sync.state = 'pending';
  sync.wanted = wanted;
  claim(sync, by, rules.now);
  return changed(work);
};

const seats = (quantity: number | undefined): string => (quantity === undefined ? 'not per user' : String(quantity));

/** What is new to the workspace, with both values. */
const difference = (before: WorkspaceState | undefined, after: WorkspaceState): string => {
  const parts: string[] = [];
  const compare = (word: string, was: string | undefined, is: string): void => {
    if (was !== is) parts.push(was === undefined ? `${word} ${is}` : `${word} ${was} to ${is}`);
  };
  compare('plan', before?.planId, after.planId);
  compare('seats', before && seats(before.quantity), seats(after.quantity));
  compare('access', before?.access, after.access);
  return parts.join(', ');
};

/** The workspace took it, from whoever claimed the telling. */
export const workspaceApplied = (record: Subscription, by: string, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const { workspace: sync } = work.next;
  if (sync?.claim?.by !== by || !sync.wanted || record.stage === 'erased') return UNCHANGED;
  note(work, 'workspace-updated', SYSTEM, difference(sync.applied, sync.wanted));
  work.next.workspace = { state: 'pending', attempts: 0, applied: sync.wanted };
  return changed(work);
};

const fail = (work: Draft, sync: WorkspaceSync, code: string): Outcome => {
  release(sync);
  sync.state = 'failed';
  sync.code = code;
  note(work, 'workspace-failed', SYSTEM, code);
  ask(work, 'workspace-failed', String(work.next.version), work.rules.operators);
  return changed(work);
};

/** The workspace does not take it now: told again later, given up after 3 days. */
export const workspaceDelayed = (
  record: Subscription,
  { by, code }: { by: string; code: string },
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  const { workspace: sync } = work.next;
  if (sync?.claim?.by !== by) return UNCHANGED;
  const codeBefore = sync.code;
  if (delay(sync, code, rules.now) === undefined) return fail(work, sync, code);
  if (code !== codeBefore) note(work, 'workspace-delayed', SYSTEM, code);
  return changed(work);
};

/** It cannot be told as things are: an operator may retry it. Said of a claim of one's own, or of what is due. */
export const workspaceFailed = (
  record: Subscription,
  { by, code }: { by: string; code: string },
  rules: Rules,
): Outcome => {
  const due = workspaceDueAt(record);
  const work = draft(record, rules);
  const wanted = wantedWorkspace(record);
  if (!wanted || (record.workspace?.claim?.by !== by && !hasCome(due, rules.now))) return UNCHANGED;
  const sync = syncOf(work);
  sync.wanted = wanted;
  return fail(work, sync, code);
};
