import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CONTOSO_TENANT } from '../../../local/people.ts';
import { outcome, startWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const HOUR = 3600;

const attempt = async (): Promise<string> => outcome(world.people.visitor(await world.landing('buyer')));

const guid = (number: number): string => `55555555-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Design 7 and 9: per tenant, single flight, bounded, no fetch when warm; contract 8: refreshed at least daily. */
describe('signing keys', () => {
  test('are fetched once for twenty callers at the same time', async () => {
    const token = await world.landing('buyer');

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(world.people.visitor(token))));

    expect(new Set(outcomes)).toEqual(new Set(['ok']));
    expect(world.entra.requests).toEqual([`metadata ${CONTOSO_TENANT}`, `keys ${CONTOSO_TENANT}`]);
  });

  test('are fetched again once for twenty callers with a new kid', async () => {
    await attempt();
    await world.entra.rotate();
    const token = await world.landing('buyer');

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(world.people.visitor(token))));

    expect(new Set(outcomes)).toEqual(new Set(['ok']));
    expect(world.entra.count('keys')).toBe(2);
  });

  test('serve half a day without a request and are then refreshed', async () => {
    await attempt();
    world.pass(12 * HOUR - 1);
    await attempt();
    expect(world.entra.count('keys')).toBe(1);

    world.pass(1);
    expect(await attempt()).toBe('ok');
    expect(world.entra.count('keys')).toBe(2);
  });

  test('that Entra no longer publishes are refused after the refresh', async () => {
    await attempt();
    await world.entra.rotate();
    world.pass(12 * HOUR);

    expect(await outcome(world.people.visitor(await world.landing('buyer', { signWith: 'previous' })))).toBe(
      'unauthenticated',
    );
  });

  test('go on serving through an outage until a day has passed, asking every 30 s', async () => {
    await attempt();
    world.entra.faults.metadata = { status: 503 };
    world.pass(12 * HOUR);
    for (let sent = 0; sent < 10; sent += 1) {
      expect(await attempt()).toBe('ok');
      world.pass(6);
    }
    expect(world.entra.count('metadata')).toBe(1 + 2);

    world.pass(12 * HOUR);
    expect(await attempt()).toBe('signing-keys-unavailable');
    delete world.entra.faults.metadata;
    expect(await attempt()).toBe('ok');
  });

  test('due for a refresh that fails leave a new kid a 503 after one attempt', async () => {
    await attempt();
    await world.entra.rotate();
    world.entra.faults.metadata = { status: 503 };
    world.pass(12 * HOUR);

    expect(await attempt()).toBe('signing-keys-unavailable');
    expect(world.entra.count('metadata')).toBe(1 + 1);
  });

  test('are kept for the 200 tenants used last', async () => {
    const find = (number: number) => {
      const issuer = `${world.entra.authority}/${guid(number)}/v2.0`;
      return world.keys.find({ tenantId: guid(number), kid: world.entra.kid(), issuer });
    };
    for (let number = 0; number < 200; number += 1) await find(number);
    expect((await find(0)).kind).toBe('key');
    expect(world.entra.count('keys')).toBe(200);

    await find(200);
    await find(0);
    expect(world.entra.count('keys')).toBe(201);
    await find(1);
    expect(world.entra.count('keys')).toBe(202);
  });
});
