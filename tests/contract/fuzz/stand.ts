import { randomUUID } from 'node:crypto';
import { TableClient, TableServiceClient } from '@azure/data-tables';
import { expect } from '@jest/globals';
import { CONSOLE_CLIENT_ID, LANDING_CLIENT_ID } from '../../../local/people.ts';
import { PROBLEMS } from '../../../src/adapters/http/problem.ts';
import { toChunks } from '../../../src/adapters/storage/rows.ts';
import { NOTHING_YET, type Reconciliation } from '../../../src/domain/reconciliation.ts';
import { eventually } from '../../support/eventually.ts';
import { startWorld } from '../../support/world.ts';
import { journeys } from '../http/journeys.ts';
import { stored } from '../workers/stored.ts';
import { CANARY } from './bodies.ts';
import { makeWire, type Received } from './wire.ts';

const STRANGERS = 40;
/** Fewer than the visits that a subscription remembers. */
const PARTIES = 40;

/** Takes turns, so that no caller comes more often than 60 times a minute. */
const inTurn = (all: string[]): (() => string) => {
  let turn = 0;
  return () => {
    turn += 1;
    return all[turn % all.length] ?? '';
  };
};

const withLeasedPass = async (connectionString: string): Promise<void> => {
  const offers = TableClient.fromConnectionString(connectionString, 'Offers', { allowInsecureConnection: true });
  await offers.createTable();
  const known: Reconciliation = {
    pass: { kind: 'repair', state: 'running', startedAt: '2026-11-21T00:00:00.000Z', counts: NOTHING_YET },
    lease: { by: randomUUID(), until: '9999-12-31T23:59:59.999Z' },
  };
  await offers.createEntity({ partitionKey: 'reconciliation', rowKey: 'pass', ...toChunks(known) });
};

/**
 * The app with two subscriptions of Contoso, one confirmed, one awaiting that, and callers without number: requests about
 * these two change nothing, whoever sends them, unless they are understood as something that they are not.
 */
export const startStand = async () => {
  const world = await startWorld();
  const { api, entra, marketplace } = world;
  const storage = stored(world.storage.connectionString);
  const go = journeys(world);
  const confirmed = await go.confirmed();
  const awaiting = await go.awaiting();
  const { purchaseToken } = await marketplace.purchaseToken(confirmed);

  const manyIds = (count: number) => Array.from({ length: count }, () => randomUUID());
  const headers = (person: string, ids: string[]) =>
    Promise.all(
      ids.map(async (oid) => `Bearer ${await entra.token({ person, clientId: LANDING_CLIENT_ID, claims: { oid } })}`),
    );
  const strangers = await headers('stranger', manyIds(STRANGERS));
  const partyIds = manyIds(PARTIES);
  const parties = await headers('colleague', partyIds);
  for (const authorization of parties) {
    const { status } = await api.send('POST', '/resolve', undefined, { purchaseToken }, { authorization });
    if (status !== 200) throw new Error(`A colleague was answered ${status}.`);
  }
  for (const id of [confirmed, awaiting]) {
    await eventually(
      () => storage.record(id),
      ({ mails }) => mails.every(({ state }) => state !== 'pending'),
    );
  }

  // A pass that another process is at: whoever asks for one is shown it, and nothing changes.
  await withLeasedPass(world.storage.connectionString);
  const wire = makeWire(() => world.host().url);
  const operator = `Bearer ${await entra.token({ person: 'operator', clientId: CONSOLE_CLIENT_ID })}`;
  return {
    ...world,
    ...wire,
    storage,
    confirmed,
    awaiting,
    purchaseToken,
    operator: () => operator,
    stranger: inTurn(strangers),
    /** Colleagues of the buyer who have resolved the confirmed subscription. */
    party: inTurn(parties),
    /** The same people's object ids. */
    partyId: inTurn(partyIds),
    /** Every row of every table. */
    dump: async (): Promise<unknown[]> => {
      const service = TableServiceClient.fromConnectionString(world.storage.connectionString, {
        allowInsecureConnection: true,
      });
      const tables: unknown[] = [];
      for await (const { name = '' } of service.listTables()) tables.push({ name, rows: await storage.rows(name) });
      return tables;
    },
    close: async (): Promise<void> => {
      wire.close();
      await world.close();
    },
  };
};

export type Stand = Awaited<ReturnType<typeof startStand>>;

/**
 * An answer of ours to whatever was sent: never a 5xx, an error always problem+json with a known code of that status,
 * nothing personal repeated. `orHost`: the functions host may answer 404 without a word where there is no route, 431 where
 * there is too much of it.
 */
export const expectOrderly = ({ status, contentType, text }: Received, { orHost = false } = {}): string => {
  expect(text).not.toContain(CANARY);
  expect(status).toBeLessThan(500);
  if (status < 400) return String(status);
  if (orHost && (status === 404 || status === 431) && text === '') return 'host';
  expect(contentType).toBe('application/problem+json');
  const problem = JSON.parse(text) as { code: keyof typeof PROBLEMS; status: number; instance: string };
  expect(PROBLEMS[problem.code]?.status).toBe(status);
  expect(problem.status).toBe(status);
  // Nothing would be tried any more.
  expect(problem.code).not.toBe('too-many-requests');
  expect(problem.instance).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  return problem.code;
};
