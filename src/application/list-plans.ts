import { seatBounds } from '../domain/change-policy.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { isBoughtForOthers } from '../domain/organization.ts';
import { type Rules, SYSTEM } from '../domain/outcome.ts';
import type { Visitor } from '../domain/party.ts';
import type { Subscription } from '../domain/subscription.ts';
import { changeRequested } from '../domain/transitions/changes.ts';
import { assertMayDecideOnMoney, loadForParty } from './access.ts';
import { type Needs, rulesOf } from './needs.ts';
import type { OfferedPlan, PlanPrice } from './ports.ts';
import { toView, type View } from './view.ts';

/** A plan that the subscription has or may change to. `reason`: a stable code, why it cannot be changed to now. */
export type PlanView = {
  planId: string;
  name: string;
  description?: string;
  isCurrent: boolean;
  allowed: boolean;
  reason?: ErrorCode;
  isPricePerSeat: boolean;
  /** How many seats may be bought of it: the narrower of what the plan and the publisher allow; per-seat plans only. */
  minQuantity?: number;
  maxQuantity?: number;
  /** As Microsoft lists them, of one seat where the plan is per seat; empty where it lists none. */
  prices: PlanPrice[];
};

/** What the buyer needs to decide on a change (design 7). Instants are ISO 8601. */
export type PlansAnswer = {
  /** The current plan first, whether Microsoft lists it or not. */
  plans: PlanView[];
  /** Bought through a reseller, who bills it at prices of their own. */
  isResold: boolean;
  /** Until when cancelling costs nothing: 72 hours from the purchase (contract 2.9); absent where that is past or unknown. */
  freeUntil?: string;
  /** How long data would be kept after cancelling now. */
  keptUntil: string;
  /** With `allowedOperations`: whether plan and seats may be changed at all, and cancelled, and why not. */
  subscription: View;
};

const LIST_PLANS_MS = 10_000;
const HOUR_MS = 3_600_000;
const FREE_HOURS = 72;

/**
 * The plans that this subscription may change to, and what changing means.
 * @throws `subscription-not-found`; `not-allowed` for colleagues; `marketplace-unavailable`
 */
export const listPlans = async (
  needs: Pick<Needs, 'store' | 'marketplace' | 'clock' | 'rules'>,
  request: { subscriptionId: string; visitor: Visitor },
): Promise<PlansAnswer> => {
  const { visitor } = request;
  const loaded = await loadForParty(needs.store, request.subscriptionId, visitor, needs.clock());
  assertMayDecideOnMoney(loaded, visitor);
  const { record } = loaded;
  const context = { correlationId: record.correlationId, patience: 'interactive' as const };
  const offered = await needs.marketplace.listAvailablePlans(record.id, context, LIST_PLANS_MS);
  const rules = rulesOf(needs);
  return {
    plans: planViews(record, offered, rules),
    isResold: isBoughtForOthers(record),
    ...freeUntil(record, rules.now),
    keptUntil: new Date(rules.now.getTime() + rules.keepWorkspaceDays * 24 * HOUR_MS).toISOString(),
    subscription: toView(record, { kind: 'party', visitor }, rules),
  };
};

/** What is offered, as it is shown: the current plan first, then what may be bought. */
export const planViews = (record: Subscription, offered: OfferedPlan[], rules: Rules): PlanView[] =>
  withCurrent(record, offered).map((plan) => viewOf(record, plan, rules));

/** A plan that is no longer sold is missing from the list, or marked: whoever has it still has it (contract 2.7). */
const withCurrent = (record: Subscription, offered: OfferedPlan[]): OfferedPlan[] => {
  const current = offered.find(({ planId }) => planId === record.planId) ?? {
    planId: record.planId,
    displayName: record.planName ?? record.planId,
    isPricePerSeat: record.quantity !== undefined,
  };
  return [current, ...offered.filter((plan) => plan.planId !== record.planId && plan.isStopSell !== true)];
};

const viewOf = (record: Subscription, plan: OfferedPlan, rules: Rules): PlanView => {
  const { planId, displayName: name, description, isPricePerSeat = false, prices = [] } = plan;
  const asked = changeRequested(record, { planId }, { actor: SYSTEM, by: '' }, rules);
  return {
    planId,
    name,
    ...(description === undefined ? {} : { description }),
    isCurrent: planId === record.planId,
    allowed: asked.kind === 'changed',
    ...(asked.kind === 'refused' ? { reason: asked.code } : {}),
    isPricePerSeat,
    ...(isPricePerSeat ? seatBounds(rules.changes, plan) : {}),
    prices,
  };
};

const freeUntil = ({ createdAt }: Subscription, now: Date): { freeUntil?: string } => {
  const end = Date.parse(createdAt ?? '') + FREE_HOURS * HOUR_MS;
  return end > now.getTime() ? { freeUntil: new Date(end).toISOString() } : {};
};
