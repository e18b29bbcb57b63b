import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CheckNeeds, Finding } from '../../../src/application/checks/check.ts';
import { selfActivatingPlans } from '../../../src/application/checks/self-activating-plans.ts';
import type { Subscription } from '../../../src/domain/subscription.ts';
import { partErased } from '../../../src/domain/transitions/erasure.ts';
import { after, nextOf, rulesAt, seenFirst } from '../../unit/support/records.ts';
import { SITUATIONS } from '../../unit/transitions/situations.ts';
import { type Storage, startStorage } from '../backup/tool.ts';

/** The warning may be taken back by a purchase, and blames only what shows how the plan is set. */
const DAY = 86_400;
let storage: Storage;
beforeEach(async () => {
  storage = await startStorage();
});
afterEach(() => storage.close());

const looked = (): Promise<Finding> =>
  selfActivatingPlans.run({ records: storage.store, clock: () => after(9 * DAY) } as unknown as CheckNeeds);

let count = 0;
const bought = (status: string, planId: string, day: number): Subscription => {
  count += 1;
  const id = `b1a2c3d4-0000-4000-8000-${String(count).padStart(12, '0')}`;
  return seenFirst({ id, status, planId }, rulesAt(day * DAY));
};

test('of each plan the newest purchase decides', async () => {
  await storage.keep(bought('Subscribed', 'gold', 1), bought('PendingFulfillmentStart', 'silver', 1));
  expect(await looked()).toMatchObject({ state: 'warning', found: expect.stringMatching(/: [^,]*\/gold\.$/) });

  await storage.keep(bought('PendingFulfillmentStart', 'gold', 2));
  expect(await looked()).toMatchObject({ state: 'ok' });

  await storage.keep(bought('Subscribed', 'silver', 3));
  expect(await looked()).toMatchObject({ state: 'warning', found: expect.stringMatching(/: [^,]*\/silver\.$/) });
});

test('what was erased, or had ended before anybody saw it, shows nothing', async () => {
  const { record } = SITUATIONS.cancelled;
  const erased = nextOf(partErased({ ...record, activatedAt: record.firstSeenAt }, 'contact', rulesAt(8 * DAY)));
  await storage.keep(erased, bought('Unsubscribed', 'gold', 1));
  expect(await looked()).toMatchObject({ state: 'not-checked' });
});
