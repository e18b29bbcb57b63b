import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mailer } from '../../../src/adapters/email/mailer.ts';
import type { OutgoingMail } from '../../../src/application/ports.ts';
import { mailFacts, without } from '../../unit/email/facts.ts';
import { type Answer, accepted, startSink } from './sink.ts';

const SENDER = 'donotreply@mail.publisher.example';
const ID = '8c1f7a52-3f1e-5d53-9f6c-1b1a7c5a9e11';

const mail: OutgoingMail = {
  operationId: ID,
  kind: 'workspace-ready',
  to: 'bea.buyer@contoso.example',
  facts: mailFacts(),
};

let sink: Awaited<ReturnType<typeof startSink>>;
beforeAll(async () => {
  sink = await startSink();
});
afterAll(() => sink.close());
beforeEach(() => sink.respond());

const send = (post?: Answer, poll?: Answer, limitMs = 5000) => {
  sink.respond(post, poll);
  return mailer({ connectionString: sink.connectionString, sender: SENDER, limitMs }).send(mail);
};

const posts = () => sink.received.filter(({ method }) => method === 'POST').length;

describe('a mail that the service accepts', () => {
  test('is sent by one signed POST under its operation id, in HTML and text, untracked, answered to support', async () => {
    const outcome = await send();

    expect(outcome).toEqual({ kind: 'sent' });
    expect(sink.received).toEqual([
      {
        method: 'POST',
        path: '/emails:send?api-version=2025-09-01',
        operationId: ID,
        isSigned: true,
        body: {
          senderAddress: SENDER,
          recipients: { to: [{ address: 'bea.buyer@contoso.example' }] },
          content: {
            subject: 'Unifize: your workspace is ready',
            html: expect.stringContaining('<!doctype html>'),
            plainText: expect.stringContaining('Open the Azure portal'),
          },
          replyTo: [{ address: 'support@unifize.example' }],
          userEngagementTrackingDisabled: true,
        },
      },
    ]);
  });

  test('names no reply address without a support address', async () => {
    const facts = without(mailFacts(), 'supportEmail');

    await mailer({ connectionString: sink.connectionString, sender: SENDER }).send({ ...mail, facts });

    expect(sink.received[0]?.body).not.toHaveProperty('replyTo');
  });

  test.each<[string, Answer]>([
    ['fails', { status: 500 }],
    ['is throttled', { status: 429, headers: { 'retry-after': '60' } }],
    ['says Failed', { status: 200, body: '{"status":"Failed","error":{"code":"X","message":"Y"}}' }],
    ['breaks off', 'reset'],
    ['never answers', 'silent'],
  ])('is sent although a poll of it %s, for there is none', async (_case, poll) => {
    const outcome = await send(accepted(sink.origin), poll);

    expect(outcome).toEqual({ kind: 'sent' });
    expect(sink.received.map(({ method }) => method)).toEqual(['POST']);
  });

  test.each<[string, Answer]>([
    ['an unreadable body', { status: 202, body: '{"id":' }],
    ['no body', { status: 204 }],
    ['a body that says Failed', { status: 202, body: '{"id":"x","status":"Failed"}' }],
    ['a 2xx that the SDK does not know', { status: 206 }],
    ['a Location besides', { status: 202, headers: { location: '/elsewhere' }, body: '{}' }],
  ])('is sent when the answer has %s', async (_case, post) => {
    expect(await send(post, 'reset')).toEqual({ kind: 'sent' });
    expect(sink.received).toHaveLength(1);
  });

  test('carries the same operation id when it is sent again', async () => {
    const service = mailer({ connectionString: sink.connectionString, sender: SENDER });

    await service.send(mail);
    await service.send(mail);

    expect(sink.received.map(({ operationId }) => operationId)).toEqual([ID, ID]);
  });
});

describe('a mail that the service does not accept now', () => {
  test('is for later after the seconds that a 429 names, with exactly one POST', async () => {
    const outcome = await send({ status: 429, headers: { 'retry-after': '17' } });

    expect(outcome).toEqual({ kind: 'later', code: 'mail-throttled', retryAfterSeconds: 17 });
    expect(posts()).toBe(1);
  });

  test.each(['', 'Sat, 21 Nov 2026 10:00:00 GMT', '-5', '1e9', '99999999'])(
    'is for later without seconds when a 429 says retry-after "%s"',
    async (header) => {
      const outcome = await send({ status: 429, headers: { 'retry-after': header } });

      expect(outcome).toEqual({ kind: 'later', code: 'mail-throttled' });
    },
  );

  test.each([
    [500, 'mail-unavailable'],
    [502, 'mail-unavailable'],
    [503, 'mail-unavailable'],
    [408, 'mail-unavailable'],
    [409, 'mail-unavailable'],
    [401, 'mail-unauthorized'],
    [403, 'mail-unauthorized'],
  ])('is for later on %i as %s, with exactly one POST', async (status, code) => {
    const outcome = await send({ status, body: '{"error":{"code":"Some","message":"thing"}}' });

    expect(outcome).toEqual({ kind: 'later', code });
    expect(posts()).toBe(1);
  });

  test('is for later after the seconds that a 503 names', async () => {
    expect(await send({ status: 503, headers: { 'retry-after': '5' } })).toEqual({
      kind: 'later',
      code: 'mail-unavailable',
      retryAfterSeconds: 5,
    });
  });

  test.each([303, 307])('is for later on a %i, which is not followed', async (status) => {
    expect(await send({ status, headers: { location: '/elsewhere' } })).toEqual({
      kind: 'later',
      code: 'mail-unavailable',
    });
    expect(sink.received).toHaveLength(1);
  });

  test('is for later when the connection breaks, with exactly one POST', async () => {
    expect(await send('reset')).toEqual({ kind: 'later', code: 'mail-unreachable' });
    expect(posts()).toBe(1);
  });

  test('is for later when the service never answers, once the limit is reached', async () => {
    const before = performance.now();

    expect(await send('silent', undefined, 300)).toEqual({ kind: 'later', code: 'mail-unreachable' });
    expect(performance.now() - before).toBeGreaterThanOrEqual(290);
    expect(posts()).toBe(1);
  });

  test('is for later when nobody listens', async () => {
    const gone = await startSink();
    await gone.close();

    const service = mailer({ connectionString: gone.connectionString, sender: SENDER });

    expect(await service.send(mail)).toEqual({ kind: 'later', code: 'mail-unreachable' });
  });
});

test.each([400, 404, 413, 422])(
  'a mail answered %i is refused, and nothing of the answer is passed on',
  async (status) => {
    const outcome = await send({ status, body: `{"error":{"code":"BadRequest","message":"${mail.to} is odd"}}` });

    expect(outcome).toEqual({ kind: 'refused', code: 'mail-refused' });
    expect(posts()).toBe(1);
  },
);

describe('the address of the service', () => {
  const SECRET = 'c2VjcmV0';

  test.each([
    'http://mail.publisher.example',
    'http://10.0.0.1:8080',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://127.0.0.1@evil.example',
    'ftp://127.0.0.1',
    'nonsense',
    '',
  ])('%p is refused at once, with the key in no message', (endpoint) => {
    const make = () => mailer({ connectionString: `endpoint=${endpoint};accesskey=${SECRET}`, sender: SENDER });

    expect(make).toThrow(/address of the e-mail service/);
    expect(make).not.toThrow(SECRET);
  });

  test.each(['https://mail.communication.azure.com', 'http://localhost:1', 'http://[::1]:1', 'http://127.0.0.1:1/'])(
    '%p is taken',
    (endpoint) => {
      expect(() =>
        mailer({ connectionString: `endpoint=${endpoint};accesskey=${SECRET}`, sender: SENDER }),
      ).not.toThrow();
    },
  );

  test('without anything that proves who we are is refused at once', () => {
    expect(() => mailer({ endpoint: 'https://mail.example', sender: SENDER })).toThrow(/credential/);
    expect(() => mailer({ sender: SENDER })).toThrow(/missing/);
  });

  test('on loopback is refused for a credential, whose token must not travel in the clear', () => {
    const credential = () => Promise.reject(new Error('not asked'));

    expect(() => mailer({ endpoint: 'http://127.0.0.1:1', credential, sender: SENDER })).toThrow(/connection string/);
  });
});

describe('with a credential', () => {
  /** The shape of what @azure/identity throws: its status is that of the token endpoint, not of the mail's. */
  const refusal = Object.assign(new Error('invalid_client'), { name: 'AuthenticationError', statusCode: 400 });

  test('a token that cannot be had is for later; the credential is asked for once, the token for the right scope', async () => {
    const scopes: unknown[] = [];
    let asked = 0;
    const credential = () => {
      asked += 1;
      return Promise.resolve({
        getToken: (scope: string | string[]) => {
          scopes.push(scope);
          return Promise.reject(refusal);
        },
      });
    };
    const service = mailer({ endpoint: 'https://mail.invalid', credential, sender: SENDER });

    expect([await service.send(mail), await service.send(mail)]).toEqual([
      { kind: 'later', code: 'mail-unauthorized' },
      { kind: 'later', code: 'mail-unauthorized' },
    ]);
    expect(asked).toBe(1);
    expect(scopes.flat()).toEqual(Array(2).fill('https://communication.azure.com//.default'));
  });

  test('a credential that cannot be made is for later, and asked for again', async () => {
    let asked = 0;
    const credential = () => {
      asked += 1;
      return Promise.reject(refusal);
    };
    const service = mailer({ endpoint: 'https://mail.invalid', credential, sender: SENDER });

    expect(await service.send(mail)).toEqual({ kind: 'later', code: 'mail-unauthorized' });
    expect(await service.send(mail)).toEqual({ kind: 'later', code: 'mail-unauthorized' });
    expect(asked).toBe(2);
  });

  test('a token that never comes is for later once the limit is reached', async () => {
    const credential = () => Promise.resolve({ getToken: () => new Promise<never>(() => {}) });
    const service = mailer({ endpoint: 'https://mail.invalid', credential, sender: SENDER, limitMs: 200 });

    expect(await service.send(mail)).toEqual({ kind: 'later', code: 'mail-unreachable' });
  });
});
