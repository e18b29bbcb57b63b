import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PERSONAL_TENANT } from '../../../local/people.ts';
import { resolvePurchase } from '../../../src/application/resolve-purchase.ts';
import { type Case, DAY, OPERATOR, startWorkers, type Workers } from './workers.ts';

// Erasure covers record, parties, list rows, timeline, notes, inbox and the workspace; a tombstone stays (issue 4, P4).

let workers: Workers;
beforeAll(async () => {
  workers = await startWorkers({ keepContactDays: 20 });
});
afterAll(() => workers.close());

const TABLES = ['Subscriptions', 'Organizations', 'Offers'];

/** Every row of every table as text, keys unescaped. */
const everything = async (): Promise<string> => {
  const rows = (await Promise.all(TABLES.map((name) => workers.lies.rows(name)))).flat();
  expect(rows.length).toBeGreaterThan(5);
  return rows.map((row) => `${JSON.stringify(row)} ${decodeURIComponent(row.rowKey)}`.toLowerCase()).join('\n');
};

const found = async (words: string[]): Promise<string[]> => {
  const text = await everything();
  return words.filter((word) => text.includes(word.toLowerCase()));
};

const REASON = 'Wrote to us on paper: Ms. Canary';

const peopleOf = async ({ id, purchaser, contact }: Case): Promise<string[]> => {
  const { name, beneficiary } = (await workers.marketplace.truth(id)).subscription;
  return [
    name,
    purchaser.email,
    purchaser.objectId,
    beneficiary.emailId,
    beneficiary.objectId,
    ...Object.values(contact),
    OPERATOR.name,
    OPERATOR.objectId,
    'Ms. Canary',
  ];
};

const notice = (id: string, state: 'open' | 'closed') => ({
  subscriptionId: id,
  key: randomUUID().replaceAll('-', ''),
  action: 'Unsubscribe',
  status: 'Succeeded',
  receivedAt: workers.clock().toISOString(),
  state,
  reads: 0,
  attempts: 0,
});

test('the people go with the contact part, the tenant and the workspace with theirs; what was billed stays', async () => {
  const { needs, pass, becomes, act, active } = workers;
  const one = await active({ planId: 'team', quantity: 4 });
  const { id, organization } = one;
  await becomes(id, { planId: 'starter' });
  await becomes(id, { status: 'Unsubscribed' }, 'Unsubscribe');
  await act(id, 'hold', REASON);
  await act(id, 'release', REASON);
  const [first, second] = [notice(id, 'open'), notice(id, 'closed')];
  await needs.inbox.put(first);
  await needs.inbox.put(second);
  const people = await peopleOf(one);
  expect(await found([...people, organization])).toEqual([...people, organization]);

  await pass(id, 18 * DAY);
  await pass(id, 3 * DAY);

  expect((await workers.record(id)).stage).toBe('cancelled');
  const workspacesOwn = [one.contact.company, one.purchaser.email, one.purchaser.objectId];
  const left = await found(people);
  expect(left.filter((word) => !workspacesOwn.includes(word))).toEqual([]);
  expect(await needs.inbox.load(id, first.key)).toBeUndefined();
  expect(await needs.inbox.load(id, second.key)).toBeUndefined();

  await act(id, 'hold', REASON);
  await act(id, 'release', REASON);
  await pass(id, 6.5 * DAY);
  await pass(id, 3.5 * DAY);

  expect(await found([...people, organization])).toEqual([]);
  const record = await workers.record(id);
  expect(record).toMatchObject({
    id,
    stage: 'erased',
    planId: 'starter',
    quantity: 4,
    marketplaceStatus: 'Unsubscribed',
    cancelledAt: expect.any(String),
    activatedAt: expect.any(String),
    term: expect.objectContaining({ startDate: expect.any(String) }),
  });
  expect(await workers.lies.dueAt(id)).toEqual([]);
  const lines = await needs.store.timeline(id);
  expect(lines.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['onboarding-requested', 'erasure-held', 'contact-erased', 'workspace-erased', 'erased']),
  );
  expect(lines.filter(({ detail }) => detail !== undefined)).toEqual([]);
});

test('of a personal account its object id, which is the id of its organization, goes as well', async () => {
  const { needs, marketplace, settle, pass, becomes } = workers;
  const objectId = randomUUID();
  const person = { tenantId: PERSONAL_TENANT, objectId, email: `at-home-${objectId}@home.example` };
  const party = { tenantId: person.tenantId, objectId, emailId: person.email };
  const { subscriptionId: id, purchaseToken } = await marketplace.purchase({ planId: 'starter', purchaser: 'buyer' });
  await marketplace.change(id, { purchaser: party, beneficiary: party, status: 'Subscribed' });
  await resolvePurchase(needs, { purchaseToken, visitor: person, correlationId: randomUUID() });
  await settle(id);
  await becomes(id, { autoRenew: false }, 'Subscribe');
  expect(await workers.history(id)).toContain('organization-created');
  await becomes(id, { status: 'Unsubscribed' }, 'Unsubscribe');

  await pass(id, 18 * DAY);
  await pass(id, 3 * DAY);
  const kept = JSON.stringify({ ...(await workers.record(id)), organizationId: '' });
  expect(kept).not.toContain(objectId);
  await pass(id, 6.5 * DAY);
  await pass(id, 3.5 * DAY);

  expect((await workers.record(id)).stage).toBe('erased');
  expect(await found([objectId, person.email])).toEqual([]);
});
