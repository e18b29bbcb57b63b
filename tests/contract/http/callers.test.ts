import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CONSOLE_CLIENT_ID, CONTOSO_TENANT, LANDING_CLIENT_ID } from '../../../local/people.ts';
import { startWorld, type World } from '../../support/world.ts';
import { journeys } from './journeys.ts';

/** Each caller's token; `undefined` sends no Authorization header at all. */
const tokens = ({ entra }: World): Record<string, () => Promise<string | undefined>> => {
  const landing =
    (person: string, forged: object = {}) =>
    () =>
      entra.token({ person, clientId: LANDING_CLIENT_ID, ...forged });
  const ofConsole =
    (person: string, forged: object = {}) =>
    () =>
      entra.token({ person, clientId: CONSOLE_CLIENT_ID, ...forged });
  return {
    nobody: async () => undefined,
    'a garbage token': async () => 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln',
    'no token at all but words': async () => 'let me in please',
    'a buyer whose token expired': landing('buyer', { expiresInSeconds: -600 }),
    'a buyer whose token somebody else signed': landing('buyer', { signWith: 'foreign' }),
    'a buyer whose token nobody signed': landing('buyer', { signWith: 'none' }),
    'a buyer with a token for another scope': landing('buyer', { scope: 'User.Read' }),
    'an application in the name of the buyer': landing('buyer', { claims: { idtyp: 'app' } }),
    'a buyer with a v1 token': landing('buyer', { version: 1 }),
    buyer: landing('buyer'),
    colleague: landing('colleague'),
    stranger: landing('stranger'),
    guest: landing('guest'),
    'an operator with a token of the landing page': landing('operator'),
    'a buyer with a token of the console': ofConsole('buyer'),
    'an operator whose token expired': ofConsole('operator', { expiresInSeconds: -600 }),
    'an operator with a token for another scope': ofConsole('operator', { scope: 'User.Read' }),
    'an application in the name of an operator': ofConsole('operator', { claims: { idtyp: 'app' } }),
    "our role name in another tenant's token": ofConsole('stranger', { claims: { roles: ['Operator', 'Reader'] } }),
    'somebody of the publisher without a role': ofConsole('operator', { claims: { roles: null } }),
    "somebody of the publisher with the product's role": ofConsole('operator', { claims: { roles: ['Usage.Report'] } }),
    'somebody of the publisher with a role spelled otherwise': ofConsole('operator', {
      claims: { roles: ['operator', 'Reader '] },
    }),
    'somebody of the publisher whose roles are text': ofConsole('operator', { claims: { roles: 'Operator' } }),
    reader: ofConsole('reader'),
    operator: ofConsole('operator'),
  };
};

const NO = '401 unauthenticated';
const NOT_OP = '403 not-an-operator';
const GONE = '404 subscription-not-found';
const PARTY = '403 not-a-party';

/**
 * On a subscription that the buyer has resolved and onboarded and that waits for the confirmation. The columns:
 * resolve, onboard, get, activate | list, look, confirm, activate, retry.
 */
const TABLE: [
  caller: string,
  buyer: [string, string, string, string],
  operator: [string, string, string, string, string],
][] = [
  ['nobody', [NO, NO, NO, NO], [NO, NO, NO, NO, NO]],
  ['a garbage token', [NO, NO, NO, NO], [NO, NO, NO, NO, NO]],
  ['no token at all but words', [NO, NO, NO, NO], [NO, NO, NO, NO, NO]],
  ['a buyer whose token expired', [NO, NO, NO, NO], [NO, NO, NO, NO, NO]],
  ['a buyer whose token somebody else signed', [NO, NO, NO, NO], [NO, NO, NO, NO, NO]],
  ['a buyer whose token nobody signed', [NO, NO, NO, NO], [NO, NO, NO, NO, NO]],
  ['a buyer with a token for another scope', [NO, NO, NO, NO], [NO, NO, NO, NO, NO]],
  ['an application in the name of the buyer', [NO, NO, NO, NO], [NO, NO, NO, NO, NO]],
  ['a buyer with a v1 token', [NO, NO, NO, NO], [NO, NO, NO, NO, NO]],
  ['buyer', ['200', '202', '200', '409 not-confirmed'], [NO, NO, NO, NO, NO]],
  ['colleague', ['200', '202', '200', '403 not-allowed'], [NO, NO, NO, NO, NO]],
  ['stranger', [PARTY, GONE, GONE, GONE], [NO, NO, NO, NO, NO]],
  ['guest', [PARTY, GONE, GONE, GONE], [NO, NO, NO, NO, NO]],
  ['an operator with a token of the landing page', [PARTY, GONE, GONE, GONE], [NO, NO, NO, NO, NO]],
  ['a buyer with a token of the console', [NO, NO, NOT_OP, NO], [NOT_OP, NOT_OP, NOT_OP, NOT_OP, NOT_OP]],
  ['an operator whose token expired', [NO, NO, NO, NO], [NO, NO, NO, NO, NO]],
  ['an operator with a token for another scope', [NO, NO, NO, NO], [NO, NO, NO, NO, NO]],
  ['an application in the name of an operator', [NO, NO, NO, NO], [NO, NO, NO, NO, NO]],
  ["our role name in another tenant's token", [NO, NO, NOT_OP, NO], [NOT_OP, NOT_OP, NOT_OP, NOT_OP, NOT_OP]],
  ['somebody of the publisher without a role', [NO, NO, NOT_OP, NO], [NOT_OP, NOT_OP, NOT_OP, NOT_OP, NOT_OP]],
  ["somebody of the publisher with the product's role", [NO, NO, NOT_OP, NO], [NOT_OP, NOT_OP, NOT_OP, NOT_OP, NOT_OP]],
  [
    'somebody of the publisher with a role spelled otherwise',
    [NO, NO, NOT_OP, NO],
    [NOT_OP, NOT_OP, NOT_OP, NOT_OP, NOT_OP],
  ],
  ['somebody of the publisher whose roles are text', [NO, NO, NOT_OP, NO], [NOT_OP, NOT_OP, NOT_OP, NOT_OP, NOT_OP]],
  ['reader', [NO, NO, '200', NO], ['200', '200', NOT_OP, NOT_OP, NOT_OP]],
  ['operator', [NO, NO, '200', NO], ['200', '200', '202', '409 reason-required', '409 nothing-to-retry']],
];

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

describe('who may do what', () => {
  let id: string;
  let purchaseToken: string;
  beforeAll(async () => {
    id = await journeys(world).awaiting();
    ({ purchaseToken } = await world.marketplace.purchaseToken(id));
  });

  test('the table speaks of every caller that there is', () => {
    expect(TABLE.map(([caller]) => caller)).toEqual(Object.keys(tokens(world)));
  });

  test.each(TABLE)('%s', async (caller, buyer, operator) => {
    const token = await tokens(world)[caller]?.();
    const contact = { name: 'Bea Buyer', email: 'bea.buyer@contoso.example', company: 'Contoso', phone: '+49 30 1234' };
    const ask = async (method: string, path: string, body?: unknown) => {
      const answer = await world.api.send(method, path, token, body);
      return answer.status < 300 ? String(answer.status) : `${answer.status} ${answer.problem.code}`;
    };
    const seen = [
      await ask('POST', '/resolve', { purchaseToken }),
      await ask('POST', '/onboard', { subscriptionId: id, contact }),
      await ask('GET', `/subscriptions/${id}`),
      await ask('POST', `/subscriptions/${id}/activate`),
      await ask('GET', '/operator/subscriptions'),
      await ask('GET', `/operator/subscriptions/${id}`),
      await ask('POST', `/operator/subscriptions/${id}/confirm`, {}),
      await ask('POST', `/operator/subscriptions/${id}/activate`, {}),
      await ask('POST', `/operator/subscriptions/${id}/retry`, {}),
    ];
    expect(seen).toEqual([...buyer, ...operator]);
  });

  test('a guest is told where to sign in instead', async () => {
    const { problem } = await world.api.resolve('guest', purchaseToken);
    expect(problem.signInTenants).toEqual([CONTOSO_TENANT]);
  });

  test('only GET reads and only POST acts: any other method finds nothing', async () => {
    const token = await world.api.consoleToken('operator');
    for (const act of ['confirm', 'activate', 'retry']) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        expect(
          (
            await fetch(`${world.api.base()}/operator/subscriptions/${id}/${act}`, {
              method,
              headers: { authorization: `Bearer ${token}` },
            })
          ).status,
        ).toBe(404);
      }
    }
  });

  test('the 401 says how to sign in', async () => {
    const { headers } = await world.api.send('GET', `/subscriptions/${id}`, undefined);
    expect(headers.get('www-authenticate')).toBe('Bearer');
  });
});

describe('who never resolved the purchase', () => {
  test('does not see it, even as its buyer', async () => {
    const { api, marketplace } = world;
    const { subscriptionId } = await marketplace.purchase({ planId: 'starter', purchaser: 'buyer' });
    expect((await api.get('buyer', subscriptionId)).problem.code).toBe('subscription-not-found');
    expect((await api.onboard('buyer', subscriptionId)).status).toBe(404);
    expect((await api.activate('buyer', subscriptionId)).status).toBe(404);
  });

  test('does not see it after somebody else resolved it', async () => {
    const id = await journeys(world).resolved();
    expect((await world.api.get('buyer-without-mail', id)).status).toBe(404);
  });

  test('cannot tell a foreign subscription from one that does not exist', async () => {
    const { api } = world;
    const foreign = await journeys(world).resolved();
    const token = await api.landingToken('stranger');
    const contact = { name: 'Sam', email: 'sam@fabrikam.example' };
    const answersFor = async (id: string): Promise<unknown[]> =>
      Promise.all(
        [
          api.send('GET', `/subscriptions/${id}`, token),
          api.send('POST', `/subscriptions/${id}/activate`, token),
          api.send('POST', '/onboard', token, { subscriptionId: id, contact }),
        ].map(async (asked) => {
          const { status, headers, problem } = await asked;
          const { instance: _instance, ...rest } = problem;
          return { status, headers: [...headers].filter(([name]) => name !== 'date'), body: JSON.stringify(rest) };
        }),
      );
    expect(await answersFor(foreign)).toEqual(await answersFor(randomUUID()));
  });

  test.each(['nothing', '..%2f..', '%00', "'"])('gets the same for the id %s, which is none', async (id) => {
    const { api } = world;
    expect((await api.get('buyer', id)).problem.code).toBe('subscription-not-found');
    expect((await api.look('operator', id)).problem.code).toBe('subscription-not-found');
    expect((await api.operate('operator', id, 'confirm')).problem.code).toBe('subscription-not-found');
  });
});

describe("a reseller's purchase", () => {
  test('is seen and may be activated by the reseller and by the customer it is for, not by the rest of either company', async () => {
    const { api, marketplace } = world;
    const bought = await marketplace.purchase({ planId: 'starter', purchaser: 'reseller', beneficiary: 'buyer' });
    const roles = async (person: string) => (await api.resolve(person, bought.purchaseToken)).body.yourRoles;
    expect(await roles('reseller')).toEqual(['purchaser']);
    expect(await roles('buyer')).toEqual(['beneficiary']);
    expect(await roles('colleague')).toEqual([]);

    for (const person of ['reseller', 'buyer']) {
      expect((await api.activate(person, bought.subscriptionId)).problem.code).toBe('not-confirmed');
    }
    expect((await api.activate('colleague', bought.subscriptionId)).problem.code).toBe('not-allowed');
    expect((await api.resolve('stranger', bought.purchaseToken)).problem.signInTenants).toHaveLength(2);
  });
});

describe('a purchase of a personal account', () => {
  const resolveAs = async (purchaseToken: string, person: string, claims: Record<string, unknown>) => {
    const token = await world.entra.token({ person, clientId: LANDING_CLIENT_ID, claims });
    const { status, problem } = await world.api.send('POST', '/resolve', token, { purchaseToken });
    return status === 200 ? '200' : problem.code;
  };

  test('is seen by the account of the same object id, by no other of the shared tenant', async () => {
    const { api, marketplace } = world;
    const { purchaseToken } = await marketplace.purchase({ planId: 'starter', purchaser: 'personal' });
    const other = await api.resolve('personal-other', purchaseToken);
    expect([other.status, other.problem.code, other.problem.signInTenants]).toEqual([403, 'not-a-party', []]);
    expect(await resolveAs(purchaseToken, 'personal-other', { preferred_username: 'pia@outlook.example' })).toBe(
      'not-a-party',
    );
    expect((await api.resolve('personal', purchaseToken)).status).toBe(200);
  });

  test('under another object id is recognised by the e-mail claim once, and from then on by the account that it was', async () => {
    const { marketplace } = world;
    const { subscriptionId, purchaseToken } = await marketplace.purchase({ planId: 'starter', purchaser: 'personal' });
    const elsewhere = { objectId: randomUUID(), emailId: 'Pia@Outlook.example' };
    await marketplace.change(subscriptionId, { purchaser: elsewhere, beneficiary: elsewhere });
    expect(await resolveAs(purchaseToken, 'personal', { email: null, preferred_username: elsewhere.emailId })).toBe(
      'not-a-party',
    );
    expect(await resolveAs(purchaseToken, 'personal-other', {})).toBe('not-a-party');

    expect(await resolveAs(purchaseToken, 'personal', {})).toBe('200');

    expect(await resolveAs(purchaseToken, 'personal-other', { email: elsewhere.emailId })).toBe('not-a-party');
    expect(await resolveAs(purchaseToken, 'personal', { email: null })).toBe('200');
    expect((await world.api.activate('personal', subscriptionId)).problem.code).toBe('not-confirmed');
  });

  test('is not opened by the e-mail claim of a work account', async () => {
    const { purchaseToken } = await world.marketplace.purchase({ planId: 'starter', purchaser: 'personal' });
    expect(await resolveAs(purchaseToken, 'stranger', { email: 'pia@outlook.example' })).toBe('not-a-party');
  });
});
