import type { Plan } from '../../application/ports.ts';
import type { Operation } from '../../domain/notice.ts';
import type { Party } from '../../domain/party.ts';
import type { Snapshot, Term } from '../../domain/subscription.ts';
import { unavailable } from './errors.ts';

type Fields<Name extends string> = Partial<Record<Name, unknown>>;
type PartyFields = Fields<'emailId' | 'objectId' | 'tenantId'>;
type TermFields = Fields<'termUnit' | 'startDate' | 'endDate'>;
type PlanFields = Fields<'planId' | 'displayName'>;
type SubscriptionFields = Fields<
  | 'id'
  | 'name'
  | 'offerId'
  | 'planId'
  | 'quantity'
  | 'purchaser'
  | 'beneficiary'
  | 'term'
  | 'autoRenew'
  | 'isTest'
  | 'isFreeTrial'
  | 'allowedCustomerOperations'
  | 'created'
  | 'saasSubscriptionStatus'
>;
type OperationFields = Fields<
  'id' | 'subscriptionId' | 'action' | 'status' | 'operationRequestSource' | 'planId' | 'quantity'
>;
type ResolvedFields = Fields<'id' | 'subscriptionName' | 'offerId' | 'planId' | 'quantity' | 'subscription'>;

const fields = <Shape extends object>(value: unknown): Partial<Shape> =>
  typeof value === 'object' && value !== null ? value : {};

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** One spelling per GUID, because ids become keys of ours. */
const guid = (value: unknown): string => text(value).toLowerCase();

/** Microsoft's unset dates are of the year 1 (contract 2.2). */
const date = (value: unknown): string | undefined => (Date.parse(text(value)) > 0 ? text(value) : undefined);

const quantityOf = (value: unknown): number | undefined => {
  const quantity = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof quantity === 'number' && Number.isSafeInteger(quantity) && quantity >= 0 ? quantity : undefined;
};

const partyOf = (value: unknown): Party => {
  const party = fields<PartyFields>(value);
  return { tenantId: guid(party.tenantId), objectId: guid(party.objectId), email: text(party.emailId) };
};

const termOf = (value: unknown): Term | undefined => {
  const term = fields<TermFields>(value);
  const termUnit = text(term.termUnit);
  const startDate = date(term.startDate);
  const endDate = date(term.endDate);
  if (termUnit === '' && startDate === undefined && endDate === undefined) return undefined;
  return {
    ...(termUnit === '' ? {} : { termUnit }),
    ...(startDate === undefined ? {} : { startDate }),
    ...(endDate === undefined ? {} : { endDate }),
  };
};

const snapshotOf = (wire: SubscriptionFields): Snapshot => {
  const id = guid(wire.id);
  // It becomes a table key and a path segment: a slash or a dot there would mean something else.
  if (!/^[\w-]{1,100}$/.test(id)) throw unavailable('the answer names no subscription');
  const quantity = quantityOf(wire.quantity);
  const term = termOf(wire.term);
  const createdAt = date(wire.created);
  return {
    id,
    name: text(wire.name),
    offerId: text(wire.offerId),
    planId: text(wire.planId),
    ...(quantity === undefined ? {} : { quantity }),
    purchaser: partyOf(wire.purchaser),
    beneficiary: partyOf(wire.beneficiary),
    ...(term === undefined ? {} : { term }),
    ...(typeof wire.autoRenew === 'boolean' ? { autoRenew: wire.autoRenew } : {}),
    isTest: wire.isTest === true,
    isFreeTrial: wire.isFreeTrial === true,
    allowedCustomerOperations: list(wire.allowedCustomerOperations)
      .map(text)
      .filter((name) => name !== '')
      .sort(),
    ...(createdAt === undefined ? {} : { createdAt }),
    status: text(wire.saasSubscriptionStatus),
  };
};

const parse = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    // The parser's message quotes the body, and with it people's addresses.
    throw unavailable('the answer is not JSON');
  }
};

/**
 * Reads an answer of Get Subscription, forgiving all that was ever seen (contract 2.2): padding, quantities as text,
 * missing parties, unknown fields. Ids are lower-cased, allowed operations sorted.
 *
 * @throws `marketplace-unavailable` when the body is no JSON or has no usable id
 */
export const readSubscription = (body: string): Snapshot => snapshotOf(fields<SubscriptionFields>(parse(body)));

/**
 * Reads an answer of Resolve (contract 2.3). The nested subscription wins, because it is what Get would answer; the outer
 * fields fill what it lacks.
 *
 * @throws `marketplace-unavailable` when the body is no JSON, has no usable id, or speaks of two subscriptions
 */
export const readResolved = (body: string): Snapshot => {
  const outer = fields<ResolvedFields>(parse(body));
  const nested = fields<SubscriptionFields>(outer.subscription);
  const id = guid(outer.id) || guid(nested.id);
  if (guid(nested.id) !== '' && guid(nested.id) !== id) throw unavailable('the answer names two subscriptions');
  return snapshotOf({
    ...nested,
    id,
    name: text(nested.name) || outer.subscriptionName,
    offerId: text(nested.offerId) || outer.offerId,
    planId: text(nested.planId) || outer.planId,
    quantity: quantityOf(nested.quantity) ?? outer.quantity,
  });
};

/**
 * Reads an answer of Get Operation (contract 3). A missing source is Microsoft's own.
 *
 * @throws `marketplace-unavailable` when the body is no JSON
 */
export const readOperation = (body: string): Operation => {
  const wire = fields<OperationFields>(parse(body));
  const quantity = quantityOf(wire.quantity);
  return {
    id: guid(wire.id),
    subscriptionId: guid(wire.subscriptionId),
    action: text(wire.action),
    status: text(wire.status),
    source: text(wire.operationRequestSource),
    ...(text(wire.planId) === '' ? {} : { planId: text(wire.planId) }),
    ...(quantity === undefined ? {} : { quantity }),
  };
};

/**
 * Reads an answer of List Available Plans: empty text, `{}` and a bare list occur (contract 2.7). A plan without a name is
 * called by its id.
 *
 * @throws `marketplace-unavailable` when the body is neither empty nor JSON
 */
export const readPlans = (body: string): Plan[] => {
  if (body.trim() === '') return [];
  const answer = parse(body);
  return list(Array.isArray(answer) ? answer : fields<Fields<'plans'>>(answer).plans)
    .map((value) => fields<PlanFields>(value))
    .map((plan) => ({ planId: text(plan.planId), displayName: text(plan.displayName) || text(plan.planId) }))
    .filter((plan) => plan.planId !== '');
};
