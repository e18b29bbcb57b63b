import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CheckNeeds } from '../../../src/application/checks/check.ts';
import { selfActivatingPlans } from '../../../src/application/checks/self-activating-plans.ts';
import type { Subscription } from '../../../src/domain/subscription.ts';
import { observed } from '../../../src/domain/transitions/observation.ts';
import { nextOf, rulesAt, snapshot } from '../../unit/support/records.ts';
import { SITUATIONS } from '../../unit/transitions/situations.ts';
import { type Storage, startStorage } from './tool.ts';

/**
 * Between a backup and the loss we may have started billing ourselves. The record that comes back does not know it: nobody is
 * told that Microsoft bills too early, or that the plan activates by itself.
 */
let storage: Storage;
beforeAll(async () => {
  storage = await startStorage();
});
afterAll(() => storage.close());

const { record } = SITUATIONS['awaiting-confirmation, admin user held'];
const LATER = 700;

/** Microsoft says that it is billed; what the record becomes, and what the doctor says then. */
const billed = async (before: Subscription) => {
  const next = nextOf(observed(before, snapshot({ status: 'Subscribed' }), {}, rulesAt(LATER)));
  await storage.keep(next);
  const looked = await selfActivatingPlans.run({
    records: storage.store,
    clock: () => rulesAt(LATER).now,
  } as unknown as CheckNeeds);
  return { mails: next.mails.filter(({ kind }) => kind === 'already-billed').length, state: looked.state };
};

test('a purchase that came back is billed without a word of blame', async () => {
  await storage.keep(record);
  await storage.save();
  expect(await billed(record)).toEqual({ mails: 1, state: 'warning' });

  await storage.lose();
  await storage.restore();
  const restored = await storage.lies.record(record.id);

  expect(restored.restoredAt).toMatch(/^\d{4}-/);
  expect(await billed(restored)).toEqual({ mails: 0, state: 'not-checked' });
});
