import { claim, delay, isDue, isExhausted, release } from '../attempts.ts';
import { changed, type Draft, draft, note, type Outcome, type Rules, SYSTEM, UNCHANGED } from '../outcome.ts';
import type { Step, StepName, Subscription, WorkspaceState } from '../subscription.ts';
import { ask, askOperators, isQuiet } from './mails.ts';
import { settle } from './readiness.ts';
import { workspaceMade } from './workspace.ts';

/** The steps that a worker carries out; the third, notification, is done by its messages. */
export type WorkStep = Exclude<StepName, 'notification'>;

const STAGES_WITHOUT_WORK = new Set(['resolved', 'cancelled', 'erased', 'suspended']);

/** The step to be carried out next: the admin user waits for the organization. */
export const nextStep = (record: Subscription): WorkStep | undefined => {
  if (STAGES_WITHOUT_WORK.has(record.stage) || isQuiet(record)) return undefined;
  const { organization, 'admin-user': adminUser } = record.steps;
  if (organization.state === 'pending') return 'organization';
  return organization.state === 'done' && adminUser.state === 'pending' ? 'admin-user' : undefined;
};

const pending = (work: Draft, name: WorkStep): Step | undefined => {
  const { stage, steps } = work.next;
  return stage !== 'erased' && steps[name].state === 'pending' ? steps[name] : undefined;
};

export const stepClaimed = (record: Subscription, name: WorkStep, by: string, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const step = work.next.steps[name];
  if (nextStep(record) !== name || !isDue(step, rules.now)) return UNCHANGED;
  // A lapsed claim was left by a process that died over it.
  if (step.claim && isExhausted(step, rules.now)) return fail(work, name, step, 'died-too-often');
  claim(step, by, rules.now);
  return changed(work);
};

const finish = (work: Draft, step: Step, state: 'done' | 'held', code?: string): void => {
  release(step);
  delete step.code;
  delete step.delays;
  step.state = state;
  step.at = work.rules.now.toISOString();
  if (code !== undefined) step.code = code;
};

/**
 * The organization stands. When another subscription had made it before, nobody becomes its admin unseen: the next step
 * is held until an operator confirms the set-up (design 3.4). `told`: what the workspace knows by having made it.
 */
export const organizationCreated = (
  record: Subscription,
  created: { existed: boolean; workspaceUrl?: string; organizationId: string; told: WorkspaceState },
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  const step = pending(work, 'organization');
  if (!step) return UNCHANGED;
  finish(work, step, 'done');
  work.next.organizationId = created.organizationId;
  workspaceMade(work, created.told);
  if (created.workspaceUrl !== undefined) work.next.workspaceUrl = created.workspaceUrl;
  note(work, 'organization-created', SYSTEM, created.existed ? 'It existed before.' : undefined);
  if (created.existed && pending(work, 'admin-user')) {
    finish(work, work.next.steps['admin-user'], 'held', 'existing-organization');
    note(work, 'admin-user-held', SYSTEM, 'existing-organization');
    // Confirmed over the failed step before: the operators believe that nothing is left to do.
    if (record.confirmation) ask(work, 'new-onboarding', `held ${work.next.version}`, rules.operators);
  }
  settle(work);
  return changed(work);
};

export const adminUserCreated = (record: Subscription, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const step = pending(work, 'admin-user');
  if (!step) return UNCHANGED;
  finish(work, step, 'done');
  note(work, 'admin-user-created', SYSTEM);
  settle(work);
  return changed(work);
};

const fail = (work: Draft, name: WorkStep, step: Step, code: string): Outcome => {
  release(step);
  step.state = 'failed';
  step.at = work.rules.now.toISOString();
  step.code = code;
  note(work, 'step-failed', SYSTEM, `${name}: ${code}`);
  askOperators(work);
  ask(work, 'step-failed', `${name} ${work.next.version}`, work.rules.operators);
  return changed(work);
};

/** The step cannot be done as things are: an operator is told and may retry it or confirm over it. */
export const stepFailed = (record: Subscription, name: WorkStep, code: string, rules: Rules): Outcome => {
  const work = draft(record, rules);
  const step = pending(work, name);
  // What came too late is nobody's trouble; what was made all the same stays on the record.
  if (!step || record.stage === 'cancelled') return UNCHANGED;
  return fail(work, name, step, code);
};

/** The other side is not there: tried again later, given up after 3 days. */
export const stepDelayed = (
  record: Subscription,
  name: WorkStep,
  { by, code }: { by: string; code: string },
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  const step = pending(work, name);
  if (step?.claim?.by !== by || record.stage === 'cancelled') return UNCHANGED;
  const codeBefore = step.code;
  if (delay(step, code, rules.now) === undefined) return fail(work, name, step, code);
  if (code !== codeBefore) note(work, 'step-delayed', SYSTEM, `${name}: ${code}`);
  return changed(work);
};
