import { mayHaveWorkspace, organizationOf } from './organization.ts';
import type { Party } from './party.ts';
import type { Actor, Erasure, Subscription, TimelineEntry } from './subscription.ts';

const pick = <K extends keyof Subscription>(record: Subscription, names: readonly K[]): Pick<Subscription, K> =>
  Object.fromEntries(names.filter((name) => record[name] !== undefined).map((name) => [name, record[name]])) as Pick<
    Subscription,
    K
  >;

/** What was bought, from when to when, and what it is found by: all that is kept for ever (design P4). */
const EVIDENCE = [
  'id',
  'version',
  'correlationId',
  'firstSeenAt',
  'updatedAt',
  'observedAt',
  'offerId',
  'planId',
  'quantity',
  'term',
  'isTest',
  'isFreeTrial',
  'marketplaceStatus',
  'stageSince',
  'steps',
  'activatedAt',
  'cancelledAt',
] as const;

/** What the workspace's part still needs, and what mirrors Microsoft, without a person in it. */
const UNTIL_THE_END = [
  'autoRenew',
  'createdAt',
  'allowedCustomerOperations',
  'workspace',
  'adoptedAt',
  'requestedAt',
] as const;

const NOBODY: Party = { tenantId: '', objectId: '', email: '' };

const nobodyOf = ({ tenantId }: Party): Party => ({ ...NOBODY, tenantId });

const datesOf = ({ contactDueAt, workspaceDueAt, warned, warnedAt, ...erased }: Erasure): Erasure => ({
  attempts: 0,
  contactDueAt,
  workspaceDueAt,
  ...(warned === undefined ? {} : { warned }),
  ...(warnedAt === undefined ? {} : { warnedAt }),
  ...(erased.contactErasedAt === undefined ? {} : { contactErasedAt: erased.contactErasedAt }),
  ...(erased.workspaceErasedAt === undefined ? {} : { workspaceErasedAt: erased.workspaceErasedAt }),
});

/** What is kept of a subscription when all else is erased: nothing in it is about a person. */
export const tombstoneOf = (record: Subscription): Subscription => ({
  ...pick(record, EVIDENCE),
  name: record.id,
  purchaser: NOBODY,
  beneficiary: NOBODY,
  bound: {},
  allowedCustomerOperations: [],
  stage: 'erased',
  visits: [],
  mails: [],
  ...(record.erasure ? { erasure: datesOf(record.erasure) } : {}),
});

/**
 * The record without the people in it. Until the workspace's part is done the tenant stays, the id of an organization that was
 * made, and an operator's hold on that part.
 */
export const withoutContact = (record: Subscription): Subscription => {
  const { erasure, stage, purchaser, beneficiary } = record;
  const organizationId = mayHaveWorkspace(record) ? organizationOf(record) : undefined;
  return {
    ...tombstoneOf(record),
    ...pick(record, UNTIL_THE_END),
    stage,
    purchaser: nobodyOf(purchaser),
    beneficiary: nobodyOf(beneficiary),
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(erasure ? { erasure } : {}),
  };
};

/** Whether the people in the record are erased: nothing brings them back (design P4). */
export const isWithoutContact = ({ stage, erasure }: Subscription): boolean =>
  stage === 'erased' || erasure?.contactErasedAt !== undefined;

const anonymous = (actor: Actor): Actor => {
  if (actor.kind === 'operator') return { kind: 'operator', objectId: '', name: '' };
  return actor.kind === 'buyer' ? { ...actor, objectId: '' } : actor;
};

/** What is left of a line of history: when, what, and which side did it. */
export const anonymousEntry = ({ at, what, actor }: TimelineEntry): TimelineEntry => ({
  at,
  what,
  actor: anonymous(actor),
});
