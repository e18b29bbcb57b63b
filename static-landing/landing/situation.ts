import type { View } from '../../src/application/view.ts';

/** Where the buyer stands: one title and one sentence each, and what there is to do. */
export type Situation =
  | 'resolved'
  | 'unreachable'
  | 'provisioning'
  | 'delayed'
  | 'awaiting'
  | 'ready'
  | 'activating'
  | 'activation-failed'
  | 'active'
  | 'changing'
  | 'suspended'
  | 'cancelled'
  | 'lapsed'
  | 'erased'
  | 'other';

/** A set-up takes seconds; after so long somebody at the publisher has seen it waiting. */
const LONG_MS = 10 * 60_000;

/** Whether Microsoft never billed this purchase: the term has dates from the activation on (contract 2.2). */
const wasNeverActive = ({ activatedAt, term }: View): boolean => !activatedAt && !term?.startDate;

const isDelayed = ({ steps, since }: View, nowMs: number): boolean =>
  nowMs - Date.parse(since) > LONG_MS ||
  steps.some(
    ({ name, state, nextTryAt }) => name !== 'notification' && (state === 'failed' || nextTryAt !== undefined),
  );

/** Whether the service does this now if this visitor asks for it. */
export const allows = ({ allowedOperations }: View, wanted: string): boolean =>
  allowedOperations.some(({ name, allowed }) => name === wanted && allowed);

const inSetUp = (view: View, nowMs: number): Situation => {
  // It may have begun without a visit. Where a contact is there to be corrected, it reaches nobody.
  if (allows(view, 'onboard')) return allows(view, 'correct-contact') ? 'unreachable' : 'resolved';
  if (view.stage === 'provisioning') return isDelayed(view, nowMs) ? 'delayed' : 'provisioning';
  // Here waiting is a person's, who may take a day.
  return view.next.action === 'retry' ? 'delayed' : 'awaiting';
};

/** Whether Microsoft has dropped the purchase, or is about to, because nobody activated it in time (contract 5). */
const isOverdue = ({ deadlines: { pendingUntil }, stage }: View, nowMs: number): boolean =>
  pendingUntil !== undefined && Date.parse(pendingUntil) < nowMs && stage !== 'activating';

/** Whether Microsoft has still to confirm what was asked for. Whoever has to pay is told that first. */
const isChanging = ({ stage, pendingOperation }: View): boolean =>
  pendingOperation !== undefined &&
  (stage === 'active' || (stage === 'suspended' && pendingOperation.action === 'Unsubscribe'));

/** The situation of a purchase at a moment. */
export const situationOf = (view: View, nowMs: number): Situation => {
  const { stage, marketplaceStatus } = view;
  if (stage === 'erased') return 'erased';
  if (stage === 'cancelled') return wasNeverActive(view) ? 'lapsed' : 'cancelled';
  if (isChanging(view)) return 'changing';
  if (marketplaceStatus === 'Suspended') return 'suspended';
  if (marketplaceStatus === 'PendingFulfillmentStart' && isOverdue(view, nowMs)) return 'lapsed';
  switch (stage) {
    case 'provisioning':
    case 'awaiting-confirmation':
      return inSetUp(view, nowMs);
    case 'confirmed':
      return 'ready';
    case 'resolved':
    case 'activating':
    case 'activation-failed':
    case 'active':
    case 'suspended':
      return stage;
    default:
      return 'other';
  }
};

const RESTING: Situation[] = ['resolved', 'cancelled', 'lapsed', 'erased', 'other'];
const CALM: Situation[] = ['active', 'suspended'];

/** How often, in ms, to look whether somebody else has changed what the page shows; 0 where nobody will. */
export const paceOf = (situation: Situation): number =>
  RESTING.includes(situation) ? 0 : CALM.includes(situation) ? 30_000 : 10_000;
