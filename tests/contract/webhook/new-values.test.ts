import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OPERATOR_EMAIL } from '../../support/world.ts';
import { type Life, startLife } from './life.ts';

/** P8, trap 12, 19: what Microsoft has not invented yet is looked into, recorded, answered 200, and told once. */
let life: Life;
beforeAll(async () => {
  life = await startLife();
});
afterAll(() => life.world.close());

/** What the operators heard of new values, one subject each. */
const told = async () =>
  (await life.mailbox.mails(OPERATOR_EMAIL))
    .map(({ subject }) => subject)
    .filter((subject) => subject.startsWith('New value'));

test('an unknown action re-reads the subscription, and operators hear of it once, whoever it happens to', async () => {
  const [one, other] = [await life.active(), await life.active({ planId: 'team', quantity: 2 })];
  for (const id of [one, other, one]) {
    await life.marketplace.change(id, { name: `Transferred ${id}` });
    await life.marketplace.act(id, { action: 'Transfer' });
    await life.seen(id, ({ name }) => name === `Transferred ${id}`);
  }
  await life.quiet();
  expect(await told()).toEqual(['New value from Microsoft: action Transfer']);
  expect(await life.history(one)).toContain('new-value');
  expect((await life.marketplace.deliveries(one)).map(({ status }) => status)).toEqual([200, 200]);
});

test('a status and a term that nobody knows break nothing', async () => {
  const id = await life.active();
  await life.marketplace.change(id, { status: 'Hibernating', term: { termUnit: 'P18M' } });
  await life.marketplace.act(id, { action: 'Transfer' });
  const view = await life.seen(id, ({ marketplaceStatus }) => marketplaceStatus === 'Hibernating');
  expect(view).toMatchObject({ stage: 'active', term: { termUnit: 'P18M' } });
  await life.quiet();
  expect(await told()).toContain('New value from Microsoft: status Hibernating');
});
