// Contract 2.7, trap 20: the current plan is always there; what is no longer sold to anybody new is not offered.
import { expect, test } from '@jest/globals';
import { planViews } from '../../src/application/list-plans.ts';
import type { OfferedPlan } from '../../src/application/ports.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { rulesAt, seenFirst } from './support/records.ts';

const RECORD: Subscription = {
  ...seenFirst({ status: 'Subscribed', planId: 'team', quantity: 5 }),
  stage: 'active',
  planName: 'Team',
};
const plan = (planId: string, changes: Partial<OfferedPlan> = {}): OfferedPlan => ({
  planId,
  displayName: planId.toUpperCase(),
  ...changes,
});
const seen = (offered: OfferedPlan[], record = RECORD) =>
  planViews(record, offered, rulesAt(1)).map(({ planId, name, isCurrent, allowed }) => [
    planId,
    name,
    isCurrent,
    allowed,
  ]);

test.each<[OfferedPlan[], unknown[]]>([
  [[], [['team', 'Team', true, false]]],
  [
    [plan('gold')],
    [
      ['team', 'Team', true, false],
      ['gold', 'GOLD', false, true],
    ],
  ],
  [
    [plan('gold'), plan('team')],
    [
      ['team', 'TEAM', true, false],
      ['gold', 'GOLD', false, true],
    ],
  ],
  [[plan('team', { isStopSell: true }), plan('old', { isStopSell: true })], [['team', 'TEAM', true, false]]],
])('%j', (offered, views) => {
  expect(seen(offered)).toEqual(views);
});

test('a plan without a known name is called by its id', () => {
  const { planName: _planName, ...unnamed } = RECORD;
  expect(seen([], unnamed)).toEqual([['team', 'team', true, false]]);
});
