import { CONSOLE_CLIENT_ID, LANDING_CLIENT_ID, PUBLISHER_CLIENT_ID, PUBLISHER_TENANT } from './people.ts';

export const OPERATOR_EMAIL = 'customer-success@publisher.example';
/** As on the pages (static-landing/config.json). */
const SUPPORT_EMAIL = 'support@unifize.example';

/** The app's settings for one machine: everything points at the stand-ins, nothing at a cloud. */
export const localSettings = (at: {
  storage: string;
  marketplaceApiUrl: string;
  authority: string;
  landingUrl: string;
  consoleUrl: string;
  mailbox: string;
  product: string;
}): Record<string, string> => ({
  AzureWebJobsStorage: at.storage,
  MARKETPLACE_API_URL: at.marketplaceApiUrl,
  MARKETPLACE_CREDENTIAL: 'none',
  PUBLISHER_TENANT_ID: PUBLISHER_TENANT,
  PUBLISHER_CLIENT_ID,
  ENTRA_AUTHORITY: at.authority,
  LANDING_CLIENT_ID,
  CONSOLE_CLIENT_ID,
  LANDING_URL: at.landingUrl,
  CONSOLE_URL: at.consoleUrl,
  EMAIL_CONNECTION_STRING: at.mailbox,
  EMAIL_SENDER: 'noreply@publisher.example',
  SUPPORT_EMAIL,
  OPERATOR_EMAILS: OPERATOR_EMAIL,
  WORKSPACE_URL: `${at.product}/?organization={organizationId}`,
});
