import { changed, draft, note, type Outcome, type Rules, refused } from '../outcome.ts';
import type { Actor, Subscription } from '../subscription.ts';
import { startSetUp } from './onboarding.ts';

/** An operator writes something down for the others. */
export const noteWritten = (record: Subscription, actor: Actor, reason: string | undefined, rules: Rules): Outcome => {
  if (record.stage === 'erased') return refused('subscription-cancelled');
  if (reason === undefined) return refused('reason-required');
  const work = draft(record, rules);
  note(work, 'note', actor, reason);
  return changed(work);
};

/** An operator starts the set-up that nobody asked for: of what was adopted, activated by itself, or never landed on. */
export const startRequested = (
  record: Subscription,
  actor: Actor,
  reason: string | undefined,
  rules: Rules,
): Outcome => {
  if (record.stage === 'cancelled' || record.stage === 'erased') return refused('subscription-cancelled');
  if (record.requestedAt !== undefined) return refused('already-started');
  const work = draft(record, rules);
  startSetUp(work, actor, reason);
  return changed(work);
};

/** Whether it makes sense to ask Microsoft: not about what is erased, since nothing is written to it any more. */
export const whyNoRefresh = ({ stage }: Subscription): 'subscription-cancelled' | undefined =>
  stage === 'erased' ? 'subscription-cancelled' : undefined;
