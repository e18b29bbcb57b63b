import { randomUUID } from 'node:crypto';
import { fromChunks } from '../../../src/adapters/storage/rows.ts';
import type { Stage, Subscription } from '../../../src/domain/subscription.ts';
import { eventually } from '../../support/eventually.ts';
import type { World } from '../../support/world.ts';
import { stored } from '../workers/stored.ts';

/** The kinds of purchase that callers try: who bought, how Microsoft names them, who has resolved it. */
const KINDS = {
  own: { purchaser: 'buyer', visitors: ['buyer', 'colleague'] },
  unvisited: { purchaser: 'buyer', visitors: ['buyer-without-mail'] },
  resold: { purchaser: 'reseller', beneficiary: 'buyer', visitors: ['reseller', 'buyer', 'colleague'] },
  personal: { purchaser: 'personal', visitors: ['personal'] },
  /** Microsoft names another object id, as it may for personal accounts: the e-mail claim binds the first visitor. */
  'personal-by-email': { purchaser: 'personal', isOtherObjectId: true, visitors: ['personal'] },
  'personal-unbound': { purchaser: 'personal', isOtherObjectId: true, visitors: [] },
} satisfies Record<string, { purchaser: string; beneficiary?: string; isOtherObjectId?: boolean; visitors: string[] }>;

export type PurchaseKind = keyof typeof KINDS;

/** How far a purchase is brought before it is tried. */
export type Point =
  | 'bought'
  | 'resolved'
  | 'awaiting-confirmation'
  | 'confirmed'
  | 'activation-failed'
  | 'cancelled'
  | 'billed';

export type Purchase = { kind: PurchaseKind; point: Point; id: string; purchaseToken: string };

/** The address that a personal purchase is made under. */
const PERSONAL_EMAIL = 'Pia@Outlook.example';

/** Buys many at once and brings each to its point, through public interfaces only. */
export const preparePurchases = async (
  world: World,
  wanted: { kind: PurchaseKind; point: Point }[],
): Promise<Purchase[]> => {
  const { api, marketplace } = world;
  const storage = stored(world.storage.connectionString);

  const buy = async ({ kind, point }: { kind: PurchaseKind; point: Point }): Promise<Purchase> => {
    const { visitors, isOtherObjectId, ...order } = { isOtherObjectId: false, ...KINDS[kind] };
    const { subscriptionId: id, purchaseToken } = await marketplace.purchase({ planId: 'starter', ...order });
    if (isOtherObjectId) {
      const elsewhere = { objectId: randomUUID(), emailId: PERSONAL_EMAIL };
      await marketplace.change(id, { purchaser: elsewhere, beneficiary: elsewhere });
    }
    // Billed by Microsoft from the purchase on, and with all rights: a reseller's customer would have none.
    if (point === 'billed')
      await marketplace.change(id, {
        status: 'Subscribed',
        allowedCustomerOperations: ['Read', 'Update', 'Delete'],
      });
    if (point !== 'bought') for (const visitor of visitors) await expectDone(api.resolve(visitor, purchaseToken));
    const [first] = visitors;
    if (point === 'cancelled' && first !== undefined) {
      await marketplace.change(id, { status: 'Unsubscribed' });
      await expectDone(api.resolve(first, purchaseToken));
    } else if (!['bought', 'resolved', 'billed'].includes(point) && first !== undefined)
      await expectDone(api.onboard(first, id));
    return { kind, point, id, purchaseToken };
  };

  const purchases: Purchase[] = [];
  for (const one of wanted) purchases.push(await buy(one));
  const at = (...points: Point[]) => purchases.filter(({ point }) => points.includes(point));

  const records = async (): Promise<Subscription[]> =>
    (await storage.rows('Subscriptions'))
      .filter(({ rowKey }) => rowKey.startsWith('sub|'))
      .map((row) => fromChunks(row) as Subscription);
  /** Waits until all of them stand so and nothing is under way any more. */
  const settled = async (some: Purchase[], stage: Stage): Promise<void> => {
    const ids = some.map(({ id }) => id);
    const own = async () => (await records()).filter(({ id }) => ids.includes(id));
    const isSettled = (record: Subscription) =>
      record.stage === stage && record.mails.every(({ state }) => state !== 'pending');
    await eventually(own, (found) => found.length === ids.length && found.every(isSettled), 40_000);
  };

  await settled(at('billed'), 'resolved');
  await settled(at('awaiting-confirmation', 'confirmed', 'activation-failed'), 'awaiting-confirmation');
  const confirmed = at('confirmed', 'activation-failed');
  for (const { id } of confirmed) await expectDone(api.operate('operator', id, 'confirm'));
  await settled(confirmed, 'confirmed');

  const failed = at('activation-failed');
  if (failed.length > 0) await marketplace.faults({ operation: 'activate', status: 403, times: failed.length });
  for (const { id } of failed) await expectDone(api.operate('operator', id, 'activate', { reason: 'to see it fail' }));
  await settled(failed, 'activation-failed');
  return purchases;
};

const expectDone = async (asked: Promise<{ status: number; body: unknown }>): Promise<void> => {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`A purchase could not be prepared: ${status} ${JSON.stringify(body)}`);
};
