/** The tenant that all personal Microsoft accounts share: there a matching tenant proves nothing (design P6). */
export const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** A party of the purchase, as Microsoft names it. The e-mail is an address, never an identity. */
export type Party = { tenantId: string; objectId: string; email: string };

export type Role = 'purchaser' | 'beneficiary';

/** Whoever is signed in on the landing page, from a verified access token. */
export type Visitor = { tenantId: string; objectId: string; email?: string; name?: string };

/** A visitor who resolved a purchase token of this subscription at `at` (ISO 8601). */
export type Visit = { tenantId: string; objectId: string; at: string };

export type Parties = {
  purchaser: Party;
  beneficiary: Party;
  /** Object ids that personal accounts were bound to when their `email` claim first matched. */
  bound: Partial<Record<Role, string>>;
};

const isPersonal = (tenantId: string): boolean => tenantId.toLowerCase() === PERSONAL_TENANT;

const sameId = (left: string, right: string): boolean => left !== '' && left.toLowerCase() === right.toLowerCase();

const isParty = (role: Role, parties: Parties, visitor: Visitor): boolean => {
  const party = parties[role];
  if (!sameId(party.tenantId, visitor.tenantId)) return false;
  if (sameId(party.objectId, visitor.objectId)) return true;
  if (!isPersonal(party.tenantId)) return false;
  const bound = parties.bound[role];
  if (bound !== undefined) return sameId(bound, visitor.objectId);
  return visitor.email !== undefined && sameId(party.email, visitor.email);
};

/** The parts this very person has in the purchase: money decisions need at least one (P6). */
export const rolesOf = (parties: Parties, visitor: Visitor): Role[] =>
  (['purchaser', 'beneficiary'] as const).filter((role) => isParty(role, parties, visitor));

/** Whether the visitor's organization has part in the purchase; a personal account only as the person itself (P6). */
export const belongsToPurchase = (parties: Parties, visitor: Visitor): boolean =>
  rolesOf(parties, visitor).length > 0 ||
  (!isPersonal(visitor.tenantId) &&
    (sameId(parties.purchaser.tenantId, visitor.tenantId) || sameId(parties.beneficiary.tenantId, visitor.tenantId)));

/** Binds a personal account that matched by e-mail to its object id, so that the address alone never matches again. */
export const bindPersonalAccounts = (parties: Parties, visitor: Visitor): Partial<Record<Role, string>> => {
  const bound = { ...parties.bound };
  for (const role of rolesOf(parties, visitor)) {
    if (isPersonal(parties[role].tenantId)) bound[role] ??= visitor.objectId;
  }
  return bound;
};

/** The tenants where a guest should sign in instead; none for personal accounts, which have no tenant to choose. */
export const signInTenants = (parties: Parties): string[] =>
  [...new Set([parties.beneficiary.tenantId, parties.purchaser.tenantId])].filter((id) => id !== '' && !isPersonal(id));

const VISIT_HOURS = 24;
const VISITS_KEPT = 50;

const isOpen = (visit: Visit, now: Date): boolean => now.getTime() - Date.parse(visit.at) < VISIT_HOURS * 3_600_000;

/** Whether this visitor resolved the subscription within the last 24 hours (P6). */
export const hasVisited = (visits: Visit[], visitor: Visitor, now: Date): boolean =>
  visits.some(
    (visit) =>
      sameId(visit.tenantId, visitor.tenantId) && sameId(visit.objectId, visitor.objectId) && isOpen(visit, now),
  );

/** The visits still open at `now`, with this one in front. */
export const withVisit = (visits: Visit[], visitor: Visitor, now: Date): Visit[] =>
  [
    { tenantId: visitor.tenantId, objectId: visitor.objectId, at: now.toISOString() },
    ...visits.filter((visit) => isOpen(visit, now) && !sameId(visit.objectId, visitor.objectId)),
  ].slice(0, VISITS_KEPT);
