import { type Draft, MICROSOFT, note, SYSTEM } from '../outcome.ts';
import type { Stage, Step } from '../subscription.ts';
import { ask, askBuyer, askOperators, takeBackOvertaken } from './mails.ts';

const isSettled = (step: Step): boolean => step.state === 'done' || step.state === 'held';

/** Asks Microsoft to start billing: the work is on the record from here on, the worker makes the call. */
export const requestActivation = (work: Draft, actor: Draft['entries'][number]['actor'], reason?: string): void => {
  work.next.stage = 'activating';
  work.next.activation = {
    requestedAt: work.rules.now.toISOString(),
    actor,
    ...(reason === undefined ? {} : { reason }),
    attempts: 0,
    reads: 0,
  };
  note(work, 'activation-requested', actor, reason);
};

const FROM_OUR_CALL = new Set(['confirmed', 'activating', 'activation-failed']);

/** When billing began: now, where it was waited for; else when the term did, since it ran before anybody looked. */
const beganAt = ({ next, rules }: Draft, stage: Stage): string => {
  const began = Date.parse(next.term?.startDate ?? '');
  return FROM_OUR_CALL.has(stage) || Number.isNaN(began) ? rules.now.toISOString() : new Date(began).toISOString();
};

/** Billing runs, says Microsoft. Buyer and operators hear of it once, and only where it begins now. */
export const becomeActive = (work: Draft): void => {
  const { next, rules } = work;
  const { stage } = next;
  next.stage = 'active';
  next.activatedAt ??= beganAt(work, stage);
  if (next.activation) {
    delete next.activation.claim;
    delete next.activation.nextTryAt;
    delete next.activation.code;
  }
  note(work, stage === 'suspended' ? 'reinstated' : 'activated', MICROSOFT);
  takeBackOvertaken(work);
  if (stage === 'suspended') askBuyer(work, 'reinstated', String(next.version));
  // Through a suspension in between, too: each is asked for once.
  if (!FROM_OUR_CALL.has(stage) && !next.activation) return;
  askBuyer(work, 'billing-started');
  ask(work, 'billing-started-operators', '1', rules.operators);
};

const becomeReady = (work: Draft): void => {
  const { next, rules } = work;
  askBuyer(work, 'workspace-ready');
  if (next.marketplaceStatus === 'Suspended') next.stage = 'suspended';
  else if (next.marketplaceStatus === 'Subscribed') becomeActive(work);
  else {
    next.stage = 'confirmed';
    if (rules.policy === 'when-ready') requestActivation(work, SYSTEM);
  }
};

/**
 * Moves the stage on as far as the steps and the confirmation allow: `provisioning` ends when organization and admin user
 * are done or held; `awaiting-confirmation` ends when an operator confirmed and each of the two is done or confirmed over (P1).
 */
export const settle = (work: Draft): void => {
  const { next, rules } = work;
  const { organization, 'admin-user': adminUser } = next.steps;
  if (next.stage === 'provisioning' && isSettled(organization) && isSettled(adminUser)) {
    next.stage = 'awaiting-confirmation';
    askOperators(work);
    if (rules.policy === 'when-ready' && organization.state === 'done' && adminUser.state === 'done') {
      next.confirmation = { at: rules.now.toISOString(), actor: SYSTEM, over: [] };
    }
  }
  if (next.stage !== 'awaiting-confirmation' && next.stage !== 'provisioning') return;
  const { confirmation } = next;
  if (!confirmation) return;
  const isReady = (['organization', 'admin-user'] as const).every(
    (name) => next.steps[name].state === 'done' || confirmation.over.includes(name),
  );
  if (isReady) becomeReady(work);
};
