// Design 5: a record is one row of a table. Messages that were sent are kept for people to see, not without end.
import { expect, test } from '@jest/globals';
import type { Mail, MailKind, Subscription } from '../../../src/domain/subscription.ts';
import { mailSent } from '../../../src/domain/transitions/mails.ts';
import { contact, nextOf, rulesAt } from '../support/records.ts';
import { SITUATIONS } from './situations.ts';

const mail = (kind: MailKind, occurrence: string, changes: Partial<Mail> = {}): Mail => ({
  kind,
  occurrence,
  to: contact.email,
  state: 'sent',
  attempts: 1,
  ...changes,
});
const LAST = mail('change-done', '9999', { state: 'pending' });
const many = (length: number): Mail[] =>
  Array.from({ length }, (_, index) => mail('change-done', String(index), { sentAt: '2026-11-20T10:00:00Z' }));

/** What is kept of these once one more is sent. */
const kept = (mails: Mail[], changes: Partial<Subscription> = {}): Mail[] =>
  nextOf(mailSent({ ...SITUATIONS.active.record, ...changes, mails: [...mails, LAST] }, LAST, rulesAt(50))).mails;

test('the newest hundred of those that tell of one moment are kept, and the record stays small', () => {
  const left = kept(many(3000));
  expect(left.map(({ occurrence }) => occurrence)).toEqual([
    ...Array.from({ length: 99 }, (_, index) => String(2901 + index)),
    LAST.occurrence,
  ]);
  expect(JSON.stringify(left).length).toBeLessThan(32_000);
  expect(kept(many(99))).toHaveLength(100);
});

test('one that was not sent yet, or failed, is never forgotten', () => {
  const waiting = [mail('change-done', 'a', { state: 'pending' }), mail('step-failed', 'b', { state: 'failed' })];
  expect(kept([...waiting, ...many(300)])).toEqual(expect.arrayContaining(waiting));
});

test('one that would be asked for again is never forgotten: only the record says that it was sent', () => {
  const once = [
    mail('unsubscribed', '1'),
    mail('billing-started', '1'),
    mail('new-onboarding', 'held 7'),
    mail('reminder', '10'),
    mail('new-value', 'status Paused'),
    mail('erasure-soon', '1'),
    mail('change-refused', 'an-operation'),
  ];
  const refusals = [{ operationId: 'an-operation', at: '2026-11-20T10:00:00Z' }];
  expect(kept([...once, ...many(300)], { refusals })).toEqual(expect.arrayContaining(once));
  expect(kept([...once, ...many(300)])).not.toContainEqual(mail('change-refused', 'an-operation'));
});
