import { organizationOf } from '../domain/organization.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Subscription } from '../domain/subscription.ts';
import {
  workspaceApplied,
  workspaceClaimed,
  workspaceDelayed,
  workspaceFailed,
} from '../domain/transitions/workspace.ts';
import { codeOf } from './fault-code.ts';
import { type Needs, rulesOf } from './needs.ts';
import type { Stored } from './ports.ts';
import { updateLoaded } from './update.ts';

type SyncNeeds = Pick<Needs, 'store' | 'workspace' | 'clock' | 'newId' | 'log' | 'rules'>;

/**
 * Tells the workspace what the subscription is now: plan, seats, access. Killed at any line, the claim lapses and it is told
 * again; the record's version keeps an older word from overwriting a newer one.
 * Answers the record as it then is, or `undefined` when another invocation is at it.
 */
export const syncWorkspace = async (needs: SyncNeeds, loaded: Stored): Promise<Stored | undefined> => {
  const by = needs.newId();
  const claimed = await updateLoaded(needs.store, loaded, (record) => workspaceClaimed(record, by, rulesOf(needs)));
  if (claimed.stored.record.workspace?.claim?.by !== by) return claimed.isChanged ? claimed.stored : undefined;
  const decide = await tell(needs, claimed.stored.record, by);
  const { stored } = await updateLoaded(needs.store, claimed.stored, decide);
  logResult(needs, stored.record);
  return stored;
};

const tell = async (
  needs: SyncNeeds,
  record: Subscription,
  by: string,
): Promise<(current: Subscription) => Outcome> => {
  const wanted = record.workspace?.wanted;
  const organizationId = organizationOf(record);
  if (!wanted || organizationId === undefined) {
    return (current) => workspaceFailed(current, { by, code: 'no-organization-id' }, rulesOf(needs));
  }
  try {
    await needs.workspace.applyState({
      ...wanted,
      organizationId,
      subscriptionId: record.id,
      version: record.version,
    });
    return (current) => workspaceApplied(current, by, rulesOf(needs));
  } catch (error) {
    const code = codeOf(error);
    needs.log('PEG_WORKSPACE_FAULT', { code, cause: error });
    return (current) => workspaceDelayed(current, { by, code }, rulesOf(needs));
  }
};

const logResult = ({ log }: SyncNeeds, { workspace }: Subscription): void => {
  const { state, attempts, code } = workspace ?? { state: 'pending', attempts: 0 };
  const fields = { attempt: attempts, ...(code === undefined ? {} : { code }) };
  if (state === 'failed') log('PEG_WORKSPACE_FAILED', fields);
  else log(code === undefined ? 'PEG_WORKSPACE_UPDATED' : 'PEG_WORKSPACE_DELAYED', fields);
};
