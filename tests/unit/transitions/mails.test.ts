import { describe, expect, test } from '@jest/globals';
import type { Subscription } from '../../../src/domain/subscription.ts';
import { mailClaimed, mailDelayed, mailFailed, mailSent, nextMail } from '../../../src/domain/transitions/mails.ts';
import { onboardRequested } from '../../../src/domain/transitions/onboarding.ts';
import {
  after,
  buyer,
  contact,
  nextOf,
  OPERATOR_EMAIL,
  play,
  rulesAt,
  seenFirst,
  visitorOf,
} from '../support/records.ts';
import {
  claims,
  confirms,
  createsAdminUser,
  createsOrganization,
  fails,
  onboards,
  retries,
  says,
  WORKER,
} from './events.ts';
import { SITUATIONS } from './situations.ts';

const RECEIPT = { kind: 'request-received', occurrence: '1', to: contact.email } as const;
const THREE_DAYS = 3 * 86_400;
const OTHER = 'cs2@publisher.example';
const newsTo = (to: string) => ({ kind: 'new-onboarding', occurrence: '1', to }) as const;

const setUp = [onboards(), claims('organization'), createsOrganization(false), claims('admin-user'), createsAdminUser];
const twoOperators = { operators: [OPERATOR_EMAIL, OTHER, OPERATOR_EMAIL] };
const told = play(seenFirst(), setUp, twoOperators);

const mailOf = (record: Subscription, to = contact.email) => record.mails.find((mail) => mail.to === to);

describe('a message', () => {
  const { record } = SITUATIONS.provisioning;

  test('is claimed before it is sent: the next worker finds it taken until the claim lapses', () => {
    const claimed = nextOf(mailClaimed(record, RECEIPT, 'first', rulesAt(10)));

    expect(mailOf(claimed)).toMatchObject({ attempts: 1, claim: { by: 'first', at: after(10).toISOString() } });
    expect(nextMail(claimed, after(69.7))).toBeUndefined();
    expect(mailClaimed(claimed, RECEIPT, 'second', rulesAt(69.7))).toEqual({ kind: 'unchanged' });
    expect(mailOf(nextOf(mailClaimed(claimed, RECEIPT, 'second', rulesAt(70))))).toMatchObject({
      attempts: 2,
      claim: { by: 'second' },
    });
  });

  test('that was sent is sent once: it is neither claimed nor answered again', () => {
    const sent = nextOf(mailSent(nextOf(mailClaimed(record, RECEIPT, WORKER, rulesAt(10))), RECEIPT, rulesAt(11)));

    expect(mailOf(sent)).toEqual({
      ...RECEIPT,
      state: 'sent',
      attempts: 1,
      since: after(10).toISOString(),
      sentAt: after(11).toISOString(),
    });
    expect(nextMail(sent, after(1e6))).toBeUndefined();
    expect(mailClaimed(sent, RECEIPT, WORKER, rulesAt(1e6))).toEqual({ kind: 'unchanged' });
    expect(mailSent(sent, RECEIPT, rulesAt(12))).toEqual({ kind: 'unchanged' });
    expect(mailFailed(sent, RECEIPT, { by: 'one', code: 'late' }, rulesAt(12))).toEqual({ kind: 'unchanged' });
    expect(mailDelayed(sent, RECEIPT, { by: WORKER, code: 'late' }, rulesAt(12))).toEqual({ kind: 'unchanged' });
  });

  test('that waits comes after the others, when its time has come', () => {
    const waiting = nextOf(
      mailDelayed(
        nextOf(mailClaimed(told, RECEIPT, WORKER, rulesAt(60))),
        RECEIPT,
        { by: WORKER, code: 'busy', retryAfterSeconds: 300 },
        rulesAt(60),
      ),
    );

    expect(mailOf(waiting)).toMatchObject({ nextTryAt: after(360).toISOString(), code: 'busy', state: 'pending' });
    expect(nextMail(waiting, after(359.7))?.to).toBe(OPERATOR_EMAIL);
    expect(nextMail(waiting, after(360))?.to).toBe(contact.email);
  });

  test('that waited for three days has failed', () => {
    const claimed = nextOf(mailClaimed(record, RECEIPT, WORKER, rulesAt(10)));
    const failed = nextOf(mailDelayed(claimed, RECEIPT, { by: WORKER, code: 'busy' }, rulesAt(10 + THREE_DAYS)));

    expect(mailOf(failed)).toMatchObject({ state: 'failed', code: 'busy' });
  });

  test('whose workers died over it for three days has failed, and is not sent again', () => {
    const claimed = nextOf(mailClaimed(record, RECEIPT, WORKER, rulesAt(10)));

    expect(mailOf(nextOf(mailClaimed(claimed, RECEIPT, WORKER, rulesAt(9 + THREE_DAYS))))?.attempts).toBe(2);
    expect(mailOf(nextOf(mailClaimed(claimed, RECEIPT, WORKER, rulesAt(10 + THREE_DAYS))))).toMatchObject({
      state: 'failed',
      code: 'died-too-often',
    });
  });

  test('is put off only by the worker that has it', () => {
    const claimed = nextOf(mailClaimed(record, RECEIPT, WORKER, rulesAt(10)));
    const because = { by: 'another', code: 'busy' };

    expect(mailDelayed(claimed, RECEIPT, because, rulesAt(11))).toEqual({ kind: 'unchanged' });
  });

  test('that failed is told in the history, not by another mail', () => {
    const outcome = mailFailed(record, RECEIPT, { by: 'one', code: 'mail-refused' }, rulesAt(10));

    expect(outcome).toMatchObject({ entries: [{ what: 'mail-failed', detail: 'request-received: mail-refused' }] });
    expect(nextOf(outcome).mails).toHaveLength(record.mails.length);
  });

  test('names in the history its kind and nobody', () => {
    const outcome = mailSent(record, RECEIPT, rulesAt(10));

    expect(JSON.stringify(outcome.kind === 'changed' && outcome.entries)).not.toContain('@');
  });
});

describe('the operators message', () => {
  test('goes to each operator once', () => {
    expect(told.mails.filter(({ kind }) => kind === 'new-onboarding').map(({ to }) => to)).toEqual([
      OPERATOR_EMAIL,
      OTHER,
    ]);
  });

  test('is asked for once: who became an operator in between is not told of an old one', () => {
    const failed = play(seenFirst(), [onboards(), claims('organization'), fails('organization')]);
    const confirmed = confirms('x')(failed, rulesAt(60, { operators: [OTHER] }));
    const retried = nextOf(retries()(nextOf(confirmed), rulesAt(61, { operators: [OTHER] })));
    const again = nextOf(fails('organization')(retried, rulesAt(62, { operators: [OTHER] })));

    expect(again.mails.filter(({ kind }) => kind === 'new-onboarding').map(({ to }) => to)).toEqual([OPERATOR_EMAIL]);
    expect(again.mails.filter(({ kind }) => kind === 'step-failed').map(({ to }) => to)).toEqual([
      OPERATOR_EMAIL,
      OTHER,
    ]);
  });

  test('is the notification step: done when all are sent', () => {
    const first = nextOf(mailSent(told, newsTo(OPERATOR_EMAIL), rulesAt(60)));
    const second = nextOf(mailSent(first, newsTo(OTHER), rulesAt(61)));

    expect(first.steps.notification.state).toBe('pending');
    expect(second.steps.notification).toMatchObject({ state: 'done', at: after(61).toISOString() });
  });

  test('that one operator cannot be sent fails the step, in whatever order the answers come', () => {
    const sentLast = nextOf(
      mailSent(
        nextOf(mailFailed(told, newsTo(OTHER), { by: 'one', code: 'refused' }, rulesAt(60))),
        newsTo(OPERATOR_EMAIL),
        rulesAt(61),
      ),
    );
    const failedLast = nextOf(
      mailFailed(
        nextOf(mailSent(told, newsTo(OPERATOR_EMAIL), rulesAt(60))),
        newsTo(OTHER),
        { by: 'one', code: 'refused' },
        rulesAt(61),
      ),
    );

    for (const record of [sentLast, failedLast]) {
      expect(record.steps.notification).toMatchObject({ state: 'failed', code: 'refused' });
      expect(record.stage).toBe('awaiting-confirmation');
    }
  });

  test('with nobody to tell fails the step, and the set-up goes on', () => {
    const record = play(seenFirst(), [...setUp, confirms()], { operators: [] });

    expect(record.steps.notification).toMatchObject({ state: 'failed', code: 'no-operators' });
    expect(record.stage).toBe('confirmed');
  });
});

describe('the buyer', () => {
  test('of a subscription that has ended is not told to go on with it; the operators still hear of it', () => {
    const ended = nextOf(says('Unsubscribed')(SITUATIONS['activating, accepted'].record, rulesAt(60)));

    expect(ended.mails.map(({ kind }) => kind)).toEqual(['new-onboarding', 'activation-failed', 'unsubscribed']);
  });

  test('of a subscription that has ended keeps what was sent before', () => {
    const sent = nextOf(mailSent(SITUATIONS.provisioning.record, RECEIPT, rulesAt(10)));
    const ended = nextOf(says('Unsubscribed')(sent, rulesAt(60)));

    expect(ended.mails).toEqual(expect.arrayContaining(sent.mails));
    const added = ended.mails.slice(sent.mails.length);
    expect(added.map(({ kind }) => kind)).toEqual(['unsubscribed-operators', 'unsubscribed']);
  });

  test('who writes the same address in capitals gets one receipt', () => {
    const { record } = SITUATIONS.provisioning;
    const again = onboardRequested(
      record,
      { ...contact, email: contact.email.toUpperCase() },
      visitorOf(buyer),
      rulesAt(9),
    );

    expect(nextOf(again).mails).toEqual(record.mails);
  });

  test('is reached at the contact, and at the purchaser where there is none', () => {
    const { contact: _contact, ...without } = SITUATIONS['awaiting-confirmation'].record;

    const next = nextOf(confirms()(without, rulesAt(60)));

    expect(next.mails.find(({ kind }) => kind === 'workspace-ready')?.to).toBe(buyer.email);
  });

  test('without any address is not written to, and the set-up goes on', () => {
    const { contact: _contact, ...without } = SITUATIONS['awaiting-confirmation'].record;

    const next = nextOf(confirms()({ ...without, purchaser: { ...buyer, email: '' } }, rulesAt(60)));

    expect(next.stage).toBe('confirmed');
    expect(next.mails.map(({ kind }) => kind)).not.toContain('workspace-ready');
  });
});
