import type { Party } from './party.ts';
import { PERSONAL_TENANT } from './party.ts';
import type { Subscription } from './subscription.ts';

const sameOrganization = (left: Party, right: Party): boolean =>
  left.tenantId === PERSONAL_TENANT ? left.objectId === right.objectId : left.tenantId === right.tenantId;

// Microsoft may leave a party out (contract 2.2): whoever is named then stands for both.
const partiesOf = ({ purchaser, beneficiary }: Subscription): { purchaser: Party; beneficiary: Party } => ({
  purchaser: purchaser.tenantId === '' ? beneficiary : purchaser,
  beneficiary: beneficiary.tenantId === '' ? purchaser : beneficiary,
});

/** Whether somebody of one organization bought it for another: a reseller, who bills it at prices of their own. */
export const isBoughtForOthers = (record: Subscription): boolean => {
  const { purchaser, beneficiary } = partiesOf(record);
  return !sameOrganization(purchaser, beneficiary);
};

/**
 * The organization's id: the beneficiary's tenant; for a personal account, which shares its tenant, its object id (design
 * 3.4). `undefined` when Microsoft names nobody: strangers must not meet in one organization.
 */
export const organizationId = (record: Subscription): string | undefined => {
  const { tenantId, objectId } = partiesOf(record).beneficiary;
  return (tenantId === PERSONAL_TENANT ? objectId : tenantId) || undefined;
};

/** The organization that was made for the subscription; before that, and for older records, the one that would be. */
export const organizationOf = (record: Subscription): string | undefined =>
  record.organizationId ?? organizationId(record);

/** Whether something may have been made for it at the workspace: not where nobody ever asked for the set-up. */
export const mayHaveWorkspace = ({ requestedAt, steps }: Subscription): boolean =>
  requestedAt !== undefined || steps.organization.state === 'done';

/** The organization's first name: the company that the buyer gave, else the subscription's name. */
export const organizationName = ({ contact, name }: Subscription): string => contact?.company ?? name;

export type ChosenAdmin = {
  tenantId: string;
  objectId: string;
  email: string;
  source: 'purchaser' | 'beneficiary' | 'contact';
};

// `#EXT#` marks the user name of a guest account, which no mailbox stands behind.
export const isMailbox = (email: string): boolean => email.includes('@') && !email.toUpperCase().includes('#EXT#');

const adminParty = (record: Subscription): Party & { source: 'purchaser' | 'beneficiary' } => {
  const parties = partiesOf(record);
  const source = sameOrganization(parties.purchaser, parties.beneficiary) ? 'purchaser' : 'beneficiary';
  return { ...parties[source], source };
};

/** Whether Microsoft names a person for administrator. Where it names none, no contact makes somebody one. */
export const isAdminNamed = (record: Subscription): boolean => adminParty(record).objectId !== '';

/**
 * Who becomes administrator: the purchaser if of the organization, else the beneficiary. Their identity stays theirs
 * when the address has to come from the contact. `undefined`: nobody can be reached (`no-admin-email`).
 */
export const chooseAdmin = (record: Subscription): ChosenAdmin | undefined => {
  const { contact } = record;
  if (!isAdminNamed(record)) return undefined;
  const { tenantId, objectId, email, source } = adminParty(record);
  if (isMailbox(email)) return { tenantId, objectId, email, source };
  if (contact && isMailbox(contact.email)) return { tenantId, objectId, email: contact.email, source: 'contact' };
  return undefined;
};
