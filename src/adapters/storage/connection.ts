import type { TokenCredential } from '@azure/identity';

/** How storage is reached: a connection string, or an identity and the two endpoints (infra.md 2.2). */
export type StorageConnection =
  | { kind: 'connection-string'; value: string }
  | { kind: 'identity'; tableUrl: string; queueUrl: string; clientId?: string };

/** The identity's credential, made on first use. */
export const storageCredential = async (clientId: string | undefined): Promise<TokenCredential> => {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  return clientId === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
};
