import { startOver } from '../attempts.ts';
import { changed, type Draft, draft, note, type Outcome, type Rules, refused } from '../outcome.ts';
import type { Actor, Subscription } from '../subscription.ts';
import { activationRequested } from './activation.ts';
import { tellOperatorsAgain } from './mails.ts';
import { requestActivation } from './readiness.ts';

/** An operator starts over what has failed or waits for its next try: steps, messages, the activation. */
export const retryRequested = (
  record: Subscription,
  actor: Actor,
  reason: string | undefined,
  rules: Rules,
): Outcome => {
  if (record.stage === 'erased') return refused('subscription-cancelled');
  const work = draft(record, rules);
  const steps = record.stage === 'cancelled' ? [] : retryWork(work);
  // Billing is asked for only when nothing else has failed: never by the way.
  if (record.stage === 'activation-failed' && steps.length === 0) {
    const asked = activationRequested(record, { who: 'operator', actor }, reason, rules);
    if (asked.kind === 'refused') return asked;
    requestActivation(work, actor, reason);
    retryMails(work);
    return changed(work);
  }
  const again = [...steps, ...retryAfterwards(work), ...retryMails(work)];
  if (again.length === 0) return refused('nothing-to-retry');
  note(work, 'retry-requested', actor, [again.join(', '), reason].filter(Boolean).join('. '));
  return changed(work);
};

const hasStopped = ({ state, nextTryAt }: { state: string; nextTryAt?: string }): boolean =>
  state === 'failed' || (state === 'pending' && nextTryAt !== undefined);

/** What goes on after the end, too: telling the workspace, and the erasure. */
const retryAfterwards = ({ next: { workspace, erasure } }: Draft): string[] => {
  const again: string[] = [];
  if (workspace && hasStopped(workspace)) {
    workspace.state = 'pending';
    startOver(workspace);
    again.push('workspace');
  }
  if (erasure?.nextTryAt !== undefined) {
    startOver(erasure);
    again.push('erasure');
  }
  return again;
};

const retryMails = (work: Draft): string[] => {
  const { next } = work;
  const again: string[] = [];
  const isUntold = next.steps.notification.state === 'failed' && next.stage !== 'cancelled';
  if (isUntold && tellOperatorsAgain(work)) again.push('notification');
  for (const mail of next.mails.filter(hasStopped)) {
    mail.state = 'pending';
    startOver(mail);
    again.push(`mail ${mail.kind}`);
  }
  return again;
};

const retryWork = ({ next }: Draft): string[] => {
  const again: string[] = [];
  for (const name of ['organization', 'admin-user'] as const) {
    const step = next.steps[name];
    if (!hasStopped(step)) continue;
    step.state = 'pending';
    delete step.at;
    startOver(step);
    again.push(name);
  }
  if (next.stage === 'activating' && next.activation?.nextTryAt !== undefined && !next.activation.answer) {
    startOver(next.activation);
    again.push('activation');
  }
  return again;
};
