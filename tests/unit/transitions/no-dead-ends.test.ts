import { describe, expect, test } from '@jest/globals';
import { type ActivationPolicy, type Outcome, type Rules, UNCHANGED } from '../../../src/domain/outcome.ts';
import { whoseTurn } from '../../../src/domain/standing.ts';
import type { Attempts, Subscription } from '../../../src/domain/subscription.ts';
import { nextStep } from '../../../src/domain/transitions/steps.ts';
import { workspaceDueAt } from '../../../src/domain/transitions/workspace.ts';
import { sweepAt, workDueAt } from '../../../src/domain/work.ts';
import { type Event, nextOf, rulesAt } from '../support/records.ts';
import { answers, callClaimed, claims, createsAdminUser, createsOrganization, EVENTS, says } from './events.ts';
import { type Found, type Happenings, search } from './search.ts';

const HOUR = 3700;
const THREE_DAYS = 3 * 86_400 + 1;
// So many happenings lead from the first visit to an accepted call.
const DEPTH = 9;

const onlyWhile =
  (isSo: (record: Subscription) => unknown, event: Event): Event =>
  (record, rules) =>
    isSo(record) ? event(record, rules) : UNCHANGED;

const claimedBy = (pick: (record: Subscription) => Attempts | undefined) => (record: Subscription) =>
  pick(record)?.claim;
const organization = claimedBy(({ steps }) => steps.organization);
const adminUser = claimedBy(({ steps }) => steps['admin-user']);
const call = claimedBy(({ activation }) => activation);

/** What people, workers, Microsoft and time do to a record, good and bad; workers answer what they claimed. */
const happenings = (policy: ActivationPolicy): Happenings => ({
  onboard: EVENTS['onboard, same contact'],
  'organization claimed': claims('organization'),
  'organization created': onlyWhile(organization, EVENTS['organization created']),
  'organization existed': onlyWhile(organization, EVENTS['organization existed']),
  'organization failed': onlyWhile(organization, EVENTS['organization failed']),
  'organization delayed': onlyWhile(organization, EVENTS['organization delayed']),
  'admin user claimed': claims('admin-user'),
  'admin user created': onlyWhile(adminUser, EVENTS['admin user created']),
  'admin user failed': onlyWhile(adminUser, EVENTS['admin user failed']),
  'admin user delayed': onlyWhile(adminUser, EVENTS['admin user delayed']),
  'confirm, no reason': EVENTS['confirm, no reason'],
  'confirm, reason': EVENTS['confirm, reason'],
  'buyer activates': EVENTS[`buyer activates, policy ${policy}`],
  'operator activates': EVENTS[`operator activates, policy ${policy}, reason`],
  'call claimed': callClaimed,
  'call accepted': onlyWhile(call, EVENTS['call accepted']),
  'call to be looked at': onlyWhile(call, EVENTS['call to be looked at']),
  'call failed': onlyWhile(call, EVENTS['call failed']),
  'call delayed': EVENTS['call delayed'],
  'still pending': EVENTS['still pending'],
  retry: EVENTS['retry, reason'],
  'Microsoft says Subscribed': EVENTS['Microsoft says Subscribed'],
  'Microsoft says Suspended': EVENTS['Microsoft says Suspended'],
  'Microsoft says something new': EVENTS['Microsoft says something new'],
  'an hour passes': HOUR,
  'three days pass': THREE_DAYS,
});

const ofStep = {
  organization: { claimed: claims('organization'), done: createsOrganization(false) },
  'admin-user': { claimed: claims('admin-user'), done: createsAdminUser },
};

/** What a worker does that meets no trouble. */
const work = (record: Subscription, rules: Rules): Outcome => {
  if (record.stage === 'activating' && record.activation?.answer) return says('Subscribed')(record, rules);
  const step = nextStep(record);
  const { claimed, done } = step ? ofStep[step] : { claimed: callClaimed, done: answers('accepted') };
  const taken = claimed(record, rules);
  // Work that workers died over for three days is given up instead.
  const isGivenUp =
    taken.kind === 'changed' && (step ? nextStep(taken.next) : taken.next.stage) !== (step ?? 'activating');
  return isGivenUp ? taken : done(nextOf(taken), rules);
};

/** What the one whose turn it is does, by `who action`. */
const turns = (policy: ActivationPolicy): Record<string, Event> => ({
  'buyer onboard': EVENTS['onboard, same contact'],
  'publisher set-up': work,
  'publisher retry': EVENTS['retry, no reason'],
  'publisher confirm': EVENTS['confirm, reason'],
  'buyer activate': EVENTS[`buyer activates, policy ${policy}`],
  'publisher activate': EVENTS[`operator activates, policy ${policy}, reason`],
  'microsoft activate': work,
  'buyer pay': says('Subscribed'),
});

/** Lets everybody do what the record says is their turn, an hour apart; answers how it went, unless it is active. */
const stuck = (found: Found, record: Subscription, policy: ActivationPolicy): string | undefined => {
  const done: string[] = [];
  let current = record;
  for (let round = 1; current.stage !== 'active'; round += 1) {
    const { who, action } = whoseTurn(current, policy);
    done.push(`${who} ${action}`);
    const turn = turns(policy)[`${who} ${action}`];
    const outcome = turn?.(current, rulesAt(found.seconds + round * HOUR, { policy }));
    if (outcome?.kind !== 'changed' || round > 12) return `${found.path.join(' > ')} >> ${done.join(' > ')}`;
    current = outcome.next;
  }
  return undefined;
};

describe('whatever went wrong before', () => {
  test.each<ActivationPolicy>(['buyer', 'operator', 'when-ready'])(
    'policy %s: a subscription becomes active when everybody does what is their turn, and no work is forgotten',
    (policy) => {
      let looked = 0;
      const deadEnds: (string | undefined)[] = [];
      const forgotten: string[] = [];

      for (const { from, event, outcome } of search(happenings(policy), { policy }, { depth: DEPTH })) {
        if (outcome.kind !== 'changed') continue;
        const { next } = outcome;
        const here = { ...from, path: [...from.path, event] };
        looked += 1;
        deadEnds.push(stuck(here, next, policy));
        const hasWork =
          nextStep(next) !== undefined || next.stage === 'activating' || workspaceDueAt(next) !== undefined;
        const isSeen = workDueAt(next, 'provisioning') !== undefined && sweepAt(next) !== undefined;
        if (hasWork !== (workDueAt(next, 'provisioning') !== undefined) || (hasWork && !isSeen)) {
          forgotten.push(here.path.join(' > '));
        }
      }

      expect(looked).toBeGreaterThan(1000);
      expect(deadEnds.filter((end) => end !== undefined).slice(0, 5)).toEqual([]);
      expect(forgotten.slice(0, 5)).toEqual([]);
    },
  );
});
