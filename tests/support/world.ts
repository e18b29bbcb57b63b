import { randomBytes } from 'node:crypto';
import { entraControl } from '../../local/entra/control.ts';
import { startHost } from '../../local/host/start.ts';
import { mailboxControl } from '../../local/mailbox/control.ts';
import { marketplaceControl } from '../../local/marketplace/control.ts';
import { CONSOLE_CLIENT_ID, LANDING_CLIENT_ID, PUBLISHER_CLIENT_ID, PUBLISHER_TENANT } from '../../local/people.ts';
import { apiClient } from './api.ts';
import { startOwn } from './stand-ins/start-own.ts';

export const OPERATOR_EMAIL = 'cs@publisher.example';

type Options = {
  /** Settings that differ from the ones below. */
  env?: Record<string, string>;
  landingUrl?: string;
  consoleUrl?: string;
  /** Puts something between the app and storage: makes the connection string that the app is given from storage's own. */
  storageThrough?: (connectionString: string) => Promise<string>;
  /** Microsoft's side tells the app what happens; otherwise it is silent. */
  webhook?: boolean;
};

/**
 * The built app in a functions host of its own process, with storage and Microsoft's side as stand-ins over HTTP: what the
 * contract and e2e tests act upon, through public interfaces only.
 */
export const startWorld = async ({
  env = {},
  landingUrl,
  consoleUrl,
  storageThrough,
  webhook = false,
}: Options = {}) => {
  const landing = landingUrl ?? 'http://127.0.0.1:9/';
  const consoleAt = consoleUrl ?? `${landing}console/`;
  const [storage, entra, mailbox, marketplace] = await Promise.all([
    startOwn('storage'),
    startOwn('entra', { redirectUris: { [LANDING_CLIENT_ID]: [landing], [CONSOLE_CLIENT_ID]: [consoleAt] } }),
    startOwn('mailbox'),
    startOwn('marketplace', { landingUrl: landing }),
  ]);
  const settings: Record<string, string> = {
    AzureWebJobsStorage: (await storageThrough?.(storage.connectionString)) ?? storage.connectionString,
    MARKETPLACE_API_URL: marketplace.apiUrl,
    MARKETPLACE_CREDENTIAL: 'none',
    PUBLISHER_TENANT_ID: PUBLISHER_TENANT,
    PUBLISHER_CLIENT_ID,
    ENTRA_AUTHORITY: entra.authority,
    LANDING_CLIENT_ID,
    CONSOLE_CLIENT_ID,
    LANDING_URL: landing,
    CONSOLE_URL: consoleAt,
    EMAIL_CONNECTION_STRING: mailbox.connectionString,
    EMAIL_SENDER: `noreply-${randomBytes(3).toString('hex')}@publisher.example`,
    OPERATOR_EMAILS: OPERATOR_EMAIL,
    // Their timers would come in between of what is counted and compared; tests run them by hand.
    'AzureWebJobs.reconcile.Disabled': 'true',
    'AzureWebJobs.canary.Disabled': 'true',
    ...env,
  };
  const shop = marketplaceControl(marketplace.url);
  const startApp = async () => {
    const started = await startHost({ env: settings });
    if (!webhook) return started;
    await shop.webhook({
      url: `${started.url}/api/webhook`,
      entra: entra.authority,
      publisherTenantId: PUBLISHER_TENANT,
      publisherClientId: PUBLISHER_CLIENT_ID,
    });
    return started;
  };
  let host = await startApp();
  const levers = entraControl(entra.authority);
  return {
    storage,
    marketplace: shop,
    marketplaceUrl: marketplace.url,
    entra: levers,
    entraUrl: entra.authority,
    mailbox: mailboxControl(mailbox.url),
    host: () => host,
    /** The app's settings as they are now. */
    settings: () => ({ ...settings }),
    api: apiClient(() => `${host.url}/api`, levers),
    /** Another process with the same settings, as after a crash or a deployment; `changed` settings stay changed. */
    restart: async (changed: Record<string, string> = {}): Promise<void> => {
      Object.assign(settings, changed);
      await host.kill();
      host = await startApp();
    },
    /** Runs the sweep now. */
    sweep: async (): Promise<void> => {
      await fetch(`${host.url}/admin/functions/sweep?wait=true`, { method: 'POST' });
    },
    /** One tick of the reconciliation, now. */
    reconcile: async (): Promise<void> => {
      await fetch(`${host.url}/admin/functions/reconcile?wait=true`, { method: 'POST' });
    },
    close: async (): Promise<void> => {
      await host.stop();
      await Promise.all([storage.close(), entra.close(), mailbox.close(), marketplace.close()]);
    },
  };
};

export type World = Awaited<ReturnType<typeof startWorld>>;
