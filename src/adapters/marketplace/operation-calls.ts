import type { Marketplace } from '../../application/ports.ts';
import { type Call, unexpected } from './fulfilment-call.ts';
import { LIMITS } from './retry.ts';
import { readOperation } from './wire.ts';

/** The window in which our word counts is 10 s (contract 4.2): a later one is of no use. */
const ACKNOWLEDGE = { totalMs: 5000, tries: 1 };

const pathOf = (id: string, operationId: string): string =>
  `/${encodeURIComponent(id)}/operations/${encodeURIComponent(operationId)}`;

/** The operations API (contract 3). */
export const operationCalls = (call: Call): Pick<Marketplace, 'getOperation' | 'acknowledge'> => ({
  async getOperation(id, operationId, context) {
    const answer = await call({
      operation: 'get-operation',
      method: 'GET',
      path: pathOf(id, operationId),
      context,
      limits: LIMITS[context.patience],
    });
    if (answer.status === 400 || answer.status === 404) return undefined;
    if (answer.status >= 400) throw unexpected('get-operation', answer);
    const operation = readOperation(answer.body);
    // One of another subscription says nothing about this one.
    return operation.subscriptionId === id.toLowerCase() && operation.id === operationId.toLowerCase()
      ? operation
      : undefined;
  },

  async acknowledge(id, operationId, context) {
    const answer = await call({
      operation: 'acknowledge',
      method: 'PATCH',
      path: pathOf(id, operationId),
      context,
      body: JSON.stringify({ status: 'Success' }),
      limits: ACKNOWLEDGE,
    });
    // 409: no longer open, which is as good.
    if (answer.status >= 400 && answer.status !== 409) throw unexpected('acknowledge', answer);
  },
});
