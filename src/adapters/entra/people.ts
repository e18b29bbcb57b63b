import type { Operator, OperatorNeed, OperatorRole, People } from '../../application/callers.ts';
import type { Clock } from '../../application/ports.ts';
import { PegasusError } from '../../domain/errors.ts';
import type { Visitor } from '../../domain/party.ts';
import {
  type BearerToken,
  checkStatements,
  isGuid,
  readBearerToken,
  unauthenticated,
  type VerifiedToken,
  verifySignature,
} from './access-token.ts';
import type { SigningKeys } from './signing-keys.ts';

export type PeopleConfig = {
  /** Without a slash at its end. */
  authority: string;
  landingClientId: string;
  consoleClientId: string;
  publisherTenantId: string;
};

const SCOPE = 'access_as_user';
const versions = ['2.0'] as const;

const notAnOperator = (publicDetail: string, reason: string): PegasusError =>
  new PegasusError('not-an-operator', publicDetail, { cause: new Error(reason), reason });

const stringClaim = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The person that a token speaks for; tokens of applications and for other scopes are refused. */
const personOf = ({ tenantId, claims }: VerifiedToken): Visitor => {
  const { oid, scp, idtyp, email, name } = claims;
  if (idtyp === 'app') throw unauthenticated('app-only token');
  if (typeof scp !== 'string' || !scp.split(' ').includes(SCOPE)) throw unauthenticated('scope');
  if (!isGuid(oid)) throw unauthenticated('no object id');
  const knownEmail = stringClaim(email);
  const knownName = stringClaim(name);
  return {
    tenantId,
    objectId: oid.toLowerCase(),
    ...(knownEmail !== undefined && { email: knownEmail }),
    ...(knownName !== undefined && { name: knownName }),
  };
};

const rolesOf = (roles: unknown): OperatorRole[] =>
  (['Operator', 'Reader'] as const).filter((role) => Array.isArray(roles) && roles.includes(role));

/** People as Entra's v2 access tokens name them (design 7, contract 8). */
export const people = (config: PeopleConfig, keys: SigningKeys, clock: Clock): People => {
  const { authority, landingClientId, consoleClientId } = config;
  const publisherTenant = config.publisherTenantId.toLowerCase();

  const asVisitor = async (token: BearerToken): Promise<Visitor> => {
    const plausible = checkStatements(token, { authority, audience: landingClientId, versions, clock });
    return personOf(await verifySignature(plausible, keys));
  };

  const asOperator = async (token: BearerToken, need: OperatorNeed): Promise<Operator> => {
    const plausible = checkStatements(token, { authority, audience: consoleClientId, versions, clock });
    if (plausible.tenantId.toLowerCase() !== publisherTenant) {
      throw notAnOperator('This page is for the publisher’s own staff. Sign in with that account.', 'another tenant');
    }
    const verified = await verifySignature(plausible, keys);
    const { tenantId, objectId, name } = personOf(verified);
    const roles = rolesOf(verified.claims['roles']);
    if (roles.length === 0) {
      throw notAnOperator('You have no role here. Ask your administrator for Reader or Operator.', 'no role');
    }
    if (need === 'act' && !roles.includes('Operator')) {
      throw notAnOperator('You may look, not act. Ask your administrator for the role Operator.', 'Reader only');
    }
    return { tenantId, objectId, name: name ?? objectId, roles };
  };

  return {
    visitor: async (authorization) => asVisitor(await readBearerToken(authorization)),
    operator: async (authorization, need) => asOperator(await readBearerToken(authorization), need),
    visitorOrOperator: async (authorization) => {
      const token = await readBearerToken(authorization);
      return token.claims.aud === consoleClientId
        ? { kind: 'operator', operator: await asOperator(token, 'read') }
        : { kind: 'visitor', visitor: await asVisitor(token) };
    },
  };
};
