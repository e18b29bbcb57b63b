import type { WorkspaceState } from '../../domain/subscription.ts';
import { isStatus } from '../storage/faults.ts';
import { fromChunks, toChunks } from '../storage/rows.ts';
import type { Table } from '../storage/tables.ts';

/** What a subscription gives its organization; the state with the highest `version` of its record holds. */
export type SubscriptionClaim = WorkspaceState & { offerId: string; version: number };

export type Organization = {
  name: string;
  /** The subscription whose set-up made the organization: for it, repeated, the organization is not an existing one. */
  madeFor: string;
  claims: Record<string, SubscriptionClaim>;
  /** Off only when no claim is live (design 3.4). */
  access: 'on' | 'off';
  /** Nobody has a claim any more, and its users are being deleted: nothing joins it until it is gone. */
  isErasing?: true;
};

/** An organization as stored, with the ETag that the next write must match. */
export type Row = { organization: Organization; etag: string };

/** Ids as they may stand in keys. */
export const safe = (id: string): string => encodeURIComponent(id.toLowerCase());

export const keyOf = (organizationId: string) => ({ partitionKey: safe(organizationId), rowKey: 'organization' });

/** The organization with these claims, its access as they say. */
export const withClaims = (organization: Organization, claims: Organization['claims']): Organization => ({
  ...organization,
  claims,
  access: Object.values(claims).some(({ access }) => access === 'on') ? 'on' : 'off',
});

export const entityOf = (organizationId: string, organization: Organization) => ({
  ...keyOf(organizationId),
  ...toChunks(organization),
});

export const read = (organizations: Table, organizationId: string): Promise<Row | undefined> =>
  organizations(async (client) => {
    const { partitionKey, rowKey } = keyOf(organizationId);
    try {
      const entity = await client.getEntity(partitionKey, rowKey);
      return { organization: fromChunks(entity) as Organization, etag: entity.etag };
    } catch (error) {
      if (isStatus(error, 404)) return undefined;
      throw error;
    }
  });

/** Answers whether it was made: not when it is there already. */
export const insert = (organizations: Table, organizationId: string, organization: Organization): Promise<boolean> =>
  organizations(async (client) => {
    try {
      await client.createEntity(entityOf(organizationId, organization));
      return true;
    } catch (error) {
      if (isStatus(error, 409)) return false;
      throw error;
    }
  });

/** Answers the new ETag, or `undefined` when another write came first. */
export const replace = (
  organizations: Table,
  organizationId: string,
  { organization, etag }: Row,
): Promise<string | undefined> =>
  organizations(async (client) => {
    try {
      return (await client.updateEntity(entityOf(organizationId, organization), 'Replace', { etag })).etag ?? '';
    } catch (error) {
      if (isStatus(error, 404, 412)) return undefined;
      throw error;
    }
  });
