import { randomBytes, randomUUID } from 'node:crypto';
import { EmailClient, type EmailMessage } from '@azure/communication-email';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mailboxControl } from '../../../local/mailbox/control.ts';
import { type Mailbox, startMailbox } from '../../../local/mailbox/server.ts';

let mailbox: Mailbox;
let control: ReturnType<typeof mailboxControl>;
beforeAll(async () => {
  mailbox = await startMailbox();
  control = mailboxControl(mailbox.url);
});
beforeEach(() => control.clear());
afterAll(() => mailbox.close());

const client = (connectionString = mailbox.connectionString): EmailClient =>
  new EmailClient(connectionString, { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } });
const mail = (to = 'bea.buyer@contoso.example'): EmailMessage => ({
  senderAddress: 'donotreply@pegasus.example',
  content: { subject: 'Your workspace is ready', html: '<p>Ready</p>', plainText: 'Ready' },
  recipients: { to: [{ address: to }] },
});

describe('the e-mail endpoint, driven by the real SDK (contract 9)', () => {
  test('delivers a mail and ends as Succeeded', async () => {
    const operationId = randomUUID();
    const poller = await client().beginSend(mail(), { operationId });
    const result = await poller.pollUntilDone();

    expect(result).toMatchObject({ id: operationId, status: 'Succeeded' });
    expect(await control.mails()).toEqual([
      {
        operationId,
        sender: 'donotreply@pegasus.example',
        to: 'bea.buyer@contoso.example',
        subject: 'Your workspace is ready',
        html: '<p>Ready</p>',
        text: 'Ready',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        attempts: 1,
      },
    ]);
  });

  test('the first poll finds it Running, with the mail already delivered', async () => {
    const poller = await client().beginSend(mail());
    expect(poller.getOperationState().status).toBe('running');
    expect(await control.mails()).toHaveLength(1);
  });

  test('the same operation id is answered alike and delivered once', async () => {
    const operationId = randomUUID();

    const results = [];
    for (let send = 0; send < 3; send += 1) {
      results.push(await (await client().beginSend(mail(), { operationId })).pollUntilDone());
    }

    expect(results.map(({ id, status }) => [id, status])).toEqual([1, 2, 3].map(() => [operationId, 'Succeeded']));
    expect((await control.mails()).map(({ attempts }) => attempts)).toEqual([3]);
  });

  test('without an operation id each send is a mail of its own', async () => {
    await client().beginSend(mail());
    await client().beginSend(mail());
    expect(await control.mails()).toHaveLength(2);
  });

  test('mails are listed newest first, and for one recipient', async () => {
    await client().beginSend(mail('olivia@publisher.example'));
    await client().beginSend(mail());

    expect((await control.mails()).map(({ to }) => to)).toEqual([
      'bea.buyer@contoso.example',
      'olivia@publisher.example',
    ]);
    expect((await control.mails('Olivia@publisher.example')).map(({ to }) => to)).toEqual(['olivia@publisher.example']);
  });

  test('another key is refused as 401 and nothing is delivered', async () => {
    const wrong = `endpoint=${mailbox.url}/;accesskey=${randomBytes(64).toString('base64')}`;
    await expect(client(wrong).beginSend(mail())).rejects.toMatchObject({ statusCode: 401, code: 'Denied' });
    expect(await control.mails()).toEqual([]);
  });

  test('a signature covers the body, the address, the host and the date', async () => {
    let captured: { url: string; headers: Headers; body: string } | undefined;
    const email = client();
    await email.beginSend(mail(), {
      onResponse: ({ request }) => {
        if (request.method === 'POST') {
          captured = { url: request.url, headers: new Headers(request.headers.toJSON()), body: request.body as string };
        }
      },
    });
    if (!captured) throw new Error('nothing was sent');
    const { url, headers, body } = captured;
    headers.delete('host');
    const replay = async (change: { url?: string; body?: string; header?: [string, string] }) => {
      const changed = new Headers(headers);
      changed.delete('content-length');
      if (change.header) changed.set(...change.header);
      const init = { method: 'POST', headers: changed, body: change.body ?? body };
      return (await fetch(change.url ?? url, init)).status;
    };

    expect(await replay({})).toBe(202);
    expect(await replay({ body: body.replace('Ready', 'Steady') })).toBe(401);
    expect(await replay({ url: `${url}&x=1` })).toBe(401);
    expect(await replay({ url: url.replace('127.0.0.1', 'localhost') })).toBe(401);
    expect(await replay({ header: ['x-ms-date', new Date(0).toUTCString()] })).toBe(401);
    expect(await replay({ header: ['x-ms-content-sha256', 'AAAA'] })).toBe(401);
    expect(await replay({ header: ['authorization', ''] })).toBe(401);
  });

  test('polls are signed too, and an unknown operation is 404', async () => {
    const path = `${mailbox.url}/emails/operations/${randomUUID()}?api-version=2025-09-01`;
    expect((await fetch(path)).status).toBe(401);
    const operationId = randomUUID();
    const poller = await client().beginSend(mail(), { operationId });
    await control.clear();
    await expect(poller.pollUntilDone()).rejects.toMatchObject({ statusCode: 404 });
  });

  test.each<[string, Partial<EmailMessage>]>([
    ['no recipient', { recipients: { to: [] } }],
    ['an address that is no mailbox', { recipients: { to: [{ address: 'gus#EXT#@contoso' }] } }],
    ['an empty subject', { content: { subject: '', html: '<p>x</p>' } }],
  ])('%s is refused as 400', async (_, change) => {
    const send = client().beginSend({ ...mail(), ...change });

    await expect(send).rejects.toMatchObject({ statusCode: 400, code: 'BadRequest' });
    expect(await control.mails()).toEqual([]);
  });
});

describe('faults', () => {
  test('a 429 passes through with its retry-after, and the next send works', async () => {
    await control.faults({ status: 429, retryAfterSeconds: 7, times: 1 });

    const refused = await client()
      .beginSend(mail())
      .catch((error: unknown) => error as { statusCode: number; response: { headers: { get(name: string): string } } });

    expect(refused).toMatchObject({ statusCode: 429, code: 'TooManyRequests' });
    expect('response' in refused && refused.response.headers.get('retry-after')).toBe('7');
    expect(await control.mails()).toEqual([]);
    await client().beginSend(mail());
    expect(await control.mails()).toHaveLength(1);
  });

  test('a connection cut before acting delivers nothing, one cut after acting delivers', async () => {
    await control.faults({ reset: 'before', times: 1 });
    await expect(client().beginSend(mail())).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await control.mails()).toEqual([]);

    const operationId = randomUUID();
    await control.faults({ reset: 'after', times: 1 });
    await expect(client().beginSend(mail(), { operationId })).rejects.toMatchObject({ code: 'ECONNRESET' });
    await client().beginSend(mail(), { operationId });
    expect((await control.mails()).map(({ attempts }) => attempts)).toEqual([2]);
  });

  test('a delayed answer comes late, with the mail already there', async () => {
    await control.faults({ delayMs: 1500, times: 1 });

    const sending = client().beginSend(mail());
    let arrived = 0;
    const deadline = performance.now() + 1200;
    while (arrived === 0 && performance.now() < deadline) arrived = (await control.mails()).length;

    expect(arrived).toBe(1);
    await sending;
  });

  test('an operation that fails rejects at the end and is not in the inbox', async () => {
    await control.faults({ poll: 'failed', times: 1 });
    const poller = await client().beginSend(mail());
    await expect(poller.pollUntilDone()).rejects.toThrow('EmailDropped');
    expect(await control.mails()).toEqual([]);
  });

  test('a poll that is throttled leaves the mail delivered', async () => {
    await control.faults({ on: 'poll', status: 429, times: 1 });
    await expect(client().beginSend(mail())).rejects.toMatchObject({ statusCode: 429 });
    expect(await control.mails()).toHaveLength(1);
  });
});

describe('pages', () => {
  const text = async (path: string) => (await fetch(`${mailbox.url}${path}`)).text();

  test('the inbox says that it is empty, then lists mails, for one recipient when asked', async () => {
    expect(await text('/')).toContain('No mail yet');
    await client().beginSend(mail('olivia@publisher.example'));
    const operationId = randomUUID();
    await client().beginSend(mail(), { operationId });

    expect(await text('/')).toMatch(/bea\.buyer@contoso\.example<\/td>[\s\S]+olivia@publisher\.example<\/td>/);
    expect(await text('/?to=bea.buyer%40contoso.example')).toContain(`href="/mails/${operationId}"`);
    expect(await text('/?to=bea.buyer%40contoso.example')).not.toContain('olivia@publisher.example</td>');
  });

  test('a mail is shown in a sandbox without scripts and cannot leave its frame', async () => {
    const operationId = randomUUID();
    const content = {
      subject: '<b>Hi</b>',
      html: '<p class="x">"&amp;</p><script>alert(1)</script>',
      plainText: '<i>plain</i>',
    };
    await client().beginSend({ ...mail(), content }, { operationId });

    const shown = await text(`/mails/${operationId}`);

    expect(shown).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(shown).toContain('&lt;p class=&quot;x&quot;&gt;&quot;&amp;amp;&lt;/p&gt;&lt;script&gt;');
    expect(shown).not.toMatch(/<script>alert|<b>Hi|<i>plain/);
    expect((await fetch(`${mailbox.url}/mails/${randomUUID()}`)).status).toBe(404);
  });
});
