/** What the publisher entered in Partner Center, and who signs for Microsoft (contract 4.4). */
export type WebhookConfig = {
  /** The connection webhook. */
  url: string;
  /** Base address of the simulated Entra. */
  entra: string;
  publisherTenantId: string;
  publisherClientId: string;
};
