import { startOver } from '../attempts.ts';
import { changed, draft, note, type Outcome, type Rules, refused } from '../outcome.ts';
import type { Actor, Subscription } from '../subscription.ts';
import { requestActivation } from './readiness.ts';

/** An operator starts over what has failed or waits for its next try: steps, messages, the activation. */
export const retryRequested = (
  record: Subscription,
  actor: Actor,
  reason: string | undefined,
  rules: Rules,
): Outcome => {
  if (record.stage === 'cancelled' || record.stage === 'erased') return refused('subscription-cancelled');
  const work = draft(record, rules);
  const { next } = work;
  const again: string[] = [];
  for (const name of ['organization', 'admin-user'] as const) {
    const step = next.steps[name];
    if (step.state !== 'failed' && !(step.state === 'pending' && step.nextTryAt)) continue;
    step.state = 'pending';
    delete step.at;
    startOver(step);
    again.push(name);
  }
  for (const mail of next.mails) {
    if (mail.state !== 'failed' && !(mail.state === 'pending' && mail.nextTryAt)) continue;
    mail.state = 'pending';
    startOver(mail);
    again.push(`mail ${mail.kind}`);
    if (mail.kind === 'new-onboarding') next.steps.notification = { state: 'pending', attempts: 0 };
  }
  const isActivationWaiting =
    next.stage === 'activating' && next.activation?.nextTryAt !== undefined && !next.activation.answer;
  if (isActivationWaiting && next.activation) {
    startOver(next.activation);
    again.push('activation');
  }
  if (again.length === 0 && next.stage !== 'activation-failed') return refused('nothing-to-retry');
  note(work, 'retry-requested', actor, [again.join(', '), reason].filter(Boolean).join('. ') || undefined);
  // The confirmation that billing rests on is still on the record; P1 is not decided anew.
  if (next.stage === 'activation-failed' && again.length === 0) requestActivation(work, actor, reason);
  return changed(work);
};
