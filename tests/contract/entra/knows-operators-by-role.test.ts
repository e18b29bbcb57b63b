import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PUBLISHER_TENANT, person } from '../../../local/people.ts';
import { outcome, refusal, startWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** P6 and design 7: app roles, in the publisher's tenant only; 403 without the role or of another tenant. */
describe('on the console', () => {
  test('an Operator may read and act', async () => {
    const token = await world.console('operator');

    expect(await outcome(world.people.operator(token, 'read'))).toBe('ok');
    expect(await world.people.operator(token, 'act')).toEqual({
      tenantId: PUBLISHER_TENANT,
      objectId: person('operator').objectId,
      name: 'Olivia Operator',
      roles: ['Operator'],
    });
  });

  test('a Reader may read, not act', async () => {
    const token = await world.console('reader');

    expect(await outcome(world.people.operator(token, 'read'))).toBe('ok');
    expect(await refusal(world.people.operator(token, 'act'))).toBe('not-an-operator (Reader only)');
  });

  test.each([undefined, [], ['operator'], ['Usage.Report'], 'Operator', { 0: 'Operator' }])(
    'roles %j are none of ours',
    async (roles) => {
      const token = await world.console('operator', { claims: { roles } });

      expect(await refusal(world.people.operator(token, 'read'))).toBe('not-an-operator (no role)');
    },
  );

  test('another tenant’s Operator is nobody, and costs no request to Entra', async () => {
    const token = await world.console('stranger', { claims: { roles: ['Operator'] } });

    expect(await refusal(world.people.operator(token, 'read'))).toBe('not-an-operator (another tenant)');
    expect(await refusal(world.people.visitorOrOperator(token))).toBe('not-an-operator (another tenant)');
    expect(world.entra.requests).toEqual([]);
  });

  test('a forged token of the publisher’s tenant is a 401, not told what role it lacks', async () => {
    const token = await world.console('operator', { signWith: 'foreign', claims: { roles: [] } });

    expect(await refusal(world.people.operator(token, 'act'))).toBe('unauthenticated (unknown key)');
  });

  test('an expired token is a 401 before anything is said of its tenant', async () => {
    const token = await world.console('stranger', { expiresInSeconds: -3600 });

    expect(await outcome(world.people.operator(token, 'read'))).toBe('unauthenticated');
  });

  test('an operator without a name is called by the object id, never by an address', async () => {
    const operator = await world.people.operator(
      await world.console('operator', { claims: { name: undefined } }),
      'act',
    );

    expect(operator.name).toBe(person('operator').objectId);
  });
});

describe('where visitors and operators may both read', () => {
  test('each is told apart by the audience', async () => {
    expect(await world.people.visitorOrOperator(await world.landing('buyer'))).toMatchObject({
      kind: 'visitor',
      visitor: { objectId: person('buyer').objectId },
    });
    expect(await world.people.visitorOrOperator(await world.console('reader'))).toMatchObject({
      kind: 'operator',
      operator: { roles: ['Reader'] },
    });
  });

  test('an operator’s token for the landing page is a visitor’s', async () => {
    const token = await world.landing('operator', { claims: { roles: ['Operator'] } });

    expect(await world.people.visitorOrOperator(token)).toMatchObject({ kind: 'visitor' });
  });
});
