import type { StorageConnection } from './adapters/storage/connection.ts';
import { crossFaults, singleFaults, storageOf } from './setting-faults.ts';
import {
  CREDENTIALS,
  type Environment,
  type Given,
  KEEPING,
  listed,
  oneOf,
  POLICIES,
  planChange,
  REMINDERS,
} from './settings.ts';

const withoutSlash = (value: string): string => value.replace(/\/+$/, '');

const toConfig = (env: Environment, storage: StorageConnection, hostName: string | undefined) => ({
  storage,
  hostName,
  identityClientId: env.AZURE_CLIENT_ID ?? env.AzureWebJobsStorage__clientId,
  marketplace: {
    apiUrl: withoutSlash(env.MARKETPLACE_API_URL ?? 'https://marketplaceapi.microsoft.com/api'),
    credential: oneOf(CREDENTIALS, env.MARKETPLACE_CREDENTIAL) ?? 'federated',
    clientSecret: env.MARKETPLACE_CLIENT_SECRET,
    offerIds: listed(env.OFFER_IDS),
  },
  publisher: {
    tenantId: env.PUBLISHER_TENANT_ID.toLowerCase(),
    clientId: env.PUBLISHER_CLIENT_ID.toLowerCase(),
    name: env.PUBLISHER_NAME ?? 'Unifize',
    supportEmail: env.SUPPORT_EMAIL,
  },
  entra: {
    authority: withoutSlash(env.ENTRA_AUTHORITY ?? 'https://login.microsoftonline.com'),
    landingClientId: env.LANDING_CLIENT_ID.toLowerCase(),
    consoleClientId: env.CONSOLE_CLIENT_ID.toLowerCase(),
  },
  landingUrl: env.LANDING_URL,
  consoleUrl: env.CONSOLE_URL,
  email: {
    endpoint: env.EMAIL_ENDPOINT,
    connectionString: env.EMAIL_CONNECTION_STRING,
    sender: env.EMAIL_SENDER,
    operators: listed(env.OPERATOR_EMAILS),
  },
  rules: {
    policy: oneOf(POLICIES, env.ACTIVATION_POLICY) ?? 'buyer',
    changes: {
      blockedPlanChanges: listed(env.BLOCKED_PLAN_CHANGES).flatMap((part) => planChange(part) ?? []),
      ...(env.MIN_SEATS === undefined ? {} : { minSeats: Number(env.MIN_SEATS) }),
      ...(env.MAX_SEATS === undefined ? {} : { maxSeats: Number(env.MAX_SEATS) }),
    },
    reminderDays: listed(env.REMINDER_DAYS ?? REMINDERS.usual).map(Number),
    keepContactDays: Number(env.KEEP_CONTACT_DAYS ?? KEEPING.usual),
    keepWorkspaceDays: Number(env.KEEP_WORKSPACE_DAYS ?? KEEPING.usual),
    ...(env.PAUSE_ACTIVATIONS === 'true' ? { areActivationsPaused: true } : {}),
    ...(env.ADOPT_CREATED_BEFORE === undefined
      ? {}
      : { adoptCreatedBefore: new Date(env.ADOPT_CREATED_BEFORE).toISOString() }),
  },
  workspaceUrl: env.WORKSPACE_URL,
});

export type Config = ReturnType<typeof toConfig>;

/**
 * Reads all settings at once; an empty string means unset. A fault names the setting and what was expected, never its value.
 * @throws Error with every fault, a line each
 */
export const parseConfig = (env: Given): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const storage = storageOf(given);
  const faults = [...singleFaults(given), ...crossFaults(given)];
  if (faults.length > 0 || !storage) {
    const lines = faults.map(({ setting, detail }) => `  ${setting} ${detail}.`);
    throw new Error(`These settings are not right:\n${lines.join('\n')}\nThe README lists all settings.`);
  }
  // No setting: the platform's own name for the app.
  return toConfig(given as Environment, storage, given['WEBSITE_HOSTNAME']);
};

/** The settings of this process. */
export const readConfig = (): Config => parseConfig(process.env);
