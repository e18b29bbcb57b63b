import type { Stage, Subscription } from '../../../src/domain/subscription.ts';
import { type Event, play, seenFirst } from '../support/records.ts';
import {
  answers,
  callClaimed,
  callFails,
  claims,
  confirms,
  createsAdminUser,
  createsOrganization,
  EVENTS,
  fails,
  onboards,
  operatorActivates,
  says,
} from './events.ts';

const made: Event[] = [onboards(), claims('organization'), createsOrganization(false)];
const held: Event[] = [onboards(), claims('organization'), createsOrganization(true)];
const setUp: Event[] = [...made, claims('admin-user'), createsAdminUser];
const confirmed: Event[] = [...setUp, confirms()];
const requested: Event[] = [...confirmed, operatorActivates('operator')];
const accepted: Event[] = [...requested, callClaimed, answers('accepted')];
const active: Event[] = [...accepted, says('Subscribed')];
const cancelled: Event[] = [...active, says('Unsubscribed')];

const erased = (record: Subscription): Subscription => {
  const { contact: _contact, ...left } = record;
  const nobody = { tenantId: '', objectId: '', email: '' };
  return { ...left, stage: 'erased', name: '', purchaser: nobody, beneficiary: nobody, visits: [], mails: [] };
};

const situation = (stage: Stage, record: Subscription) => ({ stage, record });
const story = (stage: Stage, events: Event[], first = seenFirst()) => situation(stage, play(first, events));

/** Records in every stage, the steps and the call in every state that matters there; each played from the first visit. */
export const SITUATIONS = {
  resolved: story('resolved', []),
  provisioning: story('provisioning', [onboards()]),
  'provisioning, worker busy': story('provisioning', [onboards(), claims('organization'), EVENTS['mail claimed']]),
  'provisioning, organization done': story('provisioning', made),
  'provisioning, organization failed': story('provisioning', [
    onboards(),
    claims('organization'),
    fails('organization'),
  ]),
  'provisioning, admin user failed': story('provisioning', [...made, claims('admin-user'), fails('admin-user')]),
  'awaiting-confirmation': story('awaiting-confirmation', setUp),
  'awaiting-confirmation, already Subscribed': story(
    'awaiting-confirmation',
    setUp,
    seenFirst({ status: 'Subscribed' }),
  ),
  'awaiting-confirmation, admin user held': story('awaiting-confirmation', held),
  'awaiting-confirmation, hold lifted': story('awaiting-confirmation', [...held, confirms()]),
  confirmed: story('confirmed', confirmed),
  activating: story('activating', requested),
  'activating, worker busy': story('activating', [...requested, callClaimed]),
  'activating, accepted': story('activating', accepted),
  'activating, to be looked at': story('activating', [...requested, callClaimed, answers('look')]),
  'activating, answer lost': story('activating', [...requested, callClaimed, answers('lost')]),
  'activation-failed': story('activation-failed', [...requested, callClaimed, callFails]),
  active: story('active', active),
  suspended: story('suspended', [...active, says('Suspended')]),
  cancelled: story('cancelled', cancelled),
  'cancelled, set-up running': story('cancelled', [onboards(), claims('organization'), says('Unsubscribed')]),
  erased: situation('erased', erased(play(seenFirst(), cancelled))),
} as const;

export type SituationName = keyof typeof SITUATIONS;
