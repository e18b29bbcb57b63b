import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startWorld, type World } from '../../support/world.ts';
import { journeys } from './journeys.ts';
import { expectProblem } from './problem.ts';

let world: World;
let subscriptionId: string;
beforeAll(async () => {
  world = await startWorld();
  subscriptionId = await journeys(world).resolved();
});
afterAll(() => world.close());

const KIB_64 = 64 * 1024;
const contact = { name: 'Bea Buyer', email: 'bea.buyer@contoso.example' };
const post = async (path: string, body: unknown, headers: Record<string, string> = {}, person = 'colleague') => {
  const { api } = world;
  const token = path.startsWith('/operator') ? await api.consoleToken('operator') : await api.landingToken(person);
  return api.send('POST', path, token, body, headers);
};
/** Every route that takes a body. */
const routes = () => ['/resolve', '/onboard', `/operator/subscriptions/${subscriptionId}/confirm`];

describe('the body', () => {
  test('of 64 KiB is read, one byte more is refused, whatever the route', async () => {
    const padded = `{}${' '.repeat(KIB_64 - 2)}`;
    expectProblem(await post('/resolve', padded), [400, 'purchase-token-missing']);
    for (const route of routes()) expectProblem(await post(route, `${padded} `), [413, 'body-too-large']);
  });

  test('is measured in bytes, not in characters', async () => {
    const text = JSON.stringify({ purchaseToken: 'é'.repeat(40_000) });
    expect(text.length).toBeLessThan(KIB_64);
    expectProblem(await post('/resolve', text), [413, 'body-too-large']);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'of content type "%s" is refused',
    async (type) => {
      for (const route of routes()) {
        expectProblem(await post(route, '{}', { 'content-type': type }), [415, 'unsupported-media-type']);
      }
    },
  );

  test('without a content type is refused', async () => {
    const token = await world.api.landingToken('colleague');
    const response = await fetch(`${world.api.base()}/resolve`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new TextEncoder().encode('{}'),
    });
    expect(response.status).toBe(415);
  });

  test.each(['application/json; charset=utf-8', 'Application/JSON'])('of content type "%s" is read', async (type) => {
    expectProblem(await post('/resolve', '{}', { 'content-type': type }), [400, 'purchase-token-missing']);
  });

  test.each(['{', '', '{"purchaseToken":}', '[]', 'null', '"text"', '1'])('%s is no request', async (text) => {
    for (const route of routes()) {
      if (text === '' && route.includes('operator')) continue;
      const { errors } = expectProblem(await post(route, text), [400, 'invalid-request']);
      expect(errors).toEqual([{ pointer: '', detail: expect.stringMatching(/^.+\.$/) }]);
    }
  });
});

describe('the contact form', () => {
  const long = (length: number) => 'x'.repeat(length);
  const further = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`field${index}`, 'x']));
  const without = (name: 'name' | 'email') => {
    const { [name]: _left, ...rest } = contact;
    return rest;
  };
  test.each<[what: string, pointer: string, fields: unknown]>([
    ['without a name', '/contact/name', without('name')],
    ['with an empty name', '/contact/name', { ...contact, name: '' }],
    ['with a blank name', '/contact/name', { ...contact, name: ' \u00a0 ' }],
    ['with a name that is no text', '/contact/name', { ...contact, name: 7 }],
    ['with a name of 201 characters', '/contact/name', { ...contact, name: long(201) }],
    ['with a line break in the name', '/contact/name', { ...contact, name: 'Bea\r\nBcc: all@example.com' }],
    ['without an address', '/contact/email', without('email')],
    ['with an address that is none', '/contact/email', { ...contact, email: 'bea at contoso' }],
    ['with an address without a domain', '/contact/email', { ...contact, email: 'bea@contoso' }],
    ['with two addresses', '/contact/email', { ...contact, email: 'a@contoso.example,b@contoso.example' }],
    ['with a display name in the address', '/contact/email', { ...contact, email: 'Bea <bea@contoso.example>' }],
    [
      'with a line break in the address',
      '/contact/email',
      { ...contact, email: 'bea@contoso.example\nBcc:a@b.example' },
    ],
    ['with an address of 255 characters', '/contact/email', { ...contact, email: `${long(243)}@example.com` }],
    ['with an address that is a list', '/contact/email', { ...contact, email: [contact.email] }],
    ['with an empty company', '/contact/company', { ...contact, company: '' }],
    ['with a company of 201 characters', '/contact/company', { ...contact, company: long(201) }],
    ['with a company that is null', '/contact/company', { ...contact, company: null }],
    ['with a phone of 51 characters', '/contact/phone', { ...contact, phone: long(51) }],
    ['with a phone that is a number', '/contact/phone', { ...contact, phone: 4930 }],
    ['with a further field of 501 characters', '/contact/notes', { ...contact, notes: long(501) }],
    ['with a further field that is an object', '/contact/notes', { ...contact, notes: {} }],
    ['with a further field of an odd name', '/contact', { ...contact, 'no<b>': 'x' }],
    ['with a further field of an overlong name', '/contact', { ...contact, [long(51)]: 'x' }],
    ['with 11 further fields', '/contact', { ...contact, company: 'Contoso', phone: '1', ...further(11) }],
    ['that is a list', '/contact', []],
    ['that is missing', '/contact', undefined],
  ])('%s is refused, and the answer points at %s', async (_what, pointer, fields) => {
    const answer = await post('/onboard', { subscriptionId, contact: fields }, {}, 'buyer');

    const { errors } = expectProblem(answer, [400, 'invalid-request']);
    expect(errors).toEqual([{ pointer, detail: expect.stringMatching(/^.+\.$/) }]);
  });

  test('with several wrong fields points at each', async () => {
    const answer = await post('/onboard', { subscriptionId: 'sub-1', contact: { name: '', email: 'x', phone: 1 } });

    const { errors } = expectProblem(answer, [400, 'invalid-request']);
    const pointers = errors?.map(({ pointer }) => pointer).toSorted();
    expect(pointers).toEqual(['/contact/email', '/contact/name', '/contact/phone', '/subscriptionId']);
  });

  test.each([undefined, null, 5, '', 'sub-1', '../operator', `${'0'.repeat(8)}-0000-0000-0000-00000000000g`])(
    'for the subscription %p is refused',
    async (id) => {
      const { errors } = expectProblem(await post('/onboard', { subscriptionId: id, contact }), [
        400,
        'invalid-request',
      ]);
      expect(errors?.map(({ pointer }) => pointer)).toEqual(['/subscriptionId']);
    },
  );

  test('that was refused has changed nothing', async () => {
    expect((await world.api.get('buyer', subscriptionId)).body.stage).toBe('resolved');
  });
});

describe('the purchase token', () => {
  test.each([{}, { purchaseToken: '' }, { purchaseToken: null }, { token: 'x' }])('of %j is missing', async (body) => {
    expectProblem(await post('/resolve', body), [400, 'purchase-token-missing']);
  });

  test('that is a number is no text', async () => {
    const { errors } = expectProblem(await post('/resolve', { purchaseToken: 1 }), [400, 'invalid-request']);
    expect(errors?.[0]?.pointer).toBe('/purchaseToken');
  });

  test('over 4 KiB, or of other characters than a header takes, never reaches Microsoft', async () => {
    await world.marketplace.clearCalls();
    for (const odd of ['x'.repeat(4097), 'abc\r\nx: y', 'abc\u0000', 'abcé', 'ab cd', '\u{1f600}', ' ']) {
      expectProblem(await post('/resolve', { purchaseToken: odd }), [400, 'purchase-token-invalid']);
    }
    expect(await world.marketplace.calls()).toEqual([]);
  });

  test('of 4 KiB is for Microsoft to judge', async () => {
    await world.marketplace.clearCalls();
    expectProblem(await post('/resolve', { purchaseToken: 'x'.repeat(4096) }), [400, 'purchase-token-invalid']);
    expect(await world.marketplace.calls()).toHaveLength(1);
  });

  test('that was tampered with is invalid, and so is a real one after a day', async () => {
    const { purchaseToken } = await journeys(world).buy();
    const tampered = `${purchaseToken.startsWith('A') ? 'B' : 'A'}${purchaseToken.slice(1)}`;
    expectProblem(await post('/resolve', { purchaseToken: tampered }), [400, 'purchase-token-invalid']);
    expect((await post('/resolve', { purchaseToken })).status).toBe(200);

    await world.marketplace.advanceClock(25 * 3600);

    const { detail } = expectProblem(await post('/resolve', { purchaseToken }), [400, 'purchase-token-invalid']);
    expect(detail).toContain('Azure portal');
  });
});

describe("an operator's request", () => {
  test.each([
    ['that is a number', 7],
    ['that is empty', ''],
    ['that is blank', '  '],
    ['of 501 characters', 'x'.repeat(501)],
    ['with a line break', 'a\nb'],
    ['that is null', null],
  ])('with a reason %s is refused', async (_what, reason) => {
    for (const act of ['confirm', 'activate', 'retry']) {
      const answer = await post(`/operator/subscriptions/${subscriptionId}/${act}`, { reason });
      const { errors } = expectProblem(answer, [400, 'invalid-request']);
      expect(errors?.map(({ pointer }) => pointer)).toEqual(['/reason']);
    }
  });

  test.each([
    ['a stage that does not exist', 'stage=nonsense', '/stage'],
    ['a stage with a control character', 'stage=resolved%00', '/stage'],
    ['601 characters to look for', `q=${'x'.repeat(601)}`, '/q'],
    ['a control character to look for', 'q=a%00b', '/q'],
    ['a cursor of 601 characters', `cursor=${'x'.repeat(601)}`, '/cursor'],
    ['a line break in the cursor', 'cursor=a%0d%0ab', '/cursor'],
  ])('for the list with %s is refused', async (_what, query, pointer) => {
    const { errors } = expectProblem(await world.api.list('operator', `?${query}`), [400, 'invalid-request']);
    expect(errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  test.each(["' or PartitionKey ne '", "x' or true", '~', '%25', '|', '/\\#?', 'é😀', "'"])(
    'that looks for or goes on at %s finds nothing and breaks nothing',
    async (text) => {
      for (const name of ['q', 'cursor']) {
        const { status, body } = await world.api.list('operator', `?${name}=${encodeURIComponent(text)}`);
        expect(status).toBe(200);
        expect(name === 'q' ? body.items : []).toEqual([]);
      }
    },
  );

  test.each(['', '?q=&stage=&cursor=', '?q=%20', '?page=7'])('for the list %s means the whole list', async (query) => {
    const { status, body } = await world.api.list('reader', query);
    expect([status, body.items.length > 0]).toEqual([200, true]);
  });
});

describe('a caller in a loop', () => {
  test.each(['/resolve', '/onboard'])(
    'gets 60 answers a minute from %s, others are served all the while',
    async (route) => {
      // The reseller has asked nothing yet, so the first of this minute is the first at all.
      const statuses: number[] = [];
      for (let count = 0; count < 60; count += 1) statuses.push((await post(route, '{}', {}, 'reseller')).status);
      expect(new Set(statuses)).toEqual(new Set([400]));

      const refused = await post(route, '{}', {}, 'reseller');

      expectProblem(refused, [429, 'too-many-requests']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
      expect((await post(route, '{}', {}, 'stranger')).status).toBe(400);
    },
  );
});
