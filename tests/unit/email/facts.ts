import type { MailFacts } from '../../../src/application/ports.ts';
import type { MailKind, Subscription } from '../../../src/domain/subscription.ts';

export const OPERATOR_KINDS: MailKind[] = [
  'new-onboarding',
  'step-failed',
  'already-billed',
  'billing-started-operators',
  'activation-failed',
  'suspended-operators',
  'unsubscribed-operators',
  'refusal-overruled',
  'new-value',
  'reminder-operators',
  'workspace-failed',
  'erasure-soon',
];
export const BUYER_KINDS: MailKind[] = [
  'request-received',
  'workspace-ready',
  'billing-started',
  'change-done',
  'change-refused',
  'suspended',
  'reinstated',
  'unsubscribed',
  'reminder',
];
export const KINDS: MailKind[] = [...OPERATOR_KINDS, ...BUYER_KINDS];

const buyer = {
  tenantId: '22222222-2222-4222-8222-222222222222',
  objectId: '22222222-0000-4000-8000-000000000001',
  email: 'bea.buyer@contoso.example',
};

/** A subscription whose buyer pressed Onboard, set up but for the operators' message. */
export const subscription = (changes: Partial<Subscription> = {}): Subscription => ({
  id: '5a0bd2a4-7c1d-4c7e-9c53-0b1f3f3e9a11',
  version: 4,
  correlationId: '0b1f3f3e-0000-4000-8000-000000000001',
  firstSeenAt: '2026-11-21T09:00:00Z',
  updatedAt: '2026-11-21T09:01:02Z',
  stageSince: '2026-11-21T09:01:02Z',
  observedAt: '2026-11-21T09:00:00Z',
  name: 'Contoso quality',
  offerId: 'unifize-qms',
  planId: 'team-monthly',
  planName: 'Team',
  quantity: 25,
  purchaser: buyer,
  beneficiary: buyer,
  bound: {},
  term: { termUnit: 'P1M' },
  isTest: false,
  isFreeTrial: false,
  allowedCustomerOperations: ['Read', 'Update', 'Delete'],
  marketplaceStatus: 'PendingFulfillmentStart',
  stage: 'awaiting-confirmation',
  visits: [],
  contact: {
    name: 'Bertha Contact',
    email: 'bertha@typed.example',
    company: 'Contoso Typed Ltd',
    phone: '+49 30 123456',
    department: 'Quality assurance',
  },
  requestedAt: '2026-11-21T09:01:00Z',
  steps: {
    organization: { state: 'done', attempts: 1, at: '2026-11-21T09:01:01Z' },
    'admin-user': { state: 'done', attempts: 1, at: '2026-11-21T09:01:02Z' },
    notification: { state: 'pending', attempts: 0 },
  },
  mails: [],
  ...changes,
});

/** The same without these fields: absent, not undefined. */
export const without = <T extends object, K extends keyof T>(value: T, ...keys: K[]): Omit<T, K> => {
  const left = { ...value };
  for (const key of keys) delete left[key];
  return left;
};

/** An operator's word that the workspace is ready. */
export const confirmation = {
  at: '2026-11-22T08:00:00Z',
  actor: { kind: 'operator', objectId: 'o', name: 'Olivia Operator' },
  over: [],
} satisfies Subscription['confirmation'];

const confirmed = { confirmation, createdAt: '2026-11-21T08:59:00Z' };
const billed = { ...confirmed, activatedAt: '2026-11-23T10:00:00Z' };
const visits = [{ tenantId: buyer.tenantId, objectId: buyer.objectId, at: '2026-11-21T09:00:00Z' }];

/** Two due times that differ, so that a mail which mixes them up is seen. */
export const erasure = {
  attempts: 0,
  contactDueAt: '2027-02-01T00:00:00Z',
  workspaceDueAt: '2027-03-02T00:00:00Z',
} satisfies Subscription['erasure'];

/** A subscription at the stations of its life; bought on 21 November 2026. */
export const STATIONS = {
  unopened: without(subscription({ stage: 'resolved', createdAt: '2026-11-21T08:59:00Z' }), 'contact', 'requestedAt'),
  opened: without(
    subscription({ stage: 'resolved', createdAt: '2026-11-21T08:59:00Z', visits }),
    'contact',
    'requestedAt',
  ),
  provisioning: subscription({ stage: 'provisioning', createdAt: '2026-11-21T08:59:00Z', visits }),
  'awaiting-confirmation': subscription({ createdAt: '2026-11-21T08:59:00Z', visits }),
  confirmed: subscription({ ...confirmed, stage: 'confirmed', visits }),
  activating: subscription({ ...confirmed, stage: 'activating' }),
  'activation-failed': subscription({ ...confirmed, stage: 'activation-failed' }),
  active: subscription({
    ...billed,
    stage: 'active',
    marketplaceStatus: 'Subscribed',
    term: { termUnit: 'P1M', startDate: '2026-11-23T00:00:00Z', endDate: '2026-12-22T00:00:00Z' },
  }),
  suspended: subscription({
    ...billed,
    stage: 'suspended',
    marketplaceStatus: 'Suspended',
    suspendedAt: '2026-12-23T09:00:00Z',
  }),
  cancelled: subscription({
    ...billed,
    stage: 'cancelled',
    marketplaceStatus: 'Unsubscribed',
    cancelledAt: '2027-01-02T09:00:00Z',
    erasure,
  }),
} satisfies Record<string, Subscription>;

export const mailFacts = (changes: Partial<MailFacts> = {}): MailFacts => ({
  subscription: subscription(),
  occurrence: '1',
  admin: { email: 'bea.buyer@contoso.example', source: 'purchaser' },
  consoleUrl: 'https://pages.publisher.example/console/',
  publisherName: 'Unifize',
  supportEmail: 'support@unifize.example',
  activationPolicy: 'buyer',
  ...changes,
});
