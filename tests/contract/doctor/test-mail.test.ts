// A mail from the deployed app: only the app has the identity that may send.
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import type { CheckResult } from '../../../src/application/checks/check.ts';
import { OPERATOR_EMAIL } from '../../support/world.ts';
import { type Clinic, startClinic } from './site.ts';

const SECOND = 'second@publisher.example';

let clinic: Clinic;
beforeEach(async () => {
  // Each begins with a new instance: one mail a minute goes out of each.
  if (clinic) await clinic.restart();
  else clinic = await startClinic({ env: { OPERATOR_EMAILS: `${OPERATOR_EMAIL}, ${SECOND}` } });
});
afterAll(() => clinic?.close());

const ask = async (body: object, person = 'operator') =>
  clinic.api.send<CheckResult & { code: string; errors: unknown; retryAfterSeconds: number }>(
    'POST',
    '/operator/set-up/test-mail',
    await clinic.api.consoleToken(person),
    body,
  );
const mails = async (to: string): Promise<number> => (await clinic.mailbox.mails(to)).length;

test('goes to the first of the operators, once a minute, and its address is not repeated', async () => {
  const before = await mails(OPERATOR_EMAIL);
  const first = await ask({});
  expect([first.status, first.body.state]).toEqual([200, 'ok']);
  expect(JSON.stringify(first.body)).not.toContain('@');
  expect(await mails(OPERATOR_EMAIL)).toBe(before + 1);

  const second = await ask({});
  expect([second.status, second.body.code]).toEqual([429, 'too-many-requests']);
  expect(second.body.retryAfterSeconds).toBeGreaterThan(30);
  expect(await mails(OPERATOR_EMAIL)).toBe(before + 1);
});

test('goes to another of the operators, and to nobody else', async () => {
  const refused = await ask({ to: 'bea.buyer@contoso.example' });
  expect([refused.status, refused.body.code]).toEqual([400, 'invalid-request']);
  expect(refused.body.errors).toEqual([{ pointer: '/to', detail: 'This must be one of OPERATOR_EMAILS.' }]);
  expect(await mails('bea.buyer@contoso.example')).toBe(0);

  expect((await ask({ to: SECOND.toUpperCase() })).status).toBe(200);
  expect(await mails(SECOND)).toBe(1);
  expect(clinic.host().output()).not.toMatch(/second@|bea\.buyer@/);
});

test('a service that refuses is told as the check tells it', async () => {
  await clinic.mailbox.faults({ status: 403, times: 1 });
  const { status, body } = await ask({});
  expect([status, body.state, body.id]).toEqual([200, 'failed', 'test-mail']);
  expect(body.fix).toContain('Communication and Email Service Owner');
});

test('a reader sends none, and is not offered to', async () => {
  expect((await ask({}, 'reader')).status).toBe(403);
  const shown = async (person: string) =>
    (await clinic.api.send<{ mayAct: boolean }>('GET', '/operator/set-up', await clinic.api.consoleToken(person))).body;
  expect([(await shown('reader')).mayAct, (await shown('operator')).mayAct]).toEqual([false, true]);
});
