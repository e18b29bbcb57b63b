import type { Marketplace } from '../../application/ports.ts';
import { purchaseTokenInvalid, unavailable } from './errors.ts';
import { type FulfilmentSettings, fulfilmentCall, unexpected } from './fulfilment-call.ts';
import { listCall } from './list-call.ts';
import { operationCalls } from './operation-calls.ts';
import { readPlans } from './plan-wire.ts';
import { LIMITS } from './retry.ts';
import { readResolved, readSubscription } from './wire.ts';

/** Microsoft's SaaS fulfilment API v2 over HTTP (contract 2, 3). */
export const fulfilmentClient = (settings: FulfilmentSettings): Marketplace => {
  const call = fulfilmentCall(settings);

  return {
    ...operationCalls(call),
    ...listCall(call),

    async resolve(purchaseToken, context) {
      // Such a value cannot stand in a header, and the complaint of fetch would quote it.
      if (!/^[\x20-\x7e]+$/.test(purchaseToken)) throw purchaseTokenInvalid('resolve: not sent, no printable ASCII');
      const headers = { 'x-ms-marketplace-token': purchaseToken };
      const answer = await call({ operation: 'resolve', method: 'POST', path: '/resolve', context, headers });
      if (answer.status === 400 || answer.status === 404)
        throw purchaseTokenInvalid(`resolve: ${answer.status} ${answer.body}`);
      if (answer.status >= 400) throw unexpected('resolve', answer);
      return readResolved(answer.body);
    },

    async get(id, context) {
      const answer = await call({ operation: 'get', method: 'GET', path: `/${encodeURIComponent(id)}`, context });
      if (answer.status === 404) return undefined;
      if (answer.status >= 400) throw unexpected('get', answer);
      const snapshot = readSubscription(answer.body);
      if (snapshot.id !== id.toLowerCase()) throw unavailable('get: the answer is of another subscription');
      return snapshot;
    },

    async activate(id, { planId, quantity }, context) {
      const answer = await call({
        operation: 'activate',
        method: 'POST',
        path: `/${encodeURIComponent(id)}/activate`,
        context,
        body: JSON.stringify({ planId, quantity }),
        // A call whose answer is lost is not made again before Microsoft was asked what came of it (contract 2.4).
        limits: { ...LIMITS[context.patience], tries: 1 },
      });
      if (answer.status < 300) return 'accepted';
      if ([400, 404, 409].includes(answer.status)) return 'look';
      throw unexpected('activate', answer);
    },

    async listAvailablePlans(id, context, timeoutMs) {
      const answer = await call({
        operation: 'plans',
        method: 'GET',
        path: `/${encodeURIComponent(id)}/listAvailablePlans`,
        context,
        limits: { ...LIMITS[context.patience], totalMs: timeoutMs },
      });
      if (answer.status === 404) return [];
      if (answer.status >= 400) throw unexpected('plans', answer);
      return readPlans(answer.body);
    },
  };
};
