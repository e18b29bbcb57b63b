import { changed, draft, note, type Outcome, type Rules, refused, UNCHANGED } from '../outcome.ts';
import type { Actor, Subscription } from '../subscription.ts';
import { settle } from './readiness.ts';

/** The organization turned out to exist only after a confirmation over its failed step: the hold is seen and lifted now. */
const heldApproved = (record: Subscription, actor: Actor, reason: string | undefined, rules: Rules): Outcome => {
  const work = draft(record, rules);
  work.next.steps['admin-user'] = { state: 'pending', attempts: 0 };
  note(work, 'set-up-confirmed', actor, reason);
  return changed(work);
};

/**
 * The operator says that the workspace is ready. A held admin user is carried out now, and the stage moves on when it is
 * done; confirming over a failed step needs a reason.
 */
export const setUpConfirmed = (
  record: Subscription,
  actor: Actor,
  reason: string | undefined,
  rules: Rules,
): Outcome => {
  if (record.stage === 'cancelled' || record.stage === 'erased') return refused('subscription-cancelled');
  const { organization, 'admin-user': adminUser } = record.steps;
  const over = (['organization', 'admin-user'] as const).filter((name) => record.steps[name].state === 'failed');
  const isHeld = adminUser.state === 'held';
  const isRepeated = record.confirmation && over.every((name) => record.confirmation?.over.includes(name));
  if (isRepeated) return isHeld ? heldApproved(record, actor, reason, rules) : UNCHANGED;
  if (record.stage !== 'awaiting-confirmation' && record.stage !== 'provisioning') return refused('not-ready');
  const isRunning = organization.state === 'pending' || (adminUser.state === 'pending' && over.length === 0);
  if (isRunning) return refused('not-ready');
  if (over.length > 0 && reason === undefined) return refused('reason-required');

  const work = draft(record, rules);
  const { next } = work;
  // Without an organization there is nothing to make somebody the admin of: that step is confirmed over with it.
  const isOrganizationMissing = organization.state === 'failed' && adminUser.state !== 'done';
  next.confirmation = {
    at: rules.now.toISOString(),
    actor,
    ...(reason === undefined ? {} : { reason }),
    over: isOrganizationMissing ? ['organization', 'admin-user'] : over,
  };
  note(work, 'set-up-confirmed', actor, reason);
  if (isHeld) next.steps['admin-user'] = { state: 'pending', attempts: 0 };
  if (record.stage === 'provisioning') next.stage = 'awaiting-confirmation';
  settle(work);
  return changed(work);
};
