// Contract 9: the mail service, asked without sending, and with a mail when one was asked for.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mailboxControl } from '../../../local/mailbox/control.ts';
import { readText } from '../../support/source-files.ts';
import { type StandIn, startOwn } from '../../support/stand-ins/start-own.ts';
import { checked } from './site.ts';

const { Values: example } = JSON.parse(readText('local.settings.example.json')) as { Values: Record<string, string> };

let mailbox: StandIn<'mailbox'>;
let control: ReturnType<typeof mailboxControl>;
beforeAll(async () => {
  mailbox = await startOwn('mailbox');
  control = mailboxControl(mailbox.url);
});
afterAll(() => mailbox.close());

const check = (id: string, args: string[] = [], connection = mailbox.connectionString) =>
  checked(id, { ...example, EMAIL_CONNECTION_STRING: connection }, args);

test('a service that answers and knows us is well, and no mail was sent', async () => {
  expect(await check('mail')).toMatchObject({ state: 'ok', code: 0 });
  expect(await control.mails()).toEqual([]);
});

test.each([
  [401, 'failed', /Communication and Email Service Owner/],
  [403, 'failed', /Communication and Email Service Owner/],
  [429, 'warning', /own domain/],
  [500, 'failed', /Service Health/],
])('%i is %s', async (status, state, fix) => {
  await control.faults({ status, times: 1 });
  expect(await check('mail')).toMatchObject({ state, fix: expect.stringMatching(fix) });
});

test('a wrong access key and a service that is not there are told apart', async () => {
  const wrongKey = mailbox.connectionString.replace(/accesskey=.*/i, 'accesskey=bm90IHRoZSBrZXk=');
  expect(await check('mail', [], wrongKey)).toMatchObject({
    state: 'failed',
    found: expect.stringContaining('refuses'),
  });
  const nowhere = mailbox.connectionString.replace(/http:[^;]+/, 'http://127.0.0.1:2/');
  expect(await check('mail', [], nowhere)).toMatchObject({
    state: 'failed',
    found: expect.stringContaining('no answer'),
  });
});

test('a test mail goes out only when it is asked for, and its address is not repeated', async () => {
  expect(await check('test-mail')).toMatchObject({ state: 'not-checked', fix: expect.stringContaining('--mail') });
  expect(await control.mails()).toEqual([]);
  const result = await check('test-mail', ['--mail', 'engineer@publisher.example']);
  expect(result).toMatchObject({ state: 'ok', code: 0 });
  expect(JSON.stringify(result)).not.toContain('engineer@');
  expect(await control.mails('engineer@publisher.example')).toHaveLength(1);
});

test('a test mail that the service will not send tells of sender and domain', async () => {
  expect(await check('test-mail', ['--mail', 'no-address'])).toMatchObject({
    state: 'failed',
    cause: expect.stringContaining('EMAIL_SENDER'),
  });
});
