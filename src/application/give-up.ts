import { hasCome, isDue } from '../domain/attempts.ts';
import { erasureDueAt } from '../domain/erasure.ts';
import { knownAction } from '../domain/notice.ts';
import { type Outcome, UNCHANGED } from '../domain/outcome.ts';
import type { Attempts, Subscription } from '../domain/subscription.ts';
import { activationFailed } from '../domain/transitions/activation.ts';
import { erasureFailed } from '../domain/transitions/erasure.ts';
import { mailFailed } from '../domain/transitions/mails.ts';
import { operationDelayed } from '../domain/transitions/notices.ts';
import { nextStep, stepFailed } from '../domain/transitions/steps.ts';
import { workspaceDueAt, workspaceFailed } from '../domain/transitions/workspace.ts';
import { isActivationDue, type Queue } from '../domain/work.ts';
import { followUp } from './follow-up.ts';
import { type Needs, rulesOf } from './needs.ts';
import { update } from './update.ts';

type GiveUpNeeds = Pick<Needs, 'store' | 'queues' | 'clock' | 'log' | 'rules'>;

const POISONED = 'poisoned';

/**
 * A message ended in the poison queue: whatever its handler could not get past is marked failed on the record, so that it
 * is seen and can be retried (P2). Safe to repeat: operators are told once per failure.
 */
export const giveUp = async (needs: GiveUpNeeds, queue: Queue, subscriptionId: string): Promise<void> => {
  needs.log('PEG_MESSAGE_POISONED', { subscriptionId, queue });
  if (queue === 'marketplace-events') {
    // It is looked at again later, and given up after 3 days.
    await update(needs.store, subscriptionId, (record) =>
      operationDelayed(record, { by: POISONED, code: POISONED }, rulesOf(needs)),
    );
    return;
  }
  for (;;) {
    const updated = await update(needs.store, subscriptionId, (record) => failNext(needs, record, queue));
    if (!updated) return;
    if (!updated.isChanged || queue === 'provisioning') {
      await followUp(needs.queues, 'notifications', updated.stored.record, needs.clock());
      return;
    }
  }
};

const failNext = (needs: GiveUpNeeds, record: Subscription, queue: Queue): Outcome => {
  const rules = rulesOf(needs);
  // Work that waits for its next try, or that somebody is at, is in good hands; what is due is what the handler fell over.
  const isStuck = (work: Attempts): boolean => isDue(work, rules.now);
  if (queue === 'notifications') {
    const mail = record.mails.find((one) => one.state === 'pending' && isStuck(one));
    return mail ? mailFailed(record, mail, { by: POISONED, code: POISONED }, rules) : UNCHANGED;
  }
  const step = nextStep(record);
  if (step && isStuck(record.steps[step])) return stepFailed(record, step, POISONED, rules);
  const because = { by: POISONED, code: POISONED };
  if (isActivationDue(record, rules.now)) return activationFailed(record, because, rules);
  if (hasCome(workspaceDueAt(record), rules.now)) return workspaceFailed(record, because, rules);
  return hasCome(erasureDueAt(record), rules.now) ? erasureFailed(record, because, rules) : UNCHANGED;
};

/**
 * A notice that its handler could not get past: closed, so that it does not come back for ever. The truth is not lost with
 * it: reconciliation reads it (P4).
 */
export const giveUpNotice = async (
  needs: Pick<Needs, 'inbox' | 'log'>,
  subscriptionId: string,
  key: string,
): Promise<void> => {
  needs.log('PEG_MESSAGE_POISONED', { subscriptionId, queue: 'marketplace-events' });
  const stored = await needs.inbox.load(subscriptionId, key);
  if (stored?.notice.state !== 'open') return;
  const saved = await needs.inbox.save(stored, { ...stored.notice, state: 'closed', result: 'failed' });
  // Somebody else got on with it meanwhile: it is in good hands.
  if (saved === 'conflict') return;
  needs.log('PEG_NOTICE_FAILED', { subscriptionId, action: knownAction(stored.notice.action) ?? 'unknown' });
};
