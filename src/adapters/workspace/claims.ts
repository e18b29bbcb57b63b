import type { Workspace } from '../../application/ports.ts';
import { PegasusError } from '../../domain/errors.ts';
import type { Table } from '../storage/tables.ts';
import { insert, type Organization, read, replace, type SubscriptionClaim, withClaims } from './organization-row.ts';

type Creation = Parameters<Workspace['createOrganization']>[0];
type Application = Parameters<Workspace['applyState']>[0];

const claimOf = ({ offerId, planId, quantity, version }: Creation): SubscriptionClaim => ({
  offerId,
  planId,
  ...(quantity === undefined ? {} : { quantity }),
  access: 'on',
  version,
});

/** Rows of older versions of this service hold claims without a version. */
const isNewer = ({ version }: { version: number }, claim: SubscriptionClaim | undefined): boolean =>
  version > (claim?.version ?? 0);

const first = (request: Creation): Organization => ({
  name: request.name,
  madeFor: request.subscriptionId,
  claims: { [request.subscriptionId]: claimOf(request) },
  access: 'on',
});

/**
 * Makes the organization, or adds the claim to it under the row's ETag; answers whether another subscription had made it.
 * @throws `workspace-unavailable` while the organization is being erased: made anew when it is gone
 */
export const join = async (organizations: Table, request: Creation): Promise<{ existed: boolean }> => {
  const { organizationId, subscriptionId } = request;
  for (;;) {
    if (await insert(organizations, organizationId, first(request))) return { existed: false };
    const row = await read(organizations, organizationId);
    if (row?.organization.isErasing) {
      throw new PegasusError('workspace-unavailable', 'The workspace cannot be reached now.', {
        reason: 'The organization is being erased.',
      });
    }
    if (!row) continue;
    const existed = row.organization.madeFor !== subscriptionId;
    const { claims } = row.organization;
    if (!isNewer(request, claims[subscriptionId])) return { existed };
    const organization = withClaims(row.organization, { ...claims, [subscriptionId]: claimOf(request) });
    if ((await replace(organizations, organizationId, { ...row, organization })) !== undefined) return { existed };
  }
};

/** Writes a newer state over the claim. Without a claim there is nothing to keep in step: it was never made, or is erased. */
export const apply = async (organizations: Table, request: Application): Promise<void> => {
  const { organizationId, subscriptionId, planId, quantity, access, version } = request;
  for (;;) {
    const row = await read(organizations, organizationId);
    const claim = row?.organization.claims[subscriptionId];
    if (!row || !claim || !isNewer(request, claim)) return;
    const next: SubscriptionClaim = {
      offerId: claim.offerId,
      planId,
      ...(quantity === undefined ? {} : { quantity }),
      access,
      version,
    };
    const organization = withClaims(row.organization, { ...row.organization.claims, [subscriptionId]: next });
    if ((await replace(organizations, organizationId, { ...row, organization })) !== undefined) return;
  }
};
