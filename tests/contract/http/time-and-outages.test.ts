import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CONSOLE_CLIENT_ID, LANDING_CLIENT_ID } from '../../../local/people.ts';
import { startWorld, type World } from '../../support/world.ts';
import { later } from '../workers/later.ts';
import { journeys } from './journeys.ts';
import { expectProblem } from './problem.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const DAY = 24 * 3600;

test('whoever resolved a purchase sees it for 24 hours, and again after resolving it again', async () => {
  const { api, entra, marketplace } = world;
  const id = await journeys(world).resolved();
  const tokenFor = (clientId: string, person: string) => entra.token({ person, clientId, expiresInSeconds: 2 * DAY });
  const token = await tokenFor(LANDING_CLIENT_ID, 'buyer');
  const ask = async (method: string, path: string, body?: unknown) => {
    const { status, problem } = await api.send(method, path, token, body);
    return status < 300 ? status : problem.code;
  };

  await world.restart(later(DAY - 60));
  expect(await ask('GET', `/subscriptions/${id}`)).toBe(200);

  await world.restart(later(DAY + 60));
  const contact = { name: 'Bea', email: 'bea@contoso.example' };
  expect(await ask('GET', `/subscriptions/${id}`)).toBe('subscription-not-found');
  expect(await ask('POST', '/onboard', { subscriptionId: id, contact })).toBe('subscription-not-found');
  expect(await ask('POST', `/subscriptions/${id}/activate`)).toBe('subscription-not-found');
  const operator = await tokenFor(CONSOLE_CLIENT_ID, 'operator');
  expect((await api.send('GET', `/operator/subscriptions/${id}`, operator)).status).toBe(200);

  const { purchaseToken } = await marketplace.purchaseToken(id);
  expect(await ask('POST', '/resolve', { purchaseToken })).toBe(200);
  expect(await ask('GET', `/subscriptions/${id}`)).toBe(200);
  await world.restart(later(0));
});

test.each(['metadata', 'keys'] as const)(
  'while the signing %s cannot be had, a good token is neither believed nor called bad',
  async (path) => {
    const { api, entra } = world;
    const id = await journeys(world).resolved();
    await world.restart();
    for (const ask of [() => api.get('buyer', id), () => api.list('operator'), () => api.resolve('buyer', 'x')]) {
      await entra.faults({ path, status: 500, times: 1 });
      const answer = await ask();
      expectProblem(answer, [503, 'signing-keys-unavailable']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await api.get('buyer', id)).status).toBe(200);
    expect((await api.list('operator')).status).toBe(200);
  },
);

test('while the signing keys cannot be had, a token that is bad anyway is called bad', async () => {
  const { api, entra } = world;
  await world.restart();
  await entra.faults({ path: 'metadata', status: 500, times: 1 });
  const expired = await entra.token({ person: 'buyer', clientId: LANDING_CLIENT_ID, expiresInSeconds: -600 });
  expectProblem(await api.send('GET', '/operator/subscriptions', expired), [401, 'unauthenticated']);
  // The fault is still there: nobody asked for keys.
  expectProblem(await api.list('operator'), [503, 'signing-keys-unavailable']);
});

test('the service starts on empty storage and makes what it needs', async () => {
  const fresh = await startWorld();
  try {
    expect((await fresh.api.list('reader')).body).toEqual({ items: [] });
    expect((await fresh.api.get('buyer', '00000000-0000-4000-8000-000000000000')).status).toBe(404);
    const id = await journeys(fresh).confirmed();
    expect((await fresh.api.list('reader')).body.items.map((view) => view.id)).toEqual([id]);
  } finally {
    await fresh.close();
  }
});

test('health answers without asking anybody who they are', async () => {
  const { status, body } = await world.api.send<{ status: string }>('GET', '/health', undefined);
  expect([status, body.status]).toEqual([200, 'ok']);
});
