import type { Operation } from '../../domain/notice.ts';
import type { Party } from '../../domain/party.ts';
import type { Snapshot, Term } from '../../domain/subscription.ts';
import { unavailable } from './errors.ts';

export type Fields<Name extends string> = Partial<Record<Name, unknown>>;
type PartyFields = Fields<'emailId' | 'objectId' | 'tenantId'>;
type TermFields = Fields<'termUnit' | 'startDate' | 'endDate'>;
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
  'id' | 'subscriptionId' | 'action' | 'status' | 'operationRequestSource' | 'offerId' | 'planId' | 'quantity'
>;
type ResolvedFields = Fields<'id' | 'subscriptionName' | 'offerId' | 'planId' | 'quantity' | 'subscription'>;

export const fields = <Shape extends object>(value: unknown): Partial<Shape> =>
  typeof value === 'object' && value !== null ? value : {};

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** One spelling per GUID, because ids become keys of ours. */
export const guid = (value: unknown): string => text(value).toLowerCase();

const ZONE = /(?:z|utc|gmt|[+-]\d\d:?\d\d)$/i;

/**
 * One spelling per instant, in UTC and with its milliseconds only if there are any: Microsoft spells the same date in several
 * ways, with a zone and without. Its unset dates are of the year 1 (contract 2.2).
 */
const date = (value: unknown): string | undefined => {
  const spelt = text(value);
  const zone = spelt.includes('T') ? 'Z' : ' UTC';
  const instant = Date.parse(ZONE.test(spelt) ? spelt : `${spelt}${zone}`);
  return instant > 0 ? new Date(instant).toISOString().replace('.000Z', 'Z') : undefined;
};

export const quantityOf = (value: unknown): number | undefined => {
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

export const snapshotOf = (wire: SubscriptionFields): Snapshot => {
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

export const parse = (body: string): unknown => {
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
export const readOperation = (body: string): Operation => operationOf(parse(body));

const operationOf = (value: unknown): Operation => {
  const wire = fields<OperationFields>(value);
  const quantity = quantityOf(wire.quantity);
  return {
    id: guid(wire.id),
    subscriptionId: guid(wire.subscriptionId),
    action: text(wire.action),
    status: text(wire.status),
    source: text(wire.operationRequestSource),
    ...(text(wire.offerId) === '' ? {} : { offerId: text(wire.offerId) }),
    ...(text(wire.planId) === '' ? {} : { planId: text(wire.planId) }),
    ...(quantity === undefined ? {} : { quantity }),
  };
};

/**
 * Reads an answer of List Operations: `{}`, empty text and a list occur where none is under way (contract 3).
 *
 * @throws `marketplace-unavailable` when the body is neither empty nor JSON
 */
export const readOperations = (body: string): Operation[] => {
  if (body.trim() === '') return [];
  const answer = parse(body);
  return list(Array.isArray(answer) ? answer : fields<Fields<'operations'>>(answer).operations).map(operationOf);
};
