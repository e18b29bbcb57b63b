import type { Party } from './party.ts';
import { PERSONAL_TENANT } from './party.ts';
import type { Subscription } from './subscription.ts';

const sameOrganization = (left: Party, right: Party): boolean =>
  left.tenantId === PERSONAL_TENANT ? left.objectId === right.objectId : left.tenantId === right.tenantId;

/** The organization's id: the beneficiary's tenant; for a personal account, which shares its tenant, its object id (design 3.4). */
export const organizationId = ({ beneficiary }: Subscription): string =>
  beneficiary.tenantId === PERSONAL_TENANT ? beneficiary.objectId : beneficiary.tenantId;

/** The organization's first name: the company that the buyer gave, else the subscription's name. */
export const organizationName = ({ contact, name }: Subscription): string => contact?.company ?? name;

export type ChosenAdmin = {
  tenantId: string;
  objectId: string;
  email: string;
  source: 'purchaser' | 'beneficiary' | 'contact';
};

// `#EXT#` marks the user name of a guest account, which no mailbox stands behind.
const isMailbox = (email: string): boolean => email.includes('@') && !email.toUpperCase().includes('#EXT#');

/**
 * Who becomes administrator: the purchaser if of the organization, else the beneficiary. Their identity stays theirs
 * when the address has to come from the contact. `undefined`: nobody can be reached (`no-admin-email`).
 */
export const chooseAdmin = (record: Subscription): ChosenAdmin | undefined => {
  const { purchaser, beneficiary, contact } = record;
  const source = sameOrganization(purchaser, beneficiary) ? 'purchaser' : 'beneficiary';
  const { tenantId, objectId, email } = record[source];
  if (isMailbox(email)) return { tenantId, objectId, email, source };
  if (contact && isMailbox(contact.email)) return { tenantId, objectId, email: contact.email, source: 'contact' };
  return undefined;
};
