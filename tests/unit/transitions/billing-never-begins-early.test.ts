import { describe, expect, test } from '@jest/globals';
import { type ActivationPolicy, UNCHANGED } from '../../../src/domain/outcome.ts';
import { type Confirmation, STAGES, type Stage, type Subscription } from '../../../src/domain/subscription.ts';
import type { Event } from '../support/records.ts';
import { EVENTS, type EventName } from './events.ts';
import { type Decision, search } from './search.ts';

// Each event comes so much later that every claim has lapsed and every next try is due: nothing has to wait.
const HOUR = 3700;

// The steps' claims are left out: a worker that answers without having claimed can do more, not less. A status that is
// new to us does what PendingFulfillmentStart does: nothing (the table). Re-reads end as a failed call does.
const ANYBODY_AT_ANY_TIME = [
  'onboard, same contact',
  'organization created',
  'organization existed',
  'organization failed',
  'confirm, no reason',
  'confirm, reason',
  'call claimed',
  'call accepted',
  'call to be looked at',
  'call failed',
  'retry, no reason',
  'retry, reason',
  'Microsoft says Subscribed',
  'Microsoft says PendingFulfillmentStart',
  'Microsoft says Suspended',
  'Microsoft says Unsubscribed',
] as const satisfies EventName[];

/** A worker gets to the admin user only once the organization stands. */
const onceOrganizationStands =
  (event: Event): Event =>
  (record, rules) =>
    record.steps.organization.state === 'done' ? event(record, rules) : UNCHANGED;

const happenings = (policy: ActivationPolicy): Record<string, Event> => ({
  ...Object.fromEntries(ANYBODY_AT_ANY_TIME.map((name) => [name, EVENTS[name]])),
  'admin user created': onceOrganizationStands(EVENTS['admin user created']),
  'admin user failed': onceOrganizationStands(EVENTS['admin user failed']),
  'buyer activates': EVENTS[`buyer activates, policy ${policy}`],
  'operator activates': EVENTS[`operator activates, policy ${policy}, reason`],
});

const isDoneOrOver = (record: Subscription, { over }: Confirmation): boolean =>
  (['organization', 'admin-user'] as const).every((name) => record.steps[name].state === 'done' || over.includes(name));

const ASKS_FOR_BILLING: Record<ActivationPolicy, Set<string>> = {
  buyer: new Set(['buyer activates', 'operator activates', 'retry, reason']),
  operator: new Set(['operator activates', 'retry, no reason', 'retry, reason']),
  'when-ready': new Set([
    'organization created',
    'admin user created',
    'confirm, no reason',
    'confirm, reason',
    'operator activates',
    'retry, no reason',
    'retry, reason',
  ]),
};

const BILLED_BY_US = new Set<Stage>(['activating', 'activation-failed', 'active']);

type Rule = (decision: {
  before: Subscription;
  next: Subscription;
  event: string;
  policy: ActivationPolicy;
}) => boolean;

/** What must hold of every change that any sequence of events can bring about. */
const RULES: Record<string, Rule> = {
  'nothing is billed without a confirmation that has an actor and a time': ({ next }) =>
    !BILLED_BY_US.has(next.stage) ||
    (next.confirmation !== undefined &&
      !Number.isNaN(Date.parse(next.confirmation.at)) &&
      next.confirmation.actor.kind !== 'microsoft' &&
      next.confirmation.actor.kind !== 'buyer'),
  'billing is asked for only when organization and admin user are done or confirmed over': ({ before, next }) =>
    next.activation?.requestedAt === undefined ||
    before.activation !== undefined ||
    (next.confirmation !== undefined && isDoneOrOver(next, next.confirmation)),
  'a step is confirmed over only by an operator with a reason': ({ next }) =>
    !next.confirmation ||
    next.confirmation.over.length === 0 ||
    (next.confirmation.actor.kind === 'operator' && next.confirmation.reason !== undefined),
  'the service confirms by itself only under when-ready, and only what is done': ({ next, policy, before }) =>
    next.confirmation?.actor.kind !== 'system' ||
    before.confirmation !== undefined ||
    (policy === 'when-ready' && isDoneOrOver(next, { ...next.confirmation, over: [] })),
  'billing is asked for only by those whom the policy names': ({ before, next, event, policy }) =>
    next.stage !== 'activating' || before.stage === 'activating' || ASKS_FOR_BILLING[policy].has(event),
  'a confirmation is never taken back': ({ before, next }) => !before.confirmation || next.confirmation !== undefined,
  'a held admin user is carried out only after a confirmation': ({ before, next, event }) => {
    const { state } = next.steps['admin-user'];
    if (before.steps['admin-user'].state !== 'held' || state === 'held') return true;
    return state === 'pending' && event.startsWith('confirm') && next.confirmation !== undefined;
  },
  'an ended subscription never begins again': ({ before, next }) =>
    before.stage !== 'cancelled' || next.stage === 'cancelled',
  'a change is one version further': ({ before, next }) => next.version === before.version + 1,
  'no message is asked for twice': ({ next }) =>
    new Set(next.mails.map(({ kind, occurrence, to }) => JSON.stringify([kind, occurrence, to]))).size ===
    next.mails.length,
  'billing started and workspace ready are said once per recipient': ({ next }) =>
    (['billing-started', 'billing-started-operators', 'workspace-ready', 'new-onboarding'] as const).every(
      (kind) => next.mails.filter((mail) => mail.kind === kind && !mail.occurrence.startsWith('held')).length <= 1,
    ),
  'an activation that is under way has its request on the record': ({ next }) =>
    next.stage !== 'activating' || next.activation !== undefined,
};

const broken = ({ from, event, outcome }: Decision, policy: ActivationPolicy): string[] => {
  if (outcome.kind !== 'changed') return [];
  const decision = { before: from.record, next: outcome.next, event, policy };
  return Object.entries(RULES)
    .filter(([, holds]) => !holds(decision))
    .map(([rule]) => `${rule}: ${[...from.path, event].join(' > ')}`);
};

describe('P1: under every sequence of events', () => {
  test.each<[ActivationPolicy, Stage[]]>([
    ['buyer', []],
    ['operator', []],
    // What is confirmed is activated in the same breath.
    ['when-ready', ['confirmed']],
  ])('policy %s: no rule is ever broken', (policy, neverThere) => {
    const reached = new Set<Stage>();
    const faults: string[] = [];

    for (const decision of search(happenings(policy), { policy }, { paceSeconds: HOUR })) {
      faults.push(...broken(decision, policy));
      if (decision.outcome.kind === 'changed') reached.add(decision.outcome.next.stage);
    }

    expect(faults.slice(0, 5)).toEqual([]);
    const expected = STAGES.filter((stage) => stage !== 'erased' && !neverThere.includes(stage));
    expect([...reached].toSorted()).toEqual(expected.toSorted());
  });
});
