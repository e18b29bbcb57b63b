import { describe, expect, test } from '@jest/globals';
import type { Outcome } from '../../../src/domain/outcome.ts';
import type { Subscription } from '../../../src/domain/subscription.ts';
import {
  nextStep,
  organizationCreated,
  stepClaimed,
  stepDelayed,
  stepFailed,
} from '../../../src/domain/transitions/steps.ts';
import { after, nextOf, OPERATOR_EMAIL, play, rulesAt, seenFirst, whatHappened } from '../support/records.ts';
import {
  claims,
  createsOrganization,
  EVENTS,
  fails,
  onboards,
  retries,
  says,
  WORKER,
  workspaceAnswer,
} from './events.ts';
import { SITUATIONS, type SituationName } from './situations.ts';

const { provisioning } = SITUATIONS;
const made = SITUATIONS['provisioning, organization done'];
const THREE_DAYS = 3 * 86_400;

const delayed = (claimed: Outcome, code: string, seconds: number): Subscription =>
  nextOf(stepDelayed(nextOf(claimed), 'organization', { by: WORKER, code }, rulesAt(seconds)));

describe('the next step', () => {
  test.each<[SituationName, ReturnType<typeof nextStep>]>([
    ['resolved', undefined],
    ['provisioning', 'organization'],
    ['provisioning, organization done', 'admin-user'],
    ['provisioning, organization failed', undefined],
    ['provisioning, admin user failed', undefined],
    ['awaiting-confirmation', undefined],
    ['awaiting-confirmation, admin user held', undefined],
    ['awaiting-confirmation, hold lifted', 'admin-user'],
    ['confirmed', undefined],
    ['active', undefined],
    ['cancelled, set-up running', undefined],
    ['erased', undefined],
  ])('%s: %s', (name, step) => {
    expect(nextStep(SITUATIONS[name].record)).toBe(step);
  });

  test('of a subscription that was confirmed over a failure and is retried is carried out though it is active', () => {
    const active = play(seenFirst(), [
      onboards(),
      claims('organization'),
      fails('organization'),
      EVENTS['confirm, reason'],
      says('Subscribed'),
      retries(),
    ]);

    expect(active.stage).toBe('active');
    expect(nextStep(active)).toBe('organization');
    expect(nextStep(nextOf(says('Suspended')(active, rulesAt(60))))).toBeUndefined();
  });
});

describe('a step', () => {
  test('is claimed by one worker: the next finds it taken until the claim lapses', () => {
    const claimed = nextOf(stepClaimed(provisioning.record, 'organization', 'first', rulesAt(10)));

    expect(claimed.steps.organization).toMatchObject({ attempts: 1, claim: { by: 'first' } });
    expect(stepClaimed(claimed, 'organization', 'second', rulesAt(69.7))).toEqual({ kind: 'unchanged' });
    expect(nextOf(stepClaimed(claimed, 'organization', 'second', rulesAt(70))).steps.organization).toMatchObject({
      attempts: 2,
      claim: { by: 'second' },
    });
  });

  test('that is done has its time, and neither claim nor next try nor code', () => {
    const waited = delayed(claims('organization')(provisioning.record, rulesAt(9)), 'workspace-unavailable', 10);
    const claimed = nextOf(stepClaimed(waited, 'organization', WORKER, rulesAt(100)));

    const { steps } = nextOf(organizationCreated(claimed, workspaceAnswer(claimed, false), rulesAt(101)));

    expect(steps.organization).toEqual({
      state: 'done',
      attempts: 2,
      since: '2026-11-21T09:00:09.000Z',
      at: '2026-11-21T09:01:41.000Z',
    });
  });

  test('that waits is tried again after 30 s, then 60 s', () => {
    const waiting = delayed(claims('organization')(provisioning.record, rulesAt(10)), 'workspace-unavailable', 11);
    const again = delayed(claims('organization')(waiting, rulesAt(41)), 'workspace-unavailable', 42);

    expect(waiting.steps.organization).toMatchObject({
      state: 'pending',
      code: 'workspace-unavailable',
      nextTryAt: after(41).toISOString(),
    });
    expect(again.steps.organization.nextTryAt).toBe(after(102).toISOString());
    expect(stepClaimed(waiting, 'organization', WORKER, rulesAt(40.7))).toEqual({ kind: 'unchanged' });
  });

  test('that waits says why in the history, once for each reason', () => {
    const claimed = nextOf(claims('organization')(provisioning.record, rulesAt(10)));
    const first = stepDelayed(claimed, 'organization', { by: WORKER, code: 'down' }, rulesAt(11));
    const reclaimed = nextOf(claims('organization')(nextOf(first), rulesAt(60)));
    const same = stepDelayed(reclaimed, 'organization', { by: WORKER, code: 'down' }, rulesAt(61));
    const other = stepDelayed(reclaimed, 'organization', { by: WORKER, code: 'broken' }, rulesAt(61));

    expect(first).toMatchObject({ entries: [{ what: 'step-delayed', detail: 'organization: down' }] });
    expect(whatHappened(same)).toEqual([]);
    expect(other).toMatchObject({ entries: [{ what: 'step-delayed', detail: 'organization: broken' }] });
  });

  test('is put off only by the worker that has it', () => {
    const claimed = nextOf(claims('organization')(provisioning.record, rulesAt(10)));

    expect(stepDelayed(claimed, 'organization', { by: 'another', code: 'down' }, rulesAt(11))).toEqual({
      kind: 'unchanged',
    });
    expect(stepDelayed(provisioning.record, 'organization', { by: WORKER, code: 'down' }, rulesAt(11))).toEqual({
      kind: 'unchanged',
    });
  });

  test('that waited for three days has failed, and the operators are told', () => {
    const claimed = claims('organization')(provisioning.record, rulesAt(10));

    expect(delayed(claimed, 'down', 9 + THREE_DAYS).steps.organization.state).toBe('pending');
    const failed = delayed(claimed, 'down', 10 + THREE_DAYS);
    expect(failed.steps.organization).toMatchObject({ state: 'failed', code: 'down' });
    expect(failed.mails.map(({ kind, to }) => [kind, to])).toContainEqual(['step-failed', OPERATOR_EMAIL]);
  });

  test('whose workers died over it for three days has failed, and is not tried again', () => {
    const claimed = nextOf(claims('organization')(provisioning.record, rulesAt(10)));

    const again = nextOf(claims('organization')(claimed, rulesAt(9 + THREE_DAYS)));
    const failed = nextOf(claims('organization')(claimed, rulesAt(10 + THREE_DAYS)));

    expect(again.steps.organization).toMatchObject({ state: 'pending', attempts: 2 });
    expect(failed.steps.organization).toMatchObject({ state: 'failed', code: 'died-too-often', attempts: 1 });
    expect(failed.mails.map(({ kind }) => kind)).toContain('step-failed');
  });

  test('that fails a second time after a retry is told a second time', () => {
    const failed = SITUATIONS['provisioning, admin user failed'].record;
    const retried = nextOf(retries()(failed, rulesAt(60)));
    const again = nextOf(stepFailed(retried, 'admin-user', 'no-admin-email', rulesAt(61)));

    expect(again.mails.filter(({ kind }) => kind === 'step-failed')).toHaveLength(2);
    expect(again.mails.filter(({ kind }) => kind === 'new-onboarding')).toHaveLength(1);
  });
});

describe('the organization', () => {
  test('that is new lets the admin user be made, and brings the address of the workspace', () => {
    const workspaceUrl = 'https://contoso.workspace.example';
    const created = { ...workspaceAnswer(provisioning.record, false), workspaceUrl };

    const next = nextOf(organizationCreated(provisioning.record, created, rulesAt(10)));

    expect(next).toMatchObject({ workspaceUrl: created.workspaceUrl, stage: 'provisioning' });
    expect(next.steps['admin-user'].state).toBe('pending');
  });

  test('that existed holds the admin user, under every policy: nobody becomes admin unseen', () => {
    for (const policy of ['buyer', 'operator', 'when-ready'] as const) {
      const outcome = organizationCreated(
        provisioning.record,
        workspaceAnswer(provisioning.record, true),
        rulesAt(10, { policy }),
      );
      const next = nextOf(outcome);

      expect(next.stage).toBe('awaiting-confirmation');
      expect(next.steps['admin-user']).toMatchObject({ state: 'held', code: 'existing-organization' });
      expect(next.confirmation).toBeUndefined();
      expect(whatHappened(outcome)).toEqual(['organization-created', 'admin-user-held']);
    }
  });

  test('that is answered twice is done once', () => {
    expect(createsOrganization(true)(made.record, rulesAt(20))).toEqual({ kind: 'unchanged' });
    expect(made.record.steps['admin-user'].state).toBe('pending');
  });
});
