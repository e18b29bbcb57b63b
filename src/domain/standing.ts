import type { ActivationPolicy } from './outcome.ts';
import { ACTIVATIONS_PAUSED, type Stage, type Subscription } from './subscription.ts';

/** The words that stand for a stage on pages and in mails (design 4). */
const BADGES: Record<Stage, string> = {
  resolved: 'Pending Activation',
  provisioning: 'Pending Activation',
  'awaiting-confirmation': 'Pending Activation',
  confirmed: 'Pending Activation',
  activating: 'Activating',
  'activation-failed': 'Activation failed',
  active: 'Active',
  suspended: 'Suspended',
  cancelled: 'Unsubscribed',
  erased: 'Data deleted',
};

export const badge = ({ stage, pendingOperation }: Subscription): string =>
  stage === 'active' && pendingOperation ? 'Change in progress' : BADGES[stage];

export type Next = { who: 'buyer' | 'publisher' | 'microsoft' | 'nobody'; action: string };

/** Whose turn it is, and for what. */
export const whoseTurn = (record: Subscription, policy: ActivationPolicy): Next => {
  const hasFailedStep = (['organization', 'admin-user'] as const).some((name) => record.steps[name].state === 'failed');
  const isHeldAgain = record.confirmation !== undefined && record.steps['admin-user'].state === 'held';
  if (isHeldAgain && record.stage !== 'cancelled' && record.stage !== 'erased')
    return { who: 'publisher', action: 'confirm' };
  switch (record.stage) {
    case 'resolved':
      return { who: 'buyer', action: 'onboard' };
    case 'provisioning':
      return { who: 'publisher', action: hasFailedStep ? 'retry' : 'set-up' };
    case 'awaiting-confirmation':
      if (record.confirmation) return { who: 'publisher', action: hasFailedStep ? 'retry' : 'set-up' };
      return { who: 'publisher', action: 'confirm' };
    case 'confirmed':
      return { who: policy === 'buyer' ? 'buyer' : 'publisher', action: 'activate' };
    case 'activating':
      if (record.activation?.code === ACTIVATIONS_PAUSED) return { who: 'publisher', action: 'resume-activations' };
      return { who: 'microsoft', action: 'activate' };
    case 'activation-failed':
      return { who: 'publisher', action: 'activate' };
    case 'suspended':
      return { who: 'buyer', action: 'pay' };
    case 'active':
    case 'cancelled':
    case 'erased':
      return { who: 'nobody', action: 'none' };
    default:
      return record.stage satisfies never;
  }
};

/** Without payment Microsoft ends a subscription so long after it was suspended (contract 5). */
const SUSPENDED_DAYS = 30;

export const suspendedUntil = ({ stage, suspendedAt }: Subscription): string | undefined =>
  stage === 'suspended' && suspendedAt !== undefined
    ? new Date(Date.parse(suspendedAt) + SUSPENDED_DAYS * 86_400_000).toISOString()
    : undefined;

/** An unanswered purchase is dropped by Microsoft so long after it was made (contract 5). */
export const PENDING_DAYS = 30;

export const pendingUntil = (record: Subscription): string | undefined => {
  if (record.marketplaceStatus !== 'PendingFulfillmentStart' || record.createdAt === undefined) return undefined;
  const created = Date.parse(record.createdAt);
  return Number.isNaN(created) ? undefined : new Date(created + PENDING_DAYS * 86_400_000).toISOString();
};
