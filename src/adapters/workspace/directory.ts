import type { TableClient } from '@azure/data-tables';
import type { Workspace } from '../../application/ports.ts';
import type { StorageConnection } from '../storage/connection.ts';
import { isStatus, storageFault } from '../storage/faults.ts';
import { fromChunks, toChunks } from '../storage/rows.ts';
import { type Table, table } from '../storage/tables.ts';

type Request = Parameters<Workspace['createOrganization']>[0];

/** What a subscription gives its organization: access is on while one claim is live (design 3.4). */
type SubscriptionClaim = { offerId: string; planId: string; quantity?: number; access: 'on' | 'off' };

type Organization = {
  name: string;
  /** The subscription whose set-up made the organization: for it, repeated, the organization is not an existing one. */
  madeFor: string;
  claims: Record<string, SubscriptionClaim>;
};

const safe = (id: string): string => encodeURIComponent(id.toLowerCase());

const keyOf = ({ organizationId }: Request) => ({ partitionKey: safe(organizationId), rowKey: 'organization' });

const claimOf = (request: Request): SubscriptionClaim => ({
  offerId: request.offerId,
  planId: request.planId,
  ...(request.quantity === undefined ? {} : { quantity: request.quantity }),
  access: 'on',
});

const make = async (client: TableClient, request: Request): Promise<boolean> => {
  try {
    const organization: Organization = {
      name: request.name,
      madeFor: request.subscriptionId,
      claims: { [request.subscriptionId]: claimOf(request) },
    };
    await client.createEntity({ ...keyOf(request), ...toChunks(organization) });
    return true;
  } catch (error) {
    if (isStatus(error, 409)) return false;
    throw error;
  }
};

/** Adds the claim under the row's ETag; answers whether another subscription had made the organization. */
const join = async (client: TableClient, request: Request): Promise<{ existed: boolean } | 'conflict'> => {
  const { partitionKey, rowKey } = keyOf(request);
  const row = await client.getEntity(partitionKey, rowKey);
  const organization = fromChunks(row) as Organization;
  const existed = organization.madeFor !== request.subscriptionId;
  if (organization.claims[request.subscriptionId]) return { existed };
  const claims = { ...organization.claims, [request.subscriptionId]: claimOf(request) };
  try {
    const next = { partitionKey, rowKey, ...toChunks({ ...organization, claims }) };
    await client.updateEntity(next, 'Replace', { etag: row.etag });
    return { existed };
  } catch (error) {
    if (isStatus(error, 412)) return 'conflict';
    throw error;
  }
};

const createOrganization = async (organizations: Table, request: Request): Promise<{ existed: boolean }> =>
  organizations(async (client) => {
    if (await make(client, request)) return { existed: false };
    for (;;) {
      const joined = await join(client, request);
      if (joined !== 'conflict') return joined;
    }
  });

/**
 * The built-in workspace: organizations and their users in table `Organizations`, each made once under any repetition.
 * `workspaceUrl`: where people find the product; `{organizationId}` in it is replaced.
 */
export const directoryWorkspace = (connection: StorageConnection, workspaceUrl?: string): Workspace => {
  const organizations = table(connection, 'Organizations');
  return {
    createOrganization: async (request) => {
      try {
        const created = await createOrganization(organizations, request);
        if (workspaceUrl === undefined) return created;
        const id = encodeURIComponent(request.organizationId);
        return { ...created, workspaceUrl: workspaceUrl.replaceAll('{organizationId}', id) };
      } catch (error) {
        throw storageFault(error);
      }
    },
    createAdminUser: async ({ organizationId, subscriptionId, admin }) => {
      try {
        await organizations((client) =>
          client.createEntity({
            partitionKey: safe(organizationId),
            // The e-mail is an address, never a key (design 3.4).
            rowKey: `user|${safe(admin.tenantId)}|${safe(admin.objectId)}`,
            ...admin,
            role: 'admin',
            madeFor: subscriptionId,
          }),
        );
      } catch (error) {
        if (!isStatus(error, 409)) throw storageFault(error);
      }
    },
  };
};
