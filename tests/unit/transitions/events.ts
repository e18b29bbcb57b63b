import type { ActivationPolicy } from '../../../src/domain/outcome.ts';
import type { Snapshot, Subscription } from '../../../src/domain/subscription.ts';
import {
  activationAnswered,
  activationClaimed,
  activationDelayed,
  activationFailed,
  activationRequested,
  activationStillPending,
} from '../../../src/domain/transitions/activation.ts';
import { setUpConfirmed } from '../../../src/domain/transitions/confirmation.ts';
import { mailClaimed, mailDelayed, mailFailed, mailSent } from '../../../src/domain/transitions/mails.ts';
import { observed } from '../../../src/domain/transitions/observation.ts';
import { buyerActor, onboardRequested } from '../../../src/domain/transitions/onboarding.ts';
import { retryRequested } from '../../../src/domain/transitions/retry.ts';
import {
  adminUserCreated,
  organizationCreated,
  stepClaimed,
  stepDelayed,
  stepFailed,
  type WorkStep,
} from '../../../src/domain/transitions/steps.ts';
import { buyer, contact, type Event, operator, snapshot, visitorOf } from '../support/records.ts';

/** The one invocation that claims and answers in every story. */
export const WORKER = 'worker';

const RECEIPT = { kind: 'request-received', occurrence: '1', to: contact.email } as const;

export const claims =
  (step: WorkStep): Event =>
  (record, rules) =>
    stepClaimed(record, step, WORKER, rules);

export const fails =
  (step: WorkStep): Event =>
  (record, rules) =>
    stepFailed(record, step, 'no-admin-email', rules);

const waits =
  (step: WorkStep): Event =>
  (record, rules) =>
    stepDelayed(record, step, { by: WORKER, code: 'workspace-unavailable' }, rules);

/** What the workspace answers, and was told, when it makes the organization of this record as it is. */
export const workspaceAnswer = ({ beneficiary, planId, quantity }: Subscription, existed: boolean) => ({
  existed,
  organizationId: beneficiary.tenantId,
  told: { planId, ...(quantity === undefined ? {} : { quantity }), access: 'on' as const },
});

export const createsOrganization =
  (existed: boolean): Event =>
  (record, rules) =>
    organizationCreated(record, workspaceAnswer(record, existed), rules);

export const createsAdminUser: Event = (record, rules) => adminUserCreated(record, rules);

/** Policy `undefined`: the one that the rules have. */
export const confirms =
  (reason?: string, policy?: ActivationPolicy): Event =>
  (record, rules) =>
    setUpConfirmed(record, operator, reason, policy ? { ...rules, policy } : rules);

const buyerActivates =
  (policy: ActivationPolicy): Event =>
  (record, rules) =>
    activationRequested(record, { who: 'buyer', actor: buyerActor(record, visitorOf(buyer)) }, undefined, {
      ...rules,
      policy,
    });

export const operatorActivates =
  (policy: ActivationPolicy, reason?: string): Event =>
  (record, rules) =>
    activationRequested(record, { who: 'operator', actor: operator }, reason, { ...rules, policy });

export const onboards =
  (changes: { phone?: string } = {}): Event =>
  (record, rules) =>
    onboardRequested(record, { ...contact, ...changes }, visitorOf(buyer), rules);

export const callClaimed: Event = (record, rules) => activationClaimed(record, WORKER, rules);
export const answers =
  (answer: 'accepted' | 'look' | 'lost'): Event =>
  (record, rules) =>
    activationAnswered(record, { by: WORKER, answer }, rules);
export const callFails: Event = (record, rules) =>
  activationFailed(record, { by: WORKER, code: 'marketplace-refused' }, rules);
export const retries =
  (reason?: string): Event =>
  (record, rules) =>
    retryRequested(record, operator, reason, rules);

/** Microsoft is read now and says so. */
export const says =
  (status: string, changes: Partial<Snapshot> = {}): Event =>
  (record, rules) =>
    observed(record, snapshot({ ...changes, status }), { askedAt: rules.now.toISOString() }, rules);

/** Everything that can happen to a record, by the words of the table. The mails' events are about the buyer's receipt. */
export const EVENTS = {
  'onboard, same contact': onboards(),
  'onboard, changed contact': onboards({ phone: '+49 30 1' }),

  'organization claimed': claims('organization'),
  'organization created': createsOrganization(false),
  'organization existed': createsOrganization(true),
  'organization failed': fails('organization'),
  'organization delayed': waits('organization'),
  'admin user claimed': claims('admin-user'),
  'admin user created': createsAdminUser,
  'admin user created, when-ready': (record, rules) => adminUserCreated(record, { ...rules, policy: 'when-ready' }),
  'admin user failed': fails('admin-user'),
  'admin user delayed': waits('admin-user'),

  'confirm, no reason': confirms(),
  'confirm, reason': confirms('The customer waits.'),
  'confirm, reason, when-ready': confirms('The customer waits.', 'when-ready'),

  'buyer activates, policy buyer': buyerActivates('buyer'),
  'buyer activates, policy operator': buyerActivates('operator'),
  'buyer activates, policy when-ready': buyerActivates('when-ready'),
  'operator activates, policy buyer, no reason': operatorActivates('buyer'),
  'operator activates, policy buyer, reason': operatorActivates('buyer', 'They asked by phone.'),
  'operator activates, policy operator, no reason': operatorActivates('operator'),
  'operator activates, policy operator, reason': operatorActivates('operator', 'They asked by phone.'),
  'operator activates, policy when-ready, no reason': operatorActivates('when-ready'),
  'operator activates, policy when-ready, reason': operatorActivates('when-ready', 'They asked by phone.'),

  'call claimed': callClaimed,
  'call accepted': answers('accepted'),
  'call to be looked at': answers('look'),
  'call answer lost': answers('lost'),
  'still pending': (record, rules) => activationStillPending(record, rules),
  'call delayed': (record, rules) => activationDelayed(record, { by: WORKER, code: 'marketplace-unavailable' }, rules),
  'call failed': callFails,

  'retry, no reason': retries(),
  'retry, reason': retries('It works again.'),

  'Microsoft says Subscribed': says('Subscribed'),
  'Microsoft says PendingFulfillmentStart': says('PendingFulfillmentStart'),
  'Microsoft says Suspended': says('Suspended'),
  'Microsoft says Unsubscribed': says('Unsubscribed'),
  'Microsoft says something new': says('Hibernating'),

  'mail claimed': (record, rules) => mailClaimed(record, RECEIPT, WORKER, rules),
  'mail sent': (record, rules) => mailSent(record, RECEIPT, rules),
  'mail delayed': (record, rules) => mailDelayed(record, RECEIPT, { by: WORKER, code: 'mail-busy' }, rules),
  'mail failed': (record, rules) => mailFailed(record, RECEIPT, { by: 'one', code: 'mail-refused' }, rules),
} as const satisfies Record<string, Event>;

export type EventName = keyof typeof EVENTS;
