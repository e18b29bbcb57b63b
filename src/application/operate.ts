import type { Outcome, Rules } from '../domain/outcome.ts';
import type { Actor, Subscription } from '../domain/subscription.ts';
import { activationRequested } from '../domain/transitions/activation.ts';
import { setUpConfirmed } from '../domain/transitions/confirmation.ts';
import { erasureHeld, erasureReleased } from '../domain/transitions/erasure-hold.ts';
import { noteWritten, startRequested } from '../domain/transitions/operator-acts.ts';
import { retryRequested } from '../domain/transitions/retry.ts';
import { notFound } from './access.ts';
import { wake } from './follow-up.ts';
import type { LogEvent } from './log-events.ts';
import { type Needs, rulesOf } from './needs.ts';
import { update } from './update.ts';
import { toView, type View } from './view.ts';

export type OperatorAct = 'confirm' | 'activate' | 'retry' | 'start' | 'note' | 'hold' | 'release';

type Decide = (record: Subscription, actor: Actor, reason: string | undefined, rules: Rules) => Outcome;

const ACTS: Record<OperatorAct, { decide: Decide; event: LogEvent }> = {
  confirm: { decide: setUpConfirmed, event: 'PEG_SET_UP_CONFIRMED' },
  activate: {
    decide: (record, actor, reason, rules) => activationRequested(record, { who: 'operator', actor }, reason, rules),
    event: 'PEG_ACTIVATION_REQUESTED',
  },
  retry: { decide: retryRequested, event: 'PEG_RETRY_REQUESTED' },
  start: { decide: startRequested, event: 'PEG_SET_UP_STARTED' },
  note: { decide: noteWritten, event: 'PEG_NOTED' },
  hold: { decide: erasureHeld, event: 'PEG_ERASURE_HELD' },
  release: { decide: erasureReleased, event: 'PEG_ERASURE_RELEASED' },
};

/**
 * What an operator asks for, written on the record with actor and time; the workers carry it out. Safe to repeat.
 * @throws `subscription-not-found`; `subscription-cancelled`, `not-confirmed`, `not-ready`, `reason-required`, `nothing-to-retry`, `already-started`,
 * `no-erasure`
 */
export const operate = async (
  needs: Pick<Needs, 'store' | 'queues' | 'clock' | 'log' | 'rules'>,
  request: { subscriptionId: string; act: OperatorAct; actor: Actor; reason?: string },
): Promise<View> => {
  const { decide, event } = ACTS[request.act];
  const updated = await update(needs.store, request.subscriptionId, (record) =>
    decide(record, request.actor, request.reason, rulesOf(needs)),
  );
  if (!updated) throw notFound();
  const { record } = updated.stored;
  if (updated.isChanged) needs.log(event, { subscriptionId: record.id });
  await wake(needs, record);
  return toView(record, { kind: 'operator', mayAct: true }, rulesOf(needs));
};
