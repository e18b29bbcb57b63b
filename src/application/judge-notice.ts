import { type Holding, sellsAll, type WantedChange, whyNotSold } from '../domain/change-policy.ts';
import { PegasusError } from '../domain/errors.ts';
import { isWaiting, knownAction, type Notice, type Operation } from '../domain/notice.ts';
import { isServed } from './access.ts';
import { codeOf } from './fault-code.ts';
import type { Needs } from './needs.ts';
import type { CallContext } from './ports.ts';

export type JudgeNeeds = Pick<Needs, 'store' | 'marketplace' | 'clock' | 'newId' | 'log' | 'rules' | 'offerIds'>;

/** Microsoft waits for 10 s (contract 4.2), and the answer has 6 s in all. */
const GET_OPERATION_MS = 4000;
/** A refusal that comes later than this may come too late: the change is decided when it is told again. */
const DECIDED_WITHIN_MS = 5000;

const undecided = (): PegasusError =>
  new PegasusError('marketplace-unavailable', 'This cannot be looked into now. Send it again.', {
    reason: 'the change could not be verified in time',
  });

/**
 * Whether the publisher's settings can have a say in what is told; otherwise nobody is asked before the answer. What names no
 * operation (contract 4.3, minimal forms) cannot be verified and is never refused.
 */
export const isJudged = ({ rules }: Pick<Needs, 'rules'>, { action, operationId }: Notice): boolean => {
  const known = knownAction(action);
  const isChange = known === 'ChangePlan' || known === 'ChangeQuantity';
  return isChange && operationId !== undefined && !sellsAll(rules.changes);
};

/**
 * Decides whether a change that was made at Microsoft is refused (contract 4.2): only one that Microsoft itself confirms, that
 * is still open, that was not begun here, and that the publisher does not sell. Answers the notice, marked when it is refused.
 * @throws `marketplace-unavailable` when that cannot be told in time: never a guess (P5)
 */
export const judgeNotice = async (needs: JudgeNeeds, notice: Notice): Promise<Notice> => {
  const { subscriptionId, operationId = '' } = notice;
  const context: CallContext = { correlationId: needs.newId(), patience: 'interactive' };
  try {
    const operation = await needs.marketplace.getOperation(subscriptionId, operationId, context, GET_OPERATION_MS);
    if (!operation) throw undecided();
    const wanted =
      isWaiting(operation) && operation.source.toLowerCase() !== 'partner' ? wantedBy(operation) : undefined;
    const from = wanted && (await holdingOf(needs, subscriptionId, context));
    const reason = wanted && from && whyNotSold(needs.rules.changes, from, wanted);
    if (!wanted || reason === undefined) return notice;
    // Our record may lag, and a revert says the values that hold already (contract 4.2): only Microsoft's own refuse.
    const snapshot = await needs.marketplace.get(subscriptionId, context);
    if (!snapshot) throw undecided();
    if (isThere(snapshot, wanted) || whyNotSold(needs.rules.changes, snapshot, wanted) === undefined) return notice;
    const at = needs.clock();
    if (at.getTime() - Date.parse(notice.receivedAt) > DECIDED_WITHIN_MS) throw undecided();
    return { ...notice, refused: { at: at.toISOString(), action: operation.action, reason } };
  } catch (error) {
    needs.log('PEG_CHANGE_UNVERIFIED', { subscriptionId, code: codeOf(error), cause: error });
    throw error instanceof PegasusError && error.code === 'storage-unavailable' ? error : undecided();
  }
};

const isThere = (has: Holding, wanted: WantedChange): boolean =>
  'planId' in wanted ? has.planId === wanted.planId : has.quantity === wanted.quantity;

const wantedBy = ({ action, planId, quantity }: Operation): WantedChange | undefined => {
  const known = knownAction(action);
  if (known === 'ChangePlan') return planId === undefined ? undefined : { planId };
  return known === 'ChangeQuantity' && quantity !== undefined ? { quantity } : undefined;
};

/** What it has now: by our record, or where there is none by Microsoft's; `undefined` for products that are not served here. */
const holdingOf = async (needs: JudgeNeeds, id: string, context: CallContext): Promise<Holding | undefined> => {
  const stored = await needs.store.load(id);
  if (stored) return stored.record;
  const snapshot = await needs.marketplace.get(id, context);
  if (!snapshot) throw undecided();
  return isServed(snapshot.offerId, needs.offerIds) ? snapshot : undefined;
};
