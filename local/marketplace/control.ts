import type { Call } from './calls.ts';
import type { Fault, TruthPatch } from './control-schema.ts';
import type { Act } from './operations/act.ts';
import type { WireOperation } from './operations/operation.ts';
import type { Order } from './purchases.ts';
import type { WireSubscription } from './subscription.ts';
import type { Switches, SwitchesPatch } from './switches.ts';
import type { WebhookConfig } from './webhook/config.ts';
import type { Delivery } from './webhook/deliveries.ts';

export type { Call } from './calls.ts';
export type { Fault, TruthPatch } from './control-schema.ts';
export type { Act } from './operations/act.ts';
export type { WireOperation } from './operations/operation.ts';
export type { Order } from './purchases.ts';
export type { WireSubscription } from './subscription.ts';
export type { Switches, SwitchesPatch } from './switches.ts';
export type { WebhookConfig } from './webhook/config.ts';
export type { Delivery } from './webhook/deliveries.ts';

/** A purchase as the buyer's browser carries it; the purchase token is not percent-encoded, in the address it is. */
export type Bought = { subscriptionId: string; purchaseToken: string; landingUrl: string };

/** What Microsoft knows of a subscription (see `Purchase` for the two counts). */
export type Truth = { subscription: WireSubscription; activations: number; activateCalls: number };

/** Drives the simulated Marketplace at `url` from any process. Every call throws with the reason if it is refused. */
export const marketplaceControl = (url: string) => {
  const send = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const answer = await fetch(`${url}/control${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`${method} /control${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const read = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> =>
    (await (await send(method, path, body)).json()) as Answer;
  const tell = async (method: string, path: string, body?: unknown): Promise<void> => {
    await send(method, path, body);
  };

  return {
    purchase: (order: Order) => read<Bought>('POST', '/purchases', order),
    /** A fresh purchase token, as Configure account and Manage account make one. */
    purchaseToken: (id: string) => read<Bought>('POST', `/subscriptions/${id}/purchase-token`),
    truth: (id: string) => read<Truth>('GET', `/subscriptions/${id}`),
    change: (id: string, patch: TruthPatch) => read<Truth>('PATCH', `/subscriptions/${id}`, patch),
    /** Does what the customer or Microsoft does; answers the operation that began. */
    act: (id: string, what: Act) => read<WireOperation>('POST', `/subscriptions/${id}/actions`, what),
    /** All operations of a subscription, oldest first, ended ones included. */
    operations: (id: string) => read<WireOperation[]>('GET', `/subscriptions/${id}/operations`),
    /** Where the publisher is told, from now on; `null`: nowhere. */
    webhook: (config: WebhookConfig | null) => tell('POST', '/webhook', config),
    /** Every call of the webhook, oldest first; of one subscription if given. */
    deliveries: (id?: string) =>
      read<Delivery[]>('GET', `/deliveries${id === undefined ? '' : `?subscriptionId=${encodeURIComponent(id)}`}`),
    clearDeliveries: () => tell('DELETE', '/deliveries'),
    /** Calls the webhook once with anything, and answers what came of it: text as it is, everything else as JSON. */
    deliver: (body: unknown, contentType?: string) =>
      read<Delivery>('POST', '/deliveries', { body, ...(contentType === undefined ? {} : { contentType }) }),
    calls: () => read<Call[]>('GET', '/calls'),
    clearCalls: () => tell('DELETE', '/calls'),
    faults: (fault: Fault) => tell('POST', '/faults', fault),
    clearFaults: () => tell('DELETE', '/faults'),
    /** Turns switches, none if given none; answers all of them. */
    switches: (switches: SwitchesPatch = {}) => read<Switches>('POST', '/switches', switches),
    /** Moves the clock; answers when all that fell due on the way is done, calls of the webhook included. */
    advanceClock: (advanceSeconds: number) => read<{ now: string }>('POST', '/clock', { advanceSeconds }),
  };
};
