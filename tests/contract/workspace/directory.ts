import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { directoryWorkspace } from '../../../src/adapters/workspace/directory.ts';
import type { WorkspaceState } from '../../../src/domain/subscription.ts';
import { startOwn } from '../../support/stand-ins/start-own.ts';
import { type Seen, storageProxy } from '../../support/storage-proxy.ts';
import { stored } from '../workers/stored.ts';

/** The built-in directory on real storage, with something in between that can end it at any request. */
export const startDirectory = async () => {
  const azurite = await startOwn('storage');
  const proxy = storageProxy();
  const connection = { kind: 'connection-string', value: await proxy.through(azurite.connectionString) } as const;
  const workspace = directoryWorkspace(connection);
  const organizations = TableClient.fromConnectionString(azurite.connectionString, 'Organizations', {
    allowInsecureConnection: true,
  });

  const create = (organizationId: string, subscriptionId: string, version = 1) =>
    workspace.createOrganization({
      organizationId,
      subscriptionId,
      name: 'Contoso',
      offerId: 'offer',
      planId: 'starter',
      version,
    });

  /** An organization with one claim and so many users. */
  const made = async (users = 1) => {
    const [organizationId, subscriptionId] = [randomUUID(), randomUUID()];
    await create(organizationId, subscriptionId);
    for (let count = 0; count < users; count += 1) {
      const admin = { tenantId: organizationId, objectId: randomUUID(), email: `user-${count}@case.example` };
      await workspace.createAdminUser({ organizationId, subscriptionId, admin });
    }
    return { organizationId, subscriptionId };
  };

  /** Does it, and ends it before its `n`th request to storage: nothing after that is done. Answers whether it was ended. */
  const killedBefore = async (n: number, act: () => Promise<unknown>): Promise<boolean> => {
    let count = 0;
    // The SDK does not try again what was answered so.
    const refusal = { status: 400, body: '{}', type: 'application/json' };
    proxy.tables().pull(async (_request: Seen, phase) => {
      if (phase === 'after') return undefined;
      count += 1;
      return count >= n ? refusal : undefined;
    });
    try {
      await act();
      return false;
    } catch {
      return true;
    } finally {
      proxy.tables().pull();
    }
  };

  return {
    workspace,
    organizations,
    create,
    made,
    killedBefore,
    tables: () => proxy.tables(),
    look: (organizationId: string) => stored(azurite.connectionString).organization(organizationId),
    apply: (organizationId: string, subscriptionId: string, state: WorkspaceState, version: number) =>
      workspace.applyState({ ...state, organizationId, subscriptionId, version }),
    close: async (): Promise<void> => {
      await proxy.close();
      await azurite.close();
    },
  };
};

export type Directory = Awaited<ReturnType<typeof startDirectory>>;
