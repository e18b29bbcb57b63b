import type { MailFacts } from '../../../application/ports.ts';
import { pendingUntil, whoseTurn } from '../../../domain/standing.ts';
import type { Subscription } from '../../../domain/subscription.ts';
import { type Block, notice } from './letter.ts';
import { billedSince, day, isBilled, isPending } from './wording.ts';

/** What an unanswered purchase waits for; `nothing` when it was taken up while the message was on its way. */
export type Waiting =
  | 'landing'
  | 'onboard'
  | 'set-up'
  | 'buyer-activates'
  | 'operator-activates'
  | 'microsoft'
  | 'nothing';

export const waitingFor = ({ activationPolicy, subscription }: MailFacts): Waiting => {
  const { who, action } = whoseTurn(subscription, activationPolicy);
  if (action === 'onboard') return subscription.visits.length === 0 ? 'landing' : 'onboard';
  if (action === 'activate') {
    if (who === 'microsoft') return 'microsoft';
    return who === 'buyer' ? 'buyer-activates' : 'operator-activates';
  }
  if (action === 'resume-activations') return 'operator-activates';
  return ['set-up', 'retry', 'confirm'].includes(action) ? 'set-up' : 'nothing';
};

/** When Microsoft drops the purchase (contract 5). */
export const droppedOn = (subscription: Subscription): string => {
  const end = pendingUntil(subscription);
  return end ? `on ${day(end)}` : '30 days after it was made';
};

/** Whether anybody pays already and, if not, until when the purchase stands. `who`: whom it speaks of, with the verb. */
export const deadline = (subscription: Subscription, who: string): Block[] => {
  if (isPending(subscription)) {
    const end = `Microsoft drops the purchase ${droppedOn(subscription)} if it is not activated before.`;
    return [notice(`${who} not billed yet. ${end}`)];
  }
  if (!isBilled(subscription) || subscription.isFreeTrial) return [];
  return [notice(`Billing already runs: Microsoft has billed ${billedSince(subscription)}.`)];
};
