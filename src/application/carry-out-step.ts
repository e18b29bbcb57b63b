import { chooseAdmin, organizationName, organizationOf } from '../domain/organization.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Subscription } from '../domain/subscription.ts';
import {
  adminUserCreated,
  organizationCreated,
  stepClaimed,
  stepDelayed,
  stepFailed,
  type WorkStep,
} from '../domain/transitions/steps.ts';
import { codeOf } from './fault-code.ts';
import { type Needs, rulesOf } from './needs.ts';
import type { Stored } from './ports.ts';
import { updateLoaded } from './update.ts';

type StepNeeds = Pick<Needs, 'store' | 'workspace' | 'clock' | 'newId' | 'log' | 'rules'>;

/**
 * Claims the step, does it at the workspace, writes down what came of it. Killed at any line: the claim lapses and the step
 * is done again under the same ids, which the workspace takes as the same (P3).
 * Answers the record as it then is, or `undefined` when another invocation has the step.
 */
export const carryOutStep = async (needs: StepNeeds, loaded: Stored, step: WorkStep): Promise<Stored | undefined> => {
  const by = needs.newId();
  const claimed = await updateLoaded(needs.store, loaded, (record) => stepClaimed(record, step, by, rulesOf(needs)));
  const { record } = claimed.stored;
  const claim = record.steps[step].claim;
  if (claim?.by !== by) return claimed.isChanged ? claimed.stored : undefined;
  const decide = await act(needs, record, step, by);
  const { stored } = await updateLoaded(needs.store, claimed.stored, decide);
  logResult(needs, stored.record, step);
  return stored;
};

type Decide = (record: Subscription) => Outcome;

// Whatever is thrown becomes a delay on the record, which ends after 3 days; without storage the delay cannot be written
// either, and the queue delivers again.
const act = async (needs: StepNeeds, record: Subscription, step: WorkStep, by: string): Promise<Decide> => {
  const organization = organizationOf(record);
  if (organization === undefined) {
    return (current) => stepFailed(current, step, 'no-organization-id', rulesOf(needs));
  }
  try {
    return step === 'organization'
      ? await makeOrganization(needs, record, organization)
      : await makeAdminUser(needs, record, organization);
  } catch (error) {
    const code = codeOf(error);
    needs.log('PEG_STEP_FAULT', { step, code, cause: error });
    return (current) => stepDelayed(current, step, { by, code }, rulesOf(needs));
  }
};

const makeOrganization = async (needs: StepNeeds, record: Subscription, organization: string): Promise<Decide> => {
  const { planId, quantity, version } = record;
  const bought = { planId, ...(quantity === undefined ? {} : { quantity }) };
  const created = await needs.workspace.createOrganization({
    organizationId: organization,
    name: organizationName(record),
    subscriptionId: record.id,
    offerId: record.offerId,
    ...bought,
    version,
  });
  const made = { ...created, organizationId: organization, told: { ...bought, access: 'on' as const } };
  return (current) => organizationCreated(current, made, rulesOf(needs));
};

const makeAdminUser = async (needs: StepNeeds, record: Subscription, organization: string): Promise<Decide> => {
  const admin = chooseAdmin(record);
  if (!admin) return (current) => stepFailed(current, 'admin-user', 'no-admin-email', rulesOf(needs));
  const { source: _source, ...user } = admin;
  await needs.workspace.createAdminUser({ organizationId: organization, subscriptionId: record.id, admin: user });
  return (current) => adminUserCreated(current, rulesOf(needs));
};

const logResult = ({ log }: StepNeeds, record: Subscription, step: WorkStep): void => {
  const { state, attempts, code } = record.steps[step];
  const fields = { step, attempt: attempts, ...(code === undefined ? {} : { code }) };
  if (state === 'failed') log('PEG_STEP_FAILED', fields);
  else log(state === 'pending' ? 'PEG_STEP_DELAYED' : 'PEG_STEP_DONE', fields);
};
