import type { TransactionAction } from '@azure/data-tables';
import type { Workspace } from '../../application/ports.ts';
import { isStatus } from '../storage/faults.ts';
import { scan } from '../storage/scan.ts';
import type { Table } from '../storage/tables.ts';
import { entityOf, keyOf, type Organization, type Row, read, replace, withClaims } from './organization-row.ts';

/** A transaction holds 100 (contract 10.3), one of which is the organization's own row. */
const USERS_AT_ONCE = 99;

/** Everything that fails because somebody else was there first. */
const orUndefinedOnConflict = async <T>(act: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await act();
  } catch (error) {
    if (isStatus(error, 404, 412)) return undefined;
    throw error;
  }
};

/**
 * Deletes the users, then the row, as long as the row is the one that was marked: each batch of users goes in one transaction
 * with it, so that nobody deletes users of an organization made anew. Answers whether it is gone.
 */
const empty = async (organizations: Table, organizationId: string, marked: Row): Promise<boolean> => {
  const { partitionKey, rowKey } = keyOf(organizationId);
  const guard = entityOf(organizationId, marked.organization);
  let { etag } = marked;
  for (;;) {
    const users: string[] = [];
    for await (const user of scan(organizations, partitionKey, 'user|', 'user|~', USERS_AT_ONCE))
      users.push(user.rowKey);
    const expected = etag;
    if (users.length === 0) {
      const gone = await orUndefinedOnConflict(() =>
        organizations((client) => client.deleteEntity(partitionKey, rowKey, { etag: expected })),
      );
      return gone !== undefined;
    }
    const actions: TransactionAction[] = [
      ['update', guard, 'Replace', { etag: expected }],
      ...users.map((user): TransactionAction => ['delete', { partitionKey, rowKey: user }]),
    ];
    const done = await orUndefinedOnConflict(() => organizations((client) => client.submitTransaction(actions)));
    if (!done) return false;
    etag = done.subResponses[0]?.etag ?? '';
  }
};

/** Marks the organization under its ETag as having lost its last claim; a claim made in between is seen by that. */
const mark = async (organizations: Table, organizationId: string, row: Row): Promise<Row | undefined> => {
  const organization: Organization = { ...withClaims(row.organization, {}), isErasing: true };
  const etag = await replace(organizations, organizationId, { organization, etag: row.etag });
  return etag === undefined ? undefined : { organization, etag };
};

/**
 * Takes the subscription's claim away; the last one takes the organization, its users and all with it. Safe to repeat, and
 * killed anywhere it goes on where it was: by then the row says whether it is being erased.
 */
export const eraseClaim = async (
  organizations: Table,
  { organizationId, subscriptionId }: Parameters<Workspace['erase']>[0],
): Promise<void> => {
  for (;;) {
    const row = await read(organizations, organizationId);
    if (!row) return;
    const { [subscriptionId]: own, ...others } = row.organization.claims;
    if (Object.keys(others).length > 0) {
      if (!own) return;
      const organization = withClaims(row.organization, others);
      if ((await replace(organizations, organizationId, { ...row, organization })) !== undefined) return;
    } else {
      const marked = row.organization.isErasing ? row : await mark(organizations, organizationId, row);
      if (marked && (await empty(organizations, organizationId, marked))) return;
    }
  }
};
