// Issue 4: what was bought before ADOPT_CREATED_BEFORE is taken over as it is: no mail, no set-up, no reminder until `start`.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { type Comparison, startComparison } from './comparison.ts';

let comparison: Comparison;
beforeAll(async () => {
  comparison = await startComparison({ env: { ADOPT_CREATED_BEFORE: '2100-01-01T00:00:00Z' } });
});
afterAll(() => comparison.close());

const mails = async (): Promise<number> => (await comparison.mailbox.mails()).length;

test('billed, suspended and unanswered ones get their records, and nobody hears of it', async () => {
  const billed = await comparison.billed();
  const suspended = await comparison.billed();
  await comparison.secretly(suspended, { status: 'Suspended' });
  const { subscriptionId: pending } = await comparison.buy();

  const { counts } = await comparison.pass();

  expect(counts).toMatchObject({ adopted: 3, found: 0 });
  const stages = { [billed]: 'active', [suspended]: 'suspended', [pending]: 'resolved' };
  for (const [id, stage] of Object.entries(stages)) {
    const record = await comparison.stored.record(id);
    expect(record).toMatchObject({ stage, adoptedAt: expect.any(String), mails: [] });
    expect(record.remindAt).toBeUndefined();
    expect(record.requestedAt).toBeUndefined();
    expect(Object.values(record.steps).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['pending', 0],
      ['pending', 0],
      ['pending', 0],
    ]);
    expect(await comparison.history(id)).toEqual(['adopted']);
  }
  await comparison.world.sweep();
  await comparison.quiet();
  expect(await mails()).toBe(0);
  expect(await comparison.stored.rows('Organizations')).toEqual([]);
});

test('a later change is taken over, still quietly', async () => {
  const id = await comparison.billed({ planId: 'team', quantity: 5 });
  await comparison.pass();
  await comparison.secretly(id, { quantity: 6 });

  await comparison.pass();
  await comparison.secretly(id, { status: 'Suspended' });
  await comparison.pass();

  expect(await comparison.stored.record(id)).toMatchObject({ quantity: 6, stage: 'suspended', mails: [] });
  expect(await mails()).toBe(0);
});

test('one that was unanswered and is billed now becomes active, and is not set up', async () => {
  const { subscriptionId: id } = await comparison.buy();
  await comparison.pass();
  await comparison.secretly(id, { status: 'Subscribed' });

  await comparison.pass();

  const record = await comparison.stored.record(id);
  expect(record).toMatchObject({ stage: 'active', mails: [] });
  expect(record.requestedAt).toBeUndefined();
});

test('an operator starts it: then it is set up, and people are told', async () => {
  const id = await comparison.billed();
  await comparison.pass();

  const { status } = await comparison.api.operate('operator', id, 'start', { reason: 'They asked for help.' });

  expect(status).toBe(202);
  await comparison.seen(id, ({ stage, steps }) => stage === 'awaiting-confirmation' && steps[2]?.state === 'done');
  await eventually(mails, (count) => count > 0);
});
