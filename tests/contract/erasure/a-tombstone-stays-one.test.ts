import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { onboard } from '../../../src/application/onboard.ts';
import type { OperatorAct } from '../../../src/application/operate.ts';
import { resolvePurchase } from '../../../src/application/resolve-purchase.ts';
import { takeOverTruth } from '../../../src/application/take-over-truth.ts';
import { type Case, DAY, startWorkers, type Workers } from './workers.ts';

// Nothing refills an erased record: no visit, no notice, no operator (P4).

let workers: Workers;
let one: Case;
beforeAll(async () => {
  workers = await startWorkers();
  one = await workers.cancelled();
  await workers.pass(one.id, 28 * DAY);
  await workers.pass(one.id, 4 * DAY);
});
afterAll(() => workers.close());

const unchanged = async (act: () => Promise<unknown>): Promise<void> => {
  const before = await workers.record(one.id);
  expect(before.stage).toBe('erased');
  await act();
  expect(await workers.record(one.id)).toEqual(before);
};

test('a visitor with a good purchase token sees that all is erased, and leaves no trace', () =>
  unchanged(async () => {
    const { purchaseToken } = await workers.marketplace.purchaseToken(one.id);
    const asked = { purchaseToken, visitor: one.purchaser, correlationId: randomUUID() };
    const view = await resolvePurchase(workers.needs, asked);
    expect(view).toMatchObject({
      id: one.id,
      stage: 'erased',
      badge: 'Data deleted',
      purchaserEmail: '',
      tenantId: '',
    });
    const again = { subscriptionId: one.id, contact: one.contact, visitor: one.purchaser };
    await expect(onboard(workers.needs, again)).rejects.toMatchObject({ code: 'subscription-not-found' });
  }));

test('whatever Microsoft says of it afterwards', () =>
  unchanged(async () => {
    await workers.marketplace.change(one.id, { status: 'Subscribed', quantity: 99 });
    await takeOverTruth(
      workers.needs,
      one.id,
      { correlationId: randomUUID(), patience: 'background' },
      { action: 'ChangeQuantity' },
    );
    await workers.settle(one.id);
  }));

test.each<[OperatorAct, string]>([
  ['confirm', 'subscription-cancelled'],
  ['activate', 'subscription-cancelled'],
  ['retry', 'subscription-cancelled'],
  ['hold', 'no-erasure'],
  ['release', 'no-erasure'],
])('an operator who would %s', (act, code) =>
  unchanged(() => expect(workers.act(one.id, act, 'Because')).rejects.toMatchObject({ code })),
);
