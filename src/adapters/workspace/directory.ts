import type { Workspace } from '../../application/ports.ts';
import { PegasusError } from '../../domain/errors.ts';
import type { StorageConnection } from '../storage/connection.ts';
import { isStatus, storageFault } from '../storage/faults.ts';
import { type Table, table } from '../storage/tables.ts';
import { apply, join } from './claims.ts';
import { eraseClaim } from './erase-organization.ts';
import { safe } from './organization-row.ts';

/** Failures of storage in our words; what is in our words already stays. */
const inOurWords = async <T>(act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    throw error instanceof PegasusError ? error : storageFault(error);
  }
};

const makeAdminUser = async (
  organizations: Table,
  { organizationId, subscriptionId, admin }: Parameters<Workspace['createAdminUser']>[0],
): Promise<void> => {
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
    if (!isStatus(error, 409)) throw error;
  }
};

/**
 * The built-in workspace: organizations and their users in table `Organizations`, each made once under any repetition.
 * `workspaceUrl`: where people find the product; `{organizationId}` in it is replaced.
 */
export const directoryWorkspace = (connection: StorageConnection, workspaceUrl?: string): Workspace => {
  const organizations = table(connection, 'Organizations');
  return {
    createOrganization: async (request) => {
      const joined = await inOurWords(() => join(organizations, request));
      if (workspaceUrl === undefined) return joined;
      const id = encodeURIComponent(request.organizationId);
      return { ...joined, workspaceUrl: workspaceUrl.replaceAll('{organizationId}', id) };
    },
    createAdminUser: (request) => inOurWords(() => makeAdminUser(organizations, request)),
    applyState: (request) => inOurWords(() => apply(organizations, request)),
    erase: (request) => inOurWords(() => eraseClaim(organizations, request)),
  };
};
