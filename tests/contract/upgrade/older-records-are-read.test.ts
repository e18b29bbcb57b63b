import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { empty, TABLES } from '../../../infra/backup/storage.ts';
import { bucketOf, fromChunks, indexRows, recordRow } from '../../../src/adapters/storage/rows.ts';
import { getWithTimeline } from '../../../src/application/get-subscription.ts';
import type { Stored } from '../../../src/application/ports.ts';
import { toView } from '../../../src/application/view.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import { STAGES, type Subscription } from '../../../src/domain/subscription.ts';
import { noteWritten } from '../../../src/domain/transitions/operator-acts.ts';
import { QUEUES, workDueAt } from '../../../src/domain/work.ts';
import { buyer, nextOf, operator, rulesAt, visitorOf } from '../../unit/support/records.ts';
import { EVENTS, type EventName } from '../../unit/transitions/events.ts';
import { type Storage, startStorage } from '../backup/tool.ts';
import { LATER_EVENTS } from './later-events.ts';
import { type Released, released, releasedVersions } from './released-records.ts';

/** Storage only grows: today's code reads what every released version wrote, and goes on from there (docs/upgrades.md). */
let storage: Storage;
beforeAll(async () => {
  storage = await startStorage();
});
afterAll(() => storage.close());

const ID = '5a0bd2a4-7c1d-4c7e-9c53-0b1f3f3e9a11';
const MONTHS_LATER = 90 * 24 * 3600;
const all = released();
const titles = all.map((one): [string, Released] => [`${one.version} ${one.name}`, one]);

/** The rows as they lay in storage under that version, and the record as today's code loads it. */
const laid = async ({ tables }: Released): Promise<Stored> => {
  for (const table of TABLES) {
    await storage.tables[table].createTable();
    await empty(storage.tables[table]);
  }
  for (const row of tables.Subscriptions) await storage.tables.Subscriptions.createEntity(row);
  for (const row of tables.Organizations) await storage.tables.Organizations.createEntity(row);
  const found = await storage.store.load(ID);
  if (!found) throw new Error('The record is not found.');
  return found;
};

const recordOf = ({ tables }: Released): Subscription => {
  const row = tables.Subscriptions.find(({ rowKey }) => rowKey === recordRow(ID));
  return fromChunks(row ?? {}) as Subscription;
};

describe('the fixtures', () => {
  test('are kept of this version and of those before', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

    expect(releasedVersions()).toEqual(expect.arrayContaining(['v0.0.0', `v${version}`]));
  });

  test('have a record in every stage that the version knew', () => {
    const stagesOf = (version: string) =>
      new Set(all.filter((one) => one.version === version).map((one) => recordOf(one).stage));

    for (const version of releasedVersions().slice(1)) expect(stagesOf(version)).toEqual(new Set(STAGES));
    expect(stagesOf('v0.0.0')).toEqual(new Set(STAGES.filter((stage) => stage !== 'erased')));
  });

  test('of the first version have nothing that came later', () => {
    const later = ['recheck', 'erasure', 'workspace', 'organizationId', 'remindAt', 'reminded', 'pendingOperation'];
    for (const one of all.filter(({ version }) => version === 'v0.0.0'))
      expect(Object.keys(recordOf(one)).filter((name) => later.includes(name))).toEqual([]);
  });
});

describe.each(titles)('%s', (_, one) => {
  test('is shown to buyers and operators, and stands in their lists', async () => {
    const { record } = await laid(one);
    const rules = rulesAt(MONTHS_LATER);

    const seen = toView(record, { kind: 'operator', mayAct: true }, rules);
    const shown = await getWithTimeline({ store: storage.store, clock: () => rules.now, rules }, ID, true);
    const listed = await storage.store.list({ stage: record.stage, limit: 9 });

    expect(seen).toMatchObject({ id: ID, stage: record.stage, planId: 'team-monthly' });
    expect(toView(record, { kind: 'party', visitor: visitorOf(buyer) }, rules).next).toEqual(seen.next);
    expect(shown.timeline).toHaveLength(3);
    expect(listed.records.map(({ id }) => id)).toEqual([ID]);
  });

  test('takes every event there is, and what comes of it is stored and found', async () => {
    const stored = await laid(one);
    const events: [string, (record: Subscription) => Outcome][] = [
      ...(Object.keys(EVENTS) as EventName[]).map((name): [string, (record: Subscription) => Outcome] => [
        name,
        (record) => EVENTS[name](record, rulesAt(MONTHS_LATER)),
      ]),
      ...Object.entries(LATER_EVENTS).map(([name, event]): [string, (record: Subscription) => Outcome] => [
        name,
        (record) => event(record, rulesAt(MONTHS_LATER)),
      ]),
    ];
    const kinds = new Set<string>();
    for (const [, event] of events) {
      const outcome = event(structuredClone(stored.record));
      kinds.add(outcome.kind);
      if (outcome.kind !== 'changed') continue;
      expect(outcome.next.version).toBe(stored.record.version + 1);
      for (const queue of QUEUES) expect(() => workDueAt(outcome.next, queue)).not.toThrow();
      expect(() => toView(outcome.next, { kind: 'operator', mayAct: true }, rulesAt(MONTHS_LATER))).not.toThrow();
    }
    expect(kinds.size).toBeGreaterThan(1);

    if (stored.record.stage === 'erased') return;
    const next = nextOf(noteWritten(stored.record, operator, 'Read by a newer version.', rulesAt(MONTHS_LATER)));
    const entries = [{ at: next.updatedAt, what: 'note', actor: operator }];
    expect(await storage.store.commit({ before: stored, next, entries })).toMatchObject({ record: next });
    const rows = (await storage.lies.rows('Subscriptions')).map(({ rowKey }) => rowKey);
    expect(rows.filter((row) => /^(due|list)\|/.test(row)).toSorted()).toEqual(indexRows(next).toSorted());
  });

  test('its organization takes a new state, another subscription, and the erasure', async () => {
    const { record } = await laid(one);
    const organizationId = record.beneficiary.tenantId;
    const kept = async () => (await storage.lies.organization(organizationId)).organizations[0];
    if (!(await kept())) return;
    const { workspace } = storage;
    const { offerId } = record;

    await workspace.applyState({ organizationId, subscriptionId: ID, planId: 'gold', access: 'off', version: 99 });
    expect((await kept())?.claims[ID]).toMatchObject({ planId: 'gold', access: 'off' });
    const other = { organizationId, name: 'Contoso', subscriptionId: 'other', offerId, planId: 'gold', version: 1 };
    expect(await workspace.createOrganization(other)).toMatchObject({ existed: true });
    for (const subscriptionId of [ID, 'other']) await workspace.erase({ organizationId, subscriptionId });
    expect(await storage.lies.organization(organizationId)).toEqual({ organizations: [], users: [] });
  });
});

test('what a newer version wrote beside is kept by this one: a roll-back loses nothing', async () => {
  const [one] = all.filter(({ name }) => name === 'confirmed').slice(-1);
  if (!one) throw new Error('There is no such record.');
  const stored = await laid(one);
  const before = { ...stored, record: { ...stored.record, ofTomorrow: { deep: [1] } } };

  const next = nextOf(noteWritten(before.record, operator, 'By the older version.', rulesAt(MONTHS_LATER)));
  await storage.store.commit({ before, next, entries: [] });

  expect((await storage.store.load(ID))?.record).toMatchObject({ ofTomorrow: { deep: [1] } });
  expect(bucketOf(ID)).toBe(one.tables.Subscriptions[0]?.partitionKey);
});
