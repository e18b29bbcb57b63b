import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CONSOLE_CLIENT_ID, LANDING_CLIENT_ID } from '../../../local/people.ts';
import { startWorld, type World } from '../../support/world.ts';
import { type StoredRow, stored } from '../workers/stored.ts';
import { type Answer, ask, type Target, withoutReference } from './ask.ts';
import { ROUTES, type Route, TABLE } from './caller-table.ts';
import { CALLERS, type Caller } from './callers.ts';
import { type Point, type Purchase, type PurchaseKind, preparePurchases } from './purchases.ts';

/** Where the right caller succeeds. The list needs no subscription, health neither. */
const POINTS: Partial<Record<Route, Point>> = {
  'POST /api/resolve': 'bought',
  'POST /api/onboard': 'resolved',
  'GET /api/subscriptions/{id}': 'confirmed',
  'POST /api/subscriptions/{id}/activate': 'confirmed',
  'GET /api/operator/subscriptions/{id}': 'confirmed',
  'POST /api/operator/subscriptions/{id}/confirm': 'awaiting-confirmation',
  'POST /api/operator/subscriptions/{id}/activate': 'confirmed',
  'POST /api/operator/subscriptions/{id}/retry': 'activation-failed',
  'POST /api/operator/subscriptions/{id}/refresh': 'confirmed',
  'POST /api/operator/subscriptions/{id}/start': 'resolved',
  'POST /api/operator/subscriptions/{id}/note': 'confirmed',
  'GET /api/subscriptions/{id}/plans': 'billed',
  'PATCH /api/subscriptions/{id}': 'billed',
  'DELETE /api/subscriptions/{id}': 'billed',
  'POST /api/operator/subscriptions/{id}/hold': 'cancelled',
  'POST /api/operator/subscriptions/{id}/release': 'cancelled',
};

const isOperatorRoute = (route: Route): boolean => route.includes('/operator/');
const isDone = (cell: string): boolean => cell.startsWith('2');
const acts = (route: Route): boolean => !route.startsWith('GET');

/** The purchase that a cell is tried on. Who succeeds has one alone; all who are refused share one, which must not change. */
const placeOf = (route: Route, caller: Caller, name: string, cell: string) => {
  const point = POINTS[route];
  if (point === undefined) return undefined;
  const kind: PurchaseKind = isOperatorRoute(route) ? 'own' : caller.at;
  // Nobody has ever resolved these.
  const reached: Point = kind === 'personal-unbound' ? 'bought' : point;
  // A personal account is bound by its first visit: whoever comes after that finds a purchase that was visited.
  const from: Point = kind === 'personal-by-email' && reached === 'bought' && !isDone(cell) ? 'resolved' : reached;
  return { kind, point: from, owner: isDone(cell) && acts(route) ? `${name}, ${route}` : 'shared' };
};

type Place = NonNullable<ReturnType<typeof placeOf>>;
const keyOf = ({ kind, point, owner }: Place): string => `${kind}, ${point}, ${owner}`;

const cellsOf = (name: string) => ROUTES.map((route, column) => ({ route, cell: TABLE[name]?.[column] ?? 'no cell' }));

let world: World;
const purchases = new Map<string, Purchase>();
/** The rows of the subscriptions that nobody may change, before the first caller. */
let before: StoredRow[];

const sharedRows = async (): Promise<StoredRow[]> => {
  const shared = [...purchases].filter(([key]) => key.endsWith(', shared')).map(([, { id }]) => id);
  const rows = await stored(world.storage.connectionString).rows('Subscriptions');
  return rows.filter(({ rowKey }) => shared.some((id) => rowKey.includes(id)));
};

beforeAll(async () => {
  world = await startWorld();
  const places = new Map<string, Place>();
  for (const [name, caller] of Object.entries(CALLERS)) {
    for (const { route, cell } of cellsOf(name)) {
      const place = placeOf(route, caller, name, cell);
      if (place) places.set(keyOf(place), place);
    }
  }
  const prepared = await preparePurchases(world, [...places.values()]);
  for (const [index, key] of [...places.keys()].entries()) {
    const purchase = prepared[index];
    if (purchase) purchases.set(key, purchase);
  }
  before = await sharedRows();
  // Who resolves often is slowed down; what was resolved to prepare does not count.
  await world.restart();
});
afterAll(() => world.close());

const targetOf = (route: Route, caller: Caller, name: string, cell: string): Target => {
  const place = placeOf(route, caller, name, cell);
  const { id, purchaseToken } = (place && purchases.get(keyOf(place))) ?? { id: '', purchaseToken: '' };
  return { id, purchaseToken };
};

/** Lets the app's keys be as the caller is to find them. `keys` says what that is. */
const arrange = {
  known: async () => undefined,
  fresh: async () => world.restart(),
  asked: async () => {
    for (const clientId of [LANDING_CLIENT_ID, CONSOLE_CLIENT_ID]) {
      const person = clientId === LANDING_CLIENT_ID ? 'buyer' : 'operator';
      const token = await world.entra.token({ person, clientId, header: { kid: randomUUID() } });
      for (let time = 0; time < 2; time += 1) {
        await ask(world, 'GET /api/subscriptions/{id}', { id: randomUUID(), purchaseToken: '' }, `Bearer ${token}`);
      }
    }
  },
  rotated: async () => {
    await world.restart();
    expect((await world.api.get('colleague', randomUUID())).status).toBe(404);
    expect((await world.api.list('reader')).status).toBe(200);
    await world.entra.rotateKeys();
  },
};

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** An error is problem+json of its status and code, and tells nothing of the purchase (P7, P10). */
const expectQuietProblem = ({ headers, text, problem }: Answer, cell: string): void => {
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers['cache-control']).toBe('no-store');
  expect(`${problem.status} ${problem.code}`).toBe(cell);
  expect(problem).toMatchObject({
    type: `urn:pegasus:problem:${problem.code}`,
    title: expect.stringMatching(/^[A-Z]/),
    detail: expect.stringMatching(/^[A-Z].*\.$/),
    instance: expect.stringMatching(/^urn:uuid:/),
  });
  expect(headers['www-authenticate']).toBe(problem.status === 401 ? 'Bearer' : undefined);
  expect(text).not.toMatch(/@|Bea |Pia |Rita |Contoso|Starter|\+49/);
  const told = problem.code === 'not-a-party' ? (problem.signInTenants ?? []) : [];
  expect(text.match(GUID)?.sort()).toEqual([problem.instance.slice('urn:uuid:'.length), ...told].sort());
};

const ID_CODES = ['unauthenticated', 'not-an-operator', 'subscription-not-found'];

describe('the table', () => {
  test('has a column for each route that the app serves', () => {
    const served = [
      ...world
        .host()
        .output()
        .matchAll(/^ {2}\S+: ([A-Z]+ \/\S+)$/gm),
    ].map(([, route]) => route);
    expect(new Set(served)).toEqual(new Set(ROUTES));
    expect(served).toHaveLength(ROUTES.length);
  });

  test('has a row for each kind of caller, and a cell for each route in it', () => {
    expect(Object.keys(TABLE)).toEqual(Object.keys(CALLERS));
    for (const row of Object.values(TABLE)) expect(row).toHaveLength(ROUTES.length);
  });

  test('shows each route answered 2xx and refused', () => {
    for (const [column, route] of ROUTES.entries()) {
      const cells = Object.values(TABLE).map((row) => row[column] ?? '');
      expect([route, cells.some(isDone)]).toEqual([route, true]);
      expect([route, cells.every(isDone)]).toEqual([route, route === 'GET /api/health']);
    }
  });
});

describe('each route answers', () => {
  test.each(Object.keys(CALLERS))('%s as the table says', async (name) => {
    const caller = CALLERS[name] as Caller;
    if (caller.keys === 'asked' || caller.keys === 'rotated') await arrange[caller.keys]();
    const header = await caller.header(world);

    const seen: string[] = [];
    for (const [column, { route, cell }] of cellsOf(name).entries()) {
      // A start bears two unknown kids: the keys are fetched, and fetched once more.
      if (caller.keys === 'fresh' && column % 2 === 0) await arrange.fresh();
      // One goes out a minute, whoever asks for it.
      if (route === 'POST /api/operator/set-up/test-mail' && isDone(cell)) await arrange.fresh();
      const target = targetOf(route, caller, name, cell);
      const answer = await ask(world, route, target, header);
      seen.push(isDone(String(answer.status)) ? String(answer.status) : `${answer.status} ${answer.problem.code}`);
      if (answer.status >= 400) expectQuietProblem(answer, seen.at(-1) ?? '');
      if (caller.keys === 'known' && route.includes('{id}') && ID_CODES.includes(answer.problem.code)) {
        const unknown = await ask(world, route, { ...target, id: randomUUID() }, header);
        expect(withoutReference(answer)).toEqual(withoutReference(unknown));
      }
    }

    expect(seen).toEqual(cellsOf(name).map(({ cell }) => cell));
  });

  test('and whoever was refused has changed nothing in storage', async () => {
    expect(before.length).toBeGreaterThan(20);
    expect(await sharedRows()).toEqual(before);
  });
});

test('what a party is told, and nobody else, does hold the addresses that the rows above look for', async () => {
  const target = purchases.get('own, confirmed, shared') ?? { id: '', purchaseToken: '' };
  const header = `Bearer ${await world.api.landingToken('colleague')}`;
  const { status, text } = await ask(world, 'GET /api/subscriptions/{id}', target, header);
  expect([status, /@/.test(text), /Starter/.test(text)]).toEqual([200, true, true]);
});

test('an operator is told of an unknown subscription that there is none', async () => {
  const header = `Bearer ${await world.api.consoleToken('operator')}`;
  for (const route of ROUTES.filter((one) => isOperatorRoute(one) && one.includes('{id}'))) {
    const answer = await ask(world, route, { id: randomUUID(), purchaseToken: '' }, header);
    expect(answer.status).toBe(404);
    expectQuietProblem(answer, '404 subscription-not-found');
  }
});

test('of two personal accounts with the e-mail claim of the purchase, at once, only one is let in', async () => {
  const wanted = Array.from({ length: 8 }, () => ({ kind: 'personal-unbound' as const, point: 'bought' as const }));
  for (const target of await preparePurchases(world, wanted)) {
    const tokens = await Promise.all(
      [randomUUID(), randomUUID()].map((oid) =>
        world.entra.token({ person: 'personal', clientId: LANDING_CLIENT_ID, claims: { oid } }),
      ),
    );
    const answers = await Promise.all(
      tokens.map((token) => ask(world, 'POST /api/resolve', target, `Bearer ${token}`)),
    );
    expect(answers.map(({ status }) => status).sort((left, right) => left - right)).toEqual([200, 403]);
  }
});
