import type { TokenCredential } from '@azure/identity';
import { forbidden, unavailable } from './errors.ts';
import type { AccessToken } from './fulfilment-call.ts';

/** The Marketplace's own application: the same for fulfilment and metering (contract 1). */
const MARKETPLACE_SCOPE = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7/.default';
const EXCHANGE_SCOPE = 'api://AzureADTokenExchange/.default';
const PUBLIC_AUTHORITY = 'https://login.microsoftonline.com';

/** Entra was reached and does not accept who we say we are: waiting does not mend it. */
const IS_REFUSAL = /AADSTS(7\d{4,}|90002|500011)|invalid_client|unauthorized_client/;

type Application = {
  /** `ENTRA_AUTHORITY`: https, as MSAL refuses any other. */
  authority: string;
  publisherTenantId: string;
  publisherClientId: string;
};

/** Which of the function app's identities: a user-assigned one by its client id, else the app's own. */
type Identity = { managedIdentityClientId?: string };

/** `MARKETPLACE_CREDENTIAL` and what each kind needs (design 7). */
export type MarketplaceCredentialConfig =
  | ({ kind: 'federated' } & Application & Identity)
  | ({ kind: 'managed-identity' } & Identity)
  | ({ kind: 'client-secret'; clientSecret: string } & Application)
  | { kind: 'none' };

/** A host that Microsoft does not list is not to be asked about at Microsoft's. */
const authorityOptions = ({ authority }: Application) => {
  const authorityHost = authority.replace(/\/+$/, '');
  return { authorityHost, disableInstanceDiscovery: authorityHost !== PUBLIC_AUTHORITY };
};

type Config = Exclude<MarketplaceCredentialConfig, { kind: 'none' }>;

const build = async (config: Config): Promise<TokenCredential> => {
  const { ClientAssertionCredential, ClientSecretCredential, ManagedIdentityCredential } = await import(
    '@azure/identity'
  );
  const identityOf = ({ managedIdentityClientId: clientId }: Identity) =>
    new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
  if (config.kind === 'managed-identity') return identityOf(config);
  const { publisherTenantId, publisherClientId } = config;
  const options = authorityOptions(config);
  if (config.kind === 'client-secret')
    return new ClientSecretCredential(publisherTenantId, publisherClientId, config.clientSecret, options);
  const identity = identityOf(config);
  const assertion = async () => (await identity.getToken(EXCHANGE_SCOPE)).token;
  return new ClientAssertionCredential(publisherTenantId, publisherClientId, assertion, options);
};

/**
 * Bearer tokens for the fulfilment API (contract 1, infra 2.3). MSAL keeps them until they are about to expire; a rejected
 * one is dropped with the credential that holds it. Not so for `managed-identity`: MSAL keeps the tokens of identities in one
 * store per process, and @azure/identity has no way past it, so the same token comes again until it expires.
 *
 * @throws `marketplace-forbidden` when Entra refuses the credential, `marketplace-unavailable` when no token could be had;
 *   the cause names Entra's reason
 */
export const marketplaceCredential = (config: MarketplaceCredentialConfig): AccessToken => {
  if (config.kind === 'none') return async () => undefined;
  let credential: Promise<TokenCredential> | undefined;
  let newest: string | undefined;
  return async (rejected) => {
    if (rejected !== undefined && rejected === newest) credential = undefined;
    try {
      credential ??= build(config);
      newest = (await (await credential).getToken(MARKETPLACE_SCOPE))?.token;
    } catch (error) {
      const { name, message } = error as Error;
      const cause = `no token: ${name}: ${message.slice(0, 500)}`;
      throw IS_REFUSAL.test(message) ? forbidden(cause) : unavailable(cause);
    }
    if (newest === undefined) throw unavailable('no token: the credential gave none');
    return newest;
  };
};
