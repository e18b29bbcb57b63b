import type { Visitor } from '../domain/party.ts';

export type OperatorRole = 'Operator' | 'Reader';

/** A person of the publisher's tenant with at least one of our app roles, from a verified access token. */
export type Operator = { tenantId: string; objectId: string; name: string; roles: OperatorRole[] };

/** `read`: Reader or Operator. `act`: Operator only. */
export type OperatorNeed = 'read' | 'act';

/**
 * Tells from an `Authorization` header who is calling. All throw `unauthenticated` (401) for a token that is missing or
 * bad, `signing-keys-unavailable` (503) when that cannot be told now.
 */
export type People = {
  /** Whoever signed in on the landing page, of any tenant. */
  visitor(authorization: string | undefined): Promise<Visitor>;
  /** @throws `not-an-operator` for another tenant (told before any key is fetched) or without the role needed */
  operator(authorization: string | undefined, need: OperatorNeed): Promise<Operator>;
  /** For what both may read: a token for the console's audience is an operator's, any other must be a visitor's. */
  visitorOrOperator(
    authorization: string | undefined,
  ): Promise<{ kind: 'visitor'; visitor: Visitor } | { kind: 'operator'; operator: Operator }>;
};

/**
 * Makes sure that Microsoft's Marketplace is calling.
 * @throws `unauthenticated` (401) for a token that is missing or bad; `signing-keys-unavailable` (503) when that cannot be told now
 */
export type MarketplaceCaller = (authorization: string | undefined) => Promise<void>;
