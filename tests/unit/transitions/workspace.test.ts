import { describe, expect, test } from '@jest/globals';
import type { Subscription } from '../../../src/domain/subscription.ts';
import { partErased } from '../../../src/domain/transitions/erasure.ts';
import { retryRequested } from '../../../src/domain/transitions/retry.ts';
import {
  wantedWorkspace,
  workspaceApplied,
  workspaceClaimed,
  workspaceDelayed,
  workspaceDueAt,
  workspaceFailed,
} from '../../../src/domain/transitions/workspace.ts';
import { after, asked, nextOf, operator, rulesAt, whatHappened } from '../support/records.ts';
import { claims, createsOrganization, says } from './events.ts';
import { SITUATIONS, type SituationName } from './situations.ts';

const PLAN = 'team-monthly';
const NOW = new Date(0).toISOString();
const THREE_DAYS = 3 * 86_400;

const claimed = (record: Subscription, seconds = 100): Subscription =>
  nextOf(workspaceClaimed(record, 'worker', rulesAt(seconds)));

const waiting = (seconds = 100): Subscription =>
  nextOf(
    workspaceDelayed(claimed(SITUATIONS.suspended.record, seconds), { by: 'worker', code: 'down' }, rulesAt(seconds)),
  );

describe('what the workspace is to be', () => {
  test.each<[SituationName, string | undefined]>([
    ['resolved', undefined],
    ['provisioning', undefined],
    ['provisioning, organization failed', undefined],
    ['provisioning, organization done', 'on'],
    ['awaiting-confirmation', 'on'],
    ['active', 'on'],
    ['suspended', 'off'],
    ['cancelled', 'ended'],
    // Its maker may have made it and died before it could say so.
    ['cancelled, set-up running', 'ended'],
    ['erased', undefined],
  ])('%s: access %s', (name, access) => {
    expect(wantedWorkspace(SITUATIONS[name].record)).toEqual(access && { planId: PLAN, access });
  });

  test('is off while Microsoft suspends, also in the middle of the set-up', () => {
    const record = nextOf(says('Suspended')(SITUATIONS['awaiting-confirmation'].record, rulesAt(100)));
    expect(wantedWorkspace(record)).toMatchObject({ access: 'off' });
  });

  test('is nothing any more once the workspace is erased', () => {
    const record = nextOf(partErased(SITUATIONS.cancelled.record, 'workspace', rulesAt(100)));
    expect([wantedWorkspace(record), workspaceDueAt(record)]).toEqual([undefined, undefined]);
  });
});

describe('telling it', () => {
  test('asks for nothing while it knows what is wanted, and is due at once when it does not', () => {
    expect(workspaceDueAt(SITUATIONS.active.record)).toBeUndefined();
    expect(workspaceDueAt(SITUATIONS.suspended.record)).toBe(NOW);
    // Of a record from before this was kept nobody knows what the workspace knows.
    const { workspace: _workspace, ...older } = SITUATIONS.active.record;
    expect(workspaceDueAt(older)).toBe(NOW);
  });

  test('waits for whoever still makes the organization', () => {
    const { record } = SITUATIONS['cancelled, set-up running'];
    expect(workspaceDueAt(record)).toBe(after(62).toISOString());
    const made = nextOf(createsOrganization(false)(record, rulesAt(30)));
    expect(workspaceDueAt(made)).toBe(NOW);
  });

  test('is claimed by one, and by another one when the claim has lapsed', () => {
    const mine = claimed(SITUATIONS.suspended.record);
    expect(workspaceClaimed(mine, 'other', rulesAt(159))).toEqual({ kind: 'unchanged' });
    expect(nextOf(workspaceClaimed(mine, 'other', rulesAt(160))).workspace).toMatchObject({ claim: { by: 'other' } });
  });

  test('that is done leaves what was told and says what is new', () => {
    const outcome = workspaceApplied(claimed(SITUATIONS.suspended.record), 'worker', rulesAt(101));
    expect(nextOf(outcome).workspace).toEqual({
      state: 'pending',
      attempts: 0,
      applied: { planId: PLAN, access: 'off' },
    });
    expect(outcome).toMatchObject({ entries: [{ what: 'workspace-updated', detail: 'access on to off' }] });
    expect(workspaceDueAt(nextOf(outcome))).toBeUndefined();
  });

  test('by somebody whose claim has lapsed counts for nothing', () => {
    const mine = claimed(SITUATIONS.suspended.record);
    const others = nextOf(workspaceClaimed(mine, 'other', rulesAt(160)));
    expect(workspaceApplied(others, 'worker', rulesAt(161))).toEqual({ kind: 'unchanged' });
    expect(workspaceDelayed(others, { by: 'worker', code: 'down' }, rulesAt(161))).toEqual({ kind: 'unchanged' });
  });

  test('of something that has changed meanwhile is due again at once', () => {
    const mine = claimed(SITUATIONS.suspended.record);
    const reinstated = nextOf(says('Subscribed', { quantity: 4 })(mine, rulesAt(101)));
    const told = nextOf(workspaceApplied(reinstated, 'worker', rulesAt(102)));
    expect(told.workspace?.applied).toEqual({ planId: PLAN, access: 'off' });
    expect(workspaceDueAt(told)).toBe(NOW);
  });
});

describe('a workspace that is not there', () => {
  test('is told again after 30 s, and the timeline says so once', () => {
    const late = waiting();
    expect(workspaceDueAt(late)).toBe(after(130).toISOString());
    const again = workspaceDelayed(claimed(late, 130), { by: 'worker', code: 'down' }, rulesAt(130));
    expect([nextOf(again).workspace?.delays, whatHappened(again)]).toEqual([2, []]);
  });

  test('does not keep something newer waiting', () => {
    const reinstated = nextOf(says('Subscribed', { quantity: 4 })(waiting(), rulesAt(101)));
    expect(workspaceDueAt(reinstated)).toBe(NOW);
    expect(claimed(reinstated, 102).workspace).toMatchObject({ attempts: 1, since: after(102).toISOString() });
  });

  test('is given up after 3 days, told to operators, and started over by a retry or by something newer', () => {
    const late = waiting();
    const mine = claimed(late, 100 + THREE_DAYS - 30);
    const given = workspaceDelayed(mine, { by: 'worker', code: 'down' }, rulesAt(100 + THREE_DAYS));
    const failed = nextOf(given);

    expect(whatHappened(given)).toEqual(['workspace-failed']);
    expect(asked(mine, failed)).toEqual(['workspace-failed']);
    expect(failed.workspace).toMatchObject({ state: 'failed', code: 'down' });
    expect(workspaceDueAt(failed)).toBeUndefined();
    const retried = nextOf(retryRequested(failed, operator, undefined, rulesAt(101 + THREE_DAYS)));
    expect(workspaceDueAt(retried)).toBe(NOW);
    expect(claimed(retried, 102 + THREE_DAYS).workspace).toMatchObject({ attempts: 1 });
    const ended = nextOf(says('Unsubscribed')(failed, rulesAt(101 + THREE_DAYS)));
    expect(workspaceDueAt(ended)).toBe(NOW);
    const endedToo = nextOf(retryRequested(ended, operator, undefined, rulesAt(102 + THREE_DAYS)));
    expect(endedToo.workspace).toMatchObject({ state: 'pending' });
  });

  test('fails at once where a worker cannot get past it, or dies over it for 3 days', () => {
    const outcome = workspaceFailed(SITUATIONS.suspended.record, { by: 'poisoned', code: 'poisoned' }, rulesAt(100));
    expect(nextOf(outcome).workspace).toMatchObject({ state: 'failed', code: 'poisoned' });
    expect(workspaceDueAt(nextOf(outcome))).toBeUndefined();
    const died = workspaceClaimed(claimed(SITUATIONS.suspended.record), 'other', rulesAt(100 + THREE_DAYS));
    expect(nextOf(died).workspace).toMatchObject({ state: 'failed', code: 'died-too-often' });
  });

  test('fails for nobody else while somebody is at it', () => {
    const mine = claimed(SITUATIONS.suspended.record);
    expect(workspaceFailed(mine, { by: 'poisoned', code: 'poisoned' }, rulesAt(101))).toEqual({ kind: 'unchanged' });
    expect(claims('organization')(SITUATIONS.suspended.record, rulesAt(1))).toEqual({ kind: 'unchanged' });
  });
});
