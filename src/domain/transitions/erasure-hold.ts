import { release, startOver } from '../attempts.ts';
import { partsLeft, setErasure } from '../erasure.ts';
import { changed, draft, note, type Outcome, type Rules, refused, UNCHANGED } from '../outcome.ts';
import type { Actor, Subscription } from '../subscription.ts';

/** An operator keeps the data, with a reason; what is being erased at this moment is too late to be kept. */
export const erasureHeld = (record: Subscription, actor: Actor, reason: string | undefined, rules: Rules): Outcome => {
  const work = draft(record, rules);
  setErasure(work.next, rules);
  const { erasure } = work.next;
  const canBeKept = erasure && partsLeft(erasure).some(({ part }) => part !== erasure.begun);
  if (record.stage !== 'cancelled' || !canBeKept) return refused('no-erasure');
  if (erasure.hold?.actor.kind === 'operator') return UNCHANGED;
  if (reason === undefined) return refused('reason-required');
  erasure.hold = { at: rules.now.toISOString(), actor, reason };
  if (erasure.begun === undefined) release(erasure);
  note(work, 'erasure-held', actor, reason);
  return changed(work);
};

/** An operator lets the erasure go on. What was due in the meantime is erased at once. */
export const erasureReleased = (
  record: Subscription,
  actor: Actor,
  reason: string | undefined,
  rules: Rules,
): Outcome => {
  const work = draft(record, rules);
  const { erasure } = work.next;
  if (record.stage !== 'cancelled' || !erasure) return refused('no-erasure');
  if (!erasure.hold) return UNCHANGED;
  delete erasure.hold;
  if (erasure.begun === undefined) startOver(erasure);
  note(work, 'erasure-released', actor, reason);
  return changed(work);
};
