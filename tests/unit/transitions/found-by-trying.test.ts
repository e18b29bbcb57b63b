import { expect, test } from '@jest/globals';
import { whoseTurn } from '../../../src/domain/standing.ts';
import { mailClaimed, mailFailed, mailSent } from '../../../src/domain/transitions/mails.ts';
import { retryRequested } from '../../../src/domain/transitions/retry.ts';
import { stepFailed } from '../../../src/domain/transitions/steps.ts';
import { nextOf, OPERATOR_EMAIL, operator, play, rulesAt, seenFirst } from '../support/records.ts';
import { claims, confirms, createsAdminUser, createsOrganization, EVENTS, fails, onboards, says } from './events.ts';
import { SITUATIONS } from './situations.ts';

// Each of these was once a fault: the name says the symptom.

const WRONG = 'wrong@publisher.example';
const news = (to: string) => ({ kind: 'new-onboarding', occurrence: '1', to }) as const;
const REFUSED = { by: 'one', code: 'mail-refused' };
const SET_UP = [onboards(), claims('organization'), createsOrganization(false), claims('admin-user'), createsAdminUser];
const told = play(seenFirst(), SET_UP, { operators: [OPERATOR_EMAIL, WRONG] });

test('a wrong operator address that was taken out of the settings leaves the notification done after a retry', () => {
  const sent = nextOf(mailSent(told, news(OPERATOR_EMAIL), rulesAt(60)));
  const failed = nextOf(mailFailed(sent, news(WRONG), REFUSED, rulesAt(61)));

  expect(nextOf(retryRequested(failed, operator, undefined, rulesAt(62))).steps.notification.state).toBe('done');
});

test('a retry does not take a message from the worker that is sending it', () => {
  const claimed = nextOf(mailClaimed(told, news(OPERATOR_EMAIL), 'first', rulesAt(60)));
  const failed = nextOf(mailFailed(claimed, news(WRONG), REFUSED, rulesAt(61)));

  const retried = nextOf(
    retryRequested(failed, operator, undefined, rulesAt(62, { operators: [OPERATOR_EMAIL, WRONG] })),
  );

  expect(mailClaimed(retried, news(OPERATOR_EMAIL), 'second', rulesAt(63)).kind).toBe('unchanged');
});

test('a late failure does not speak for the worker that took the message over', () => {
  const first = nextOf(mailClaimed(told, news(OPERATOR_EMAIL), 'first', rulesAt(10)));
  const second = nextOf(mailClaimed(first, news(OPERATOR_EMAIL), 'second', rulesAt(71)));

  const late = mailFailed(second, news(OPERATOR_EMAIL), { by: 'first', code: 'mail-refused' }, rulesAt(72));

  expect(late.kind).toBe('unchanged');
});

test('an erased or ended subscription tells nobody of a step that failed too late', () => {
  for (const name of ['cancelled, set-up running', 'erased'] as const) {
    expect(stepFailed(SITUATIONS[name].record, 'organization', 'late', rulesAt(60)).kind).toBe('unchanged');
  }
});

test('buyer and operators hear that billing started although Microsoft suspended it in between', () => {
  const active = play(SITUATIONS['activating, accepted'].record, [says('Suspended'), says('Subscribed')]);

  expect(active.stage).toBe('active');
  expect(active.mails.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['billing-started', 'billing-started-operators']),
  );
});

test('an admin user held after the confirmation is the operators’ turn, and they are told', () => {
  const confirmedOver = play(seenFirst(), [
    onboards(),
    claims('organization'),
    fails('organization'),
    confirms('We did it by hand.'),
  ]);
  const retried = nextOf(EVENTS['retry, reason'](confirmedOver, rulesAt(600)));
  const held = play(retried, [claims('organization'), createsOrganization(true)]);

  expect(held.steps['admin-user'].state).toBe('held');
  expect(whoseTurn(held, 'buyer')).toEqual({ who: 'publisher', action: 'confirm' });
  expect(held.mails.some(({ kind, occurrence }) => kind === 'new-onboarding' && occurrence.startsWith('held'))).toBe(
    true,
  );
});
