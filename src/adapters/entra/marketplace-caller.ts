import type { MarketplaceCaller } from '../../application/callers.ts';
import type { Clock } from '../../application/ports.ts';
import { checkStatements, readBearerToken, unauthenticated, verifySignature } from './access-token.ts';
import type { TokenVersion } from './key-document.ts';
import type { SigningKeys } from './signing-keys.ts';

/** Microsoft's own application, the one that calls the webhook (contract 4.4). */
const MARKETPLACE_APP = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7';

/** Where a token names the application that asked for it. */
const CALLER = { '1.0': 'appid', '2.0': 'azp' } as const;

/** The publisher's registration decides which of the two versions Microsoft sends (contract 4.4). */
const versions = ['1.0', '2.0'] as const;

export type MarketplaceCallerConfig = {
  /** Without a slash at its end. */
  authority: string;
  publisherTenantId: string;
  publisherClientId: string;
};

/** Microsoft as the caller of the webhook: audience, tenant and application are compared before any key is fetched. */
export const marketplaceCaller = (
  config: MarketplaceCallerConfig,
  keys: Record<TokenVersion, SigningKeys>,
  clock: Clock,
): MarketplaceCaller => {
  const { authority, publisherClientId: audience, publisherTenantId } = config;
  return async (authorization) => {
    const token = checkStatements(await readBearerToken(authorization), { authority, audience, versions, clock });
    if (token.tenantId.toLowerCase() !== publisherTenantId) throw unauthenticated('another tenant');
    if (token.claims[CALLER[token.version]] !== MARKETPLACE_APP) throw unauthenticated('another application');
    await verifySignature(token, keys[token.version]);
  };
};
