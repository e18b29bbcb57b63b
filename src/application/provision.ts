import { hasCome, isDue } from '../domain/attempts.ts';
import { erasureDueAt } from '../domain/erasure.ts';
import { nextStep } from '../domain/transitions/steps.ts';
import { workspaceDueAt } from '../domain/transitions/workspace.ts';
import { isActivationDue } from '../domain/work.ts';
import { carryOutActivation } from './carry-out-activation.ts';
import { carryOutStep } from './carry-out-step.ts';
import { carryOutErasure } from './erase.ts';
import { wakeAll } from './follow-up.ts';
import type { Needs } from './needs.ts';
import type { Stored } from './ports.ts';
import { syncWorkspace } from './sync-workspace.ts';

type ProvisionNeeds = Pick<
  Needs,
  'store' | 'queues' | 'marketplace' | 'workspace' | 'clock' | 'newId' | 'log' | 'rules'
>;

/**
 * The provisioning worker: carries out what the record asks for now, step after step, or nothing. A message that finds the
 * work taken or not yet due does nothing and sends nothing, so duplicates die out.
 * @throws `storage-unavailable`: the queue delivers again
 */
export const provision = async (needs: ProvisionNeeds, subscriptionId: string): Promise<void> => {
  let stored = await needs.store.load(subscriptionId);
  let last: Stored | undefined;
  while (stored) {
    stored = await takeNext(needs, stored);
    last = stored ?? last;
  }
  if (!last) return;
  await wakeAll(needs.queues, last.record, needs.clock());
};

const takeNext = (needs: ProvisionNeeds, stored: Stored): Promise<Stored | undefined> => {
  const { record } = stored;
  const now = needs.clock();
  const step = nextStep(record);
  if (step && isDue(record.steps[step], now)) return carryOutStep(needs, stored, step);
  if (isActivationDue(record, now)) return carryOutActivation(needs, stored);
  if (hasCome(workspaceDueAt(record), now)) return syncWorkspace(needs, stored);
  if (hasCome(erasureDueAt(record), now)) return carryOutErasure(needs, stored);
  return Promise.resolve(undefined);
};
