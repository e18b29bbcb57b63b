import type { TokenCredential } from '@azure/identity';

/** How storage is reached: a connection string, or an identity and the two endpoints (infra.md 2.2). */
export type StorageConnection =
  | { kind: 'connection-string'; value: string }
  | { kind: 'identity'; tableUrl: string; queueUrl: string; clientId?: string };

/**
 * How long one request of storage may take (ms). Above what it takes under load, well below the 60 s of a claim: silence is
 * then an outage, and whoever waits hears of it.
 */
export const REQUEST_MS = 10_000;

/** The identity's credential, made on first use. */
export const storageCredential = async (clientId: string | undefined): Promise<TokenCredential> => {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  return clientId === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
};
