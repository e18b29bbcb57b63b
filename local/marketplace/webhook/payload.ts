import type { WireOperation } from '../operations/operation.ts';
import type { WireSubscription } from '../subscription.ts';
import type { Switches } from '../switches.ts';

type Json = Record<string, unknown>;

/** Before the change and after it; which of them the body shows depends on the action (contract 4.3). */
export type Snapshots = { before: WireSubscription; after: WireSubscription };

const nestedSubscription = (subscription: WireSubscription): Json => ({
  ...subscription,
  quantity: subscription.quantity ?? null,
  term: { ...subscription.term, chargeDuration: null },
});

/** The documented body, fields in its order. What is still to be accepted shows the subscription as it is. */
const fullPayload = (operation: WireOperation, { before, after }: Snapshots): Json => ({
  id: operation.id,
  activityId: operation.activityId,
  publisherId: operation.publisherId,
  offerId: operation.offerId,
  planId: operation.planId,
  quantity: operation.quantity ?? null,
  subscriptionId: operation.subscriptionId,
  timeStamp: operation.timeStamp,
  action: operation.action,
  status: operation.status,
  operationRequestSource: operation.operationRequestSource,
  subscription: nestedSubscription(operation.status === 'InProgress' ? before : after),
  purchaseToken: null,
});

const withNested = (payload: Json, change: (subscription: Json) => Json): Json => {
  const nested = payload['subscription'];
  return typeof nested === 'object' ? { ...payload, subscription: change(nested as Json) } : payload;
};

const changed = (payload: Json, names: readonly string[], change: (value: unknown) => unknown): Json => ({
  ...payload,
  ...Object.fromEntries(names.filter((name) => name in payload).map((name) => [name, change(payload[name])])),
});

const without = (payload: Json, name: string): Json =>
  Object.fromEntries(Object.entries(payload).filter(([one]) => one !== name));

const MINIMAL = ['id', 'activityId', 'operationRequestSource', 'subscriptionId', 'timeStamp', 'action'];
const IDS = ['id', 'subscriptionId', 'offerId', 'planId'];

const asText = (quantity: unknown): string => (typeof quantity === 'number' ? String(quantity) : '');
const padded = (text: unknown): string => `${text as string} `;

type Variation = Switches['webhookPayload'][number];

/** What each variation does to the body (contract 4.3). */
const VARIATIONS: Record<Variation, (payload: Json, snapshots: Snapshots) => Json> = {
  'extra-fields': (payload) => ({
    ...withNested(payload, (nested) => ({ ...nested, billingPlan: { cadence: 'P1M' } })),
    schemaVersion: 7,
    correlation: { vector: ['a', 1, null] },
  }),
  'string-quantities': (payload) =>
    withNested(changed(payload, ['quantity'], asText), (nested) => changed(nested, ['quantity'], asText)),
  'no-quantities': (payload) => withNested(without(payload, 'quantity'), (nested) => without(nested, 'quantity')),
  padded: (payload) =>
    withNested(changed(payload, IDS, padded), (nested) =>
      changed(nested, [...IDS, 'saasSubscriptionStatus'], (text) => ` ${padded(text)}`),
    ),
  'old-status': (payload) => changed(payload, ['status'], (status) => (status === 'Succeeded' ? 'Success' : status)),
  'nested-status-before': (payload, { before }) =>
    withNested(payload, (nested) => ({ ...nested, saasSubscriptionStatus: before.saasSubscriptionStatus })),
  minimal: (payload) => Object.fromEntries(MINIMAL.map((name) => [name, payload[name]])),
  'minimal-reinstate': (payload) =>
    payload['action'] === 'Reinstate'
      ? { subscriptionId: payload['subscriptionId'], operationType: 'Reinstate' }
      : payload,
};

/** The body of a webhook, varied as the switch says: variations apply in the order of the table above. */
export const payloadOf = (
  operation: WireOperation,
  snapshots: Snapshots,
  variations: Switches['webhookPayload'],
): string => {
  let payload = fullPayload(operation, snapshots);
  for (const [name, vary] of Object.entries(VARIATIONS))
    if (variations.includes(name as Variation)) payload = vary(payload, snapshots);
  return JSON.stringify(payload);
};
