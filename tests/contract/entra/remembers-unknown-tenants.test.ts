import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NO_SUCH_TENANT } from '../../support/entra-server.ts';
import { outcome, refusal, startWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const ofTenant = (tid: string) =>
  world.landing('buyer', { claims: { tid, iss: `${world.entra.authority}/${tid}/v2.0` } });

const noTenant = (number: number): string => `${NO_SUCH_TENANT}-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Design 7: misses are remembered, the cache is bounded. */
describe('a tenant that does not exist', () => {
  test('is refused a hundred times for one request, and asked for again after five minutes', async () => {
    const token = await ofTenant(noTenant(1));
    for (let sent = 0; sent < 100; sent += 1) {
      expect(await refusal(world.people.visitor(token))).toBe('unauthenticated (unknown tenant)');
    }
    expect(world.entra.requests).toHaveLength(1);

    world.pass(299);
    await outcome(world.people.visitor(token));
    expect(world.entra.requests).toHaveLength(1);
    world.pass(1);
    await outcome(world.people.visitor(token));
    expect(world.entra.requests).toHaveLength(2);
  });

  test('is forgotten once a thousand others have come after it', async () => {
    const find = (number: number) => world.keys.find({ tenantId: noTenant(number), kid: 'any', issuer: 'any' });
    for (let first = 0; first <= 1000; first += 25) {
      await Promise.all(Array.from({ length: Math.min(25, 1001 - first) }, (_, more) => find(first + more)));
    }
    expect(world.entra.requests).toHaveLength(1001);

    await find(1000);
    expect(world.entra.requests).toHaveLength(1001);
    await find(0);
    expect(world.entra.requests).toHaveLength(1002);
  });

  test('is the same tenant in capitals', async () => {
    await outcome(world.people.visitor(await ofTenant(noTenant(1))));
    await outcome(world.people.visitor(await ofTenant(noTenant(1).toUpperCase())));

    expect(world.entra.requests).toHaveLength(1);
  });

  test('in a flood of a thousand makes Entra see at most 32 requests at once and drives out no good tenant', async () => {
    const good = await world.landing('stranger');
    expect(await outcome(world.people.visitor(good))).toBe('ok');
    const before = world.entra.requests.length;
    const flood = Array.from({ length: 1000 }, (_, number) =>
      world.keys.find({ tenantId: noTenant(number), kid: 'any', issuer: 'any' }),
    );
    const kinds = (await Promise.all(flood)).map((search) => search.kind);

    expect(kinds).not.toContain('key');
    expect(world.entra.mostUnderway()).toBeLessThanOrEqual(32);
    expect(world.entra.requests.length - before).toBeLessThanOrEqual(32);
    expect(await outcome(world.people.visitor(good))).toBe('ok');
    expect(world.entra.count('keys')).toBe(1);
  });
});

test.each(['common', 'contoso.example', '../../evil', `${noTenant(1)}/../common`, '', 7, null, undefined])(
  'a tenant %p that is no GUID never reaches the network',
  async (tid) => {
    const claims = { tid, iss: `${world.entra.authority}/${String(tid)}/v2.0` };

    expect(await refusal(world.people.visitor(await world.landing('buyer', { claims })))).toBe(
      'unauthenticated (tenant is no GUID)',
    );
    expect(world.entra.requests).toEqual([]);
  },
);
