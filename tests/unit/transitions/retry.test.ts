import { describe, expect, test } from '@jest/globals';
import type { Subscription } from '../../../src/domain/subscription.ts';
import { mailFailed, mailSent } from '../../../src/domain/transitions/mails.ts';
import { retryRequested } from '../../../src/domain/transitions/retry.ts';
import { contact, nextOf, OPERATOR_EMAIL, operator, play, rulesAt, seenFirst } from '../support/records.ts';
import { callClaimed, claims, createsAdminUser, createsOrganization, EVENTS, onboards } from './events.ts';
import { SITUATIONS } from './situations.ts';

const retry = (record: Subscription, reason?: string) => retryRequested(record, operator, reason, rulesAt(600));

const SET_UP = [onboards(), claims('organization'), createsOrganization(false), claims('admin-user'), createsAdminUser];

const RECEIPT = { kind: 'request-received', occurrence: '1', to: contact.email } as const;
const NEWS = { kind: 'new-onboarding', occurrence: '1', to: OPERATOR_EMAIL } as const;

describe('a retry', () => {
  test('starts a failed step over, and names operator, step and reason in the history', () => {
    const outcome = retry(SITUATIONS['provisioning, admin user failed'].record, 'The address is right now.');

    expect(nextOf(outcome).steps['admin-user']).toEqual({ state: 'pending', attempts: 0 });
    expect(nextOf(outcome).steps.organization.state).toBe('done');
    expect(outcome).toMatchObject({
      entries: [{ what: 'retry-requested', actor: operator, detail: 'admin-user. The address is right now.' }],
    });
  });

  test('has a waiting step tried now', () => {
    const waiting = nextOf(EVENTS['organization delayed'](SITUATIONS['provisioning, worker busy'].record, rulesAt(10)));

    expect(nextOf(retry(waiting)).steps.organization).toEqual({ state: 'pending', attempts: 0 });
  });

  test('leaves a step alone that a worker has claimed', () => {
    const claimed = nextOf(EVENTS['organization claimed'](SITUATIONS.provisioning.record, rulesAt(599)));

    expect(retry(claimed)).toEqual({ kind: 'refused', code: 'nothing-to-retry' });
  });

  test('never carries out a held admin user', () => {
    expect(retry(SITUATIONS['awaiting-confirmation, admin user held'].record)).toEqual({
      kind: 'refused',
      code: 'nothing-to-retry',
    });
  });

  test('sends a failed message again, under the same key, and no other', () => {
    const before = nextOf(
      mailFailed(SITUATIONS.confirmed.record, RECEIPT, { by: 'one', code: 'mail-refused' }, rulesAt(60)),
    );

    const { mails } = nextOf(retry(before));

    expect(mails.map(({ kind, occurrence, to }) => ({ kind, occurrence, to }))).toEqual(
      before.mails.map(({ kind, occurrence, to }) => ({ kind, occurrence, to })),
    );
    expect(mails.find(({ kind }) => kind === RECEIPT.kind)).toEqual({ ...RECEIPT, state: 'pending', attempts: 0 });
  });

  test('of the operators message sets the notification step going again', () => {
    const before = nextOf(
      mailFailed(SITUATIONS.confirmed.record, NEWS, { by: 'one', code: 'mail-refused' }, rulesAt(60)),
    );

    expect(before.steps.notification).toMatchObject({ state: 'failed', code: 'mail-refused' });
    expect(nextOf(retry(before)).steps.notification).toEqual({ state: 'pending', attempts: 0 });
  });

  test('tells the operators of today: of an address that was wrong, and where nobody was to be told', () => {
    const wrong = nextOf(
      mailFailed(SITUATIONS.confirmed.record, NEWS, { by: 'one', code: 'mail-refused' }, rulesAt(60)),
    );
    const today = rulesAt(600, { operators: ['right@publisher.example'] });
    const told = nextOf(retryRequested(wrong, operator, undefined, today));
    const nobody = play(seenFirst(), [...SET_UP], { operators: [] });
    const toldLate = nextOf(retryRequested(nobody, operator, undefined, today));

    expect(nobody.steps.notification).toMatchObject({ state: 'failed', code: 'no-operators' });
    for (const record of [told, toldLate]) {
      expect(record.steps.notification).toEqual({ state: 'pending', attempts: 0 });
      expect(record.mails.filter(({ kind }) => kind === 'new-onboarding').map(({ to }) => to)).toEqual([
        'right@publisher.example',
      ]);
    }
  });

  test('while there is still nobody to tell is refused', () => {
    const nobody = play(seenFirst(), [...SET_UP], { operators: [] });

    expect(retryRequested(nobody, operator, undefined, rulesAt(600, { operators: [] }))).toEqual({
      kind: 'refused',
      code: 'nothing-to-retry',
    });
  });

  test('does not write again to the operators who have been told', () => {
    const two = { operators: [OPERATOR_EMAIL, 'cs2@publisher.example'] };
    const told = play(seenFirst(), [...SET_UP], two);
    const sent = nextOf(mailSent(told, NEWS, rulesAt(60)));
    const failed = nextOf(
      mailFailed(sent, { ...NEWS, to: 'cs2@publisher.example' }, { by: 'one', code: 'refused' }, rulesAt(61)),
    );

    const { mails } = nextOf(retryRequested(failed, operator, undefined, rulesAt(600, two)));

    expect(mails.filter(({ kind }) => kind === 'new-onboarding').map(({ to, state }) => [to, state])).toEqual([
      [OPERATOR_EMAIL, 'sent'],
      ['cs2@publisher.example', 'pending'],
    ]);
  });

  test('of a subscription that has ended sends its failed messages, and carries out nothing else', () => {
    const ended = nextOf(EVENTS['Microsoft says Unsubscribed'](SITUATIONS['activating, accepted'].record, rulesAt(60)));
    const end = { kind: 'activation-failed', occurrence: String(ended.version), to: OPERATOR_EMAIL } as const;
    const failed = nextOf(mailFailed(ended, end, { by: 'one', code: 'refused' }, rulesAt(61)));
    const stepFailed = {
      ...failed,
      steps: { ...failed.steps, organization: { state: 'failed', attempts: 1 } as const },
    };

    const next = nextOf(retry(stepFailed));

    expect(next).toMatchObject({ stage: 'cancelled', steps: { organization: { state: 'failed' } } });
    expect(next.mails.find(({ kind }) => kind === 'activation-failed')?.state).toBe('pending');
  });

  test('of a failed activation asks for it again, in the name of the operator', () => {
    const outcome = retry(SITUATIONS['activation-failed'].record, 'Microsoft is back.');

    expect(nextOf(outcome)).toMatchObject({
      stage: 'activating',
      activation: { actor: operator, reason: 'Microsoft is back.', attempts: 0, reads: 0 },
    });
  });

  test('of a failed activation needs the reason that an operator needs to activate for a buyer', () => {
    expect(retry(SITUATIONS['activation-failed'].record)).toEqual({ kind: 'refused', code: 'reason-required' });
    const asOperator = rulesAt(600, { policy: 'operator' });
    const outcome = retryRequested(SITUATIONS['activation-failed'].record, operator, undefined, asOperator);
    expect(nextOf(outcome).stage).toBe('activating');
  });

  test('of a waiting call has it made now, and not twice', () => {
    const claimed = nextOf(callClaimed(SITUATIONS.activating.record, rulesAt(60)));
    const waiting = nextOf(EVENTS['call delayed'](claimed, rulesAt(61)));

    const next = nextOf(retry(waiting));

    expect(next.activation).toMatchObject({ attempts: 0, requestedAt: waiting.activation?.requestedAt });
    expect(next.activation?.nextTryAt).toBeUndefined();
    expect(retry(claimed)).toEqual({ kind: 'refused', code: 'nothing-to-retry' });
  });

  test('of a call that Microsoft accepted is refused: it is not made again', () => {
    for (const name of ['activating, accepted', 'activating, to be looked at'] as const) {
      expect(retry(SITUATIONS[name].record)).toEqual({ kind: 'refused', code: 'nothing-to-retry' });
    }
  });

  test('of a step and of an activation at once is a retry of the step: billing is not asked for by the way', () => {
    const failed = SITUATIONS['activation-failed'].record;
    const both = {
      ...failed,
      steps: { ...failed.steps, 'admin-user': { state: 'failed', attempts: 1, code: 'x' } as const },
    };

    expect(nextOf(retry(both)).stage).toBe('activation-failed');
  });
});
