import type { Call } from './calls.ts';
import type { Fault, SwitchesPatch, TruthPatch } from './control-schema.ts';
import type { Order } from './purchases.ts';
import type { WireSubscription } from './subscription.ts';
import type { Switches } from './switches.ts';

export type { Call } from './calls.ts';
export type { Fault, SwitchesPatch, TruthPatch } from './control-schema.ts';
export type { Order } from './purchases.ts';
export type { WireSubscription } from './subscription.ts';

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
    calls: () => read<Call[]>('GET', '/calls'),
    clearCalls: () => tell('DELETE', '/calls'),
    faults: (fault: Fault) => tell('POST', '/faults', fault),
    clearFaults: () => tell('DELETE', '/faults'),
    switches: (switches: SwitchesPatch) => read<Switches>('POST', '/switches', switches),
    advanceClock: (advanceSeconds: number) => read<{ now: string }>('POST', '/clock', { advanceSeconds }),
  };
};
