import type { MailKind, Stage } from '../../../src/domain/subscription.ts';

/** The four requests of the journey, in their order. */
export const ACTS = ['resolve', 'onboard', 'confirm', 'activate'] as const;
export type Act = (typeof ACTS)[number];

/**
 * How a purchase goes: `plain`, without incident; `auto`, activated by Microsoft itself; `second`, into an organization
 * that exists, so that its admin user is held; `no-admin`, where nobody can become admin, so that the step fails and is
 * confirmed over; `ended`, at Microsoft, before the call that would start billing; `slow`, which Microsoft takes its time
 * to activate; `seats`, without incident, of a plan that is sold per seat.
 */
export type Kind = 'plain' | 'auto' | 'second' | 'no-admin' | 'ended' | 'slow' | 'seats';

/** What must be true when all is over: in the record, at the workspace, at Microsoft, and whom which mail has reached. */
export type End = {
  stage: Stage;
  /** States of organization, admin user and notification. */
  steps: string[];
  organizations: number;
  users: number;
  activations: number;
  activateCalls: number;
  buyer: MailKind[];
  operators: MailKind[];
  /** What stands in the history, each once. */
  once: string[];
};

const SET_UP = ['resolved', 'onboarding-requested', 'organization-created', 'admin-user-created', 'set-up-confirmed'];

const PLAIN: End = {
  stage: 'active',
  steps: ['done', 'done', 'done'],
  organizations: 1,
  users: 1,
  activations: 1,
  activateCalls: 1,
  buyer: ['request-received', 'workspace-ready', 'billing-started'],
  operators: ['new-onboarding', 'billing-started-operators'],
  once: [...SET_UP, 'activation-requested', 'activated'],
};

const UNBILLED: Partial<End> = { activations: 0, activateCalls: 0, buyer: ['request-received', 'workspace-ready'] };

export const ENDS: Record<Kind, End> = {
  plain: PLAIN,
  slow: PLAIN,
  seats: PLAIN,
  auto: {
    ...PLAIN,
    ...UNBILLED,
    operators: ['new-onboarding', 'already-billed'],
    once: [...SET_UP, 'activated'],
  },
  second: { ...PLAIN, once: [...PLAIN.once, 'admin-user-held'] },
  'no-admin': {
    ...PLAIN,
    steps: ['done', 'failed', 'done'],
    users: 0,
    operators: [...PLAIN.operators, 'step-failed'],
    once: [...PLAIN.once.filter((what) => what !== 'admin-user-created'), 'step-failed'],
  },
  ended: {
    ...PLAIN,
    ...UNBILLED,
    stage: 'cancelled',
    buyer: ['request-received', 'workspace-ready', 'unsubscribed'],
    operators: ['new-onboarding', 'activation-failed'],
    once: [...SET_UP, 'activation-requested', 'cancelled', 'activation-failed'],
  },
};

/** Where the record stands when all is done that the request brings with it. */
export const stageAfter = (kind: Kind, act: Act): Stage => {
  const stages: Record<Act, Stage> = {
    resolve: 'resolved',
    onboard: kind === 'no-admin' ? 'provisioning' : 'awaiting-confirmation',
    confirm: kind === 'auto' ? 'active' : 'confirmed',
    activate: ENDS[kind].stage,
  };
  return stages[act];
};
