import * as z from 'zod/mini';
import type { StorageConnection } from './adapters/storage/connection.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const toUrl = (value: string): URL | undefined => (URL.canParse(value) ? new URL(value) : undefined);

const isLoopback = (value: string): boolean => LOOPBACK.has(toUrl(value)?.hostname ?? '');

const isSafeUrl = (value: string): boolean => {
  const url = toUrl(value);
  return url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(value)));
};

const guid = () =>
  z.string({ error: 'is missing: a GUID' }).check(z.regex(GUID, { error: 'must be a GUID' }), z.toLowerCase());

const address = () => z.string({ error: 'is missing: an address' });
const safeUrl = { error: 'must be an https address (http for loopback only)' };
const url = () => address().check(z.refine(isSafeUrl, safeUrl));
const pageUrl = () => url().check(z.refine((value) => !value.includes('#'), { error: 'must not contain #' }));

const listed = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const withoutSlash = (value: string): string => value.replace(/\/+$/, '');

/** Every setting, by the name of its environment variable. `settings.ts` in the tests keeps example, README and Bicep in step. */
export const SETTINGS = {
  AzureWebJobsStorage: z.optional(z.string()),
  AzureWebJobsStorage__accountName: z.optional(z.string()),
  AzureWebJobsStorage__tableServiceUri: z.optional(url()),
  AzureWebJobsStorage__queueServiceUri: z.optional(url()),
  AzureWebJobsStorage__clientId: z.optional(guid()),
  AZURE_CLIENT_ID: z.optional(guid()),
  MARKETPLACE_API_URL: z._default(url(), 'https://marketplaceapi.microsoft.com/api'),
  MARKETPLACE_CREDENTIAL: z._default(
    z.enum(['federated', 'managed-identity', 'client-secret', 'none'], {
      error: 'must be federated, managed-identity, client-secret or none',
    }),
    'federated',
  ),
  MARKETPLACE_CLIENT_SECRET: z.optional(z.string()),
  PUBLISHER_TENANT_ID: guid(),
  PUBLISHER_CLIENT_ID: guid(),
  PUBLISHER_NAME: z._default(z.string(), 'Unifize'),
  SUPPORT_EMAIL: z.optional(z.string().check(z.regex(/^\S+@\S+$/, { error: 'must be an e-mail address' }))),
  OFFER_IDS: z._default(z.string(), ''),
  ENTRA_AUTHORITY: z._default(url(), 'https://login.microsoftonline.com'),
  LANDING_CLIENT_ID: guid(),
  CONSOLE_CLIENT_ID: guid(),
  LANDING_URL: pageUrl(),
  CONSOLE_URL: pageUrl(),
  EMAIL_ENDPOINT: z.optional(url()),
  EMAIL_CONNECTION_STRING: z.optional(z.string()),
  EMAIL_SENDER: z.string({ error: 'is missing: the address that mails come from' }),
  OPERATOR_EMAILS: z._default(z.string(), '').check(
    z.refine((value) => listed(value).every((one) => /^\S+@\S+$/.test(one)), {
      error: 'must be e-mail addresses, separated by commas',
    }),
  ),
  ACTIVATION_POLICY: z._default(
    z.enum(['buyer', 'operator', 'when-ready'], { error: 'must be buyer, operator or when-ready' }),
    'buyer',
  ),
  WORKSPACE_API_URL: z.optional(z.string()),
  WORKSPACE_URL: z.optional(url()),
} as const;

const environment = z.object(SETTINGS);
type Environment = z.infer<typeof environment>;

type Fault = { setting: string; detail: string };

const storageOf = (env: Environment): StorageConnection | undefined => {
  if (env.AzureWebJobsStorage !== undefined) return { kind: 'connection-string', value: env.AzureWebJobsStorage };
  const name = env.AzureWebJobsStorage__accountName;
  const tableUrl = env.AzureWebJobsStorage__tableServiceUri ?? (name && `https://${name}.table.core.windows.net`);
  const queueUrl = env.AzureWebJobsStorage__queueServiceUri ?? (name && `https://${name}.queue.core.windows.net`);
  if (!tableUrl || !queueUrl) return undefined;
  const clientId = env.AzureWebJobsStorage__clientId;
  return { kind: 'identity', tableUrl, queueUrl, ...(clientId === undefined ? {} : { clientId }) };
};

const emailHost = (connectionString: string): string => /endpoint=([^;]+)/i.exec(connectionString)?.[1] ?? '';

/** What single settings cannot say: the ones that need or exclude each other. */
const crossFaults = (env: Environment): Fault[] => {
  const faults: Fault[] = [];
  const fault = (setting: string, detail: string) => faults.push({ setting, detail });
  if (!storageOf(env)) {
    fault(
      'AzureWebJobsStorage',
      'is missing: a connection string, or the identity-based form with __accountName or the service addresses',
    );
  }
  if (env.LANDING_CLIENT_ID === env.CONSOLE_CLIENT_ID) {
    fault(
      'CONSOLE_CLIENT_ID',
      'must differ from LANDING_CLIENT_ID: the audience of a token tells buyers and operators apart',
    );
  }
  if (env.MARKETPLACE_CREDENTIAL === 'none' && !isLoopback(env.MARKETPLACE_API_URL)) {
    fault('MARKETPLACE_CREDENTIAL', 'may be none only while MARKETPLACE_API_URL is a loopback address');
  }
  if (env.MARKETPLACE_CREDENTIAL === 'client-secret' && env.MARKETPLACE_CLIENT_SECRET === undefined) {
    fault('MARKETPLACE_CLIENT_SECRET', 'is missing: MARKETPLACE_CREDENTIAL is client-secret');
  }
  if (env.EMAIL_ENDPOINT === undefined && env.EMAIL_CONNECTION_STRING === undefined) {
    fault('EMAIL_ENDPOINT', 'is missing: set it or EMAIL_CONNECTION_STRING');
  }
  if (env.EMAIL_CONNECTION_STRING !== undefined && !isSafeUrl(emailHost(env.EMAIL_CONNECTION_STRING))) {
    fault('EMAIL_CONNECTION_STRING', 'must name an https endpoint (http for loopback only)');
  }
  if (env.WORKSPACE_API_URL !== undefined) {
    fault('WORKSPACE_API_URL', 'must be empty: this version makes workspaces in its built-in directory only');
  }
  if (env.ACTIVATION_POLICY === 'when-ready' && env.WORKSPACE_API_URL === undefined) {
    fault('ACTIVATION_POLICY', 'may not be when-ready while WORKSPACE_API_URL is empty');
  }
  return faults;
};

const toConfig = (env: Environment, storage: StorageConnection) => ({
  storage,
  identityClientId: env.AZURE_CLIENT_ID ?? env.AzureWebJobsStorage__clientId,
  marketplace: {
    apiUrl: withoutSlash(env.MARKETPLACE_API_URL),
    credential: env.MARKETPLACE_CREDENTIAL,
    clientSecret: env.MARKETPLACE_CLIENT_SECRET,
    offerIds: listed(env.OFFER_IDS),
  },
  publisher: {
    tenantId: env.PUBLISHER_TENANT_ID,
    clientId: env.PUBLISHER_CLIENT_ID,
    name: env.PUBLISHER_NAME,
    supportEmail: env.SUPPORT_EMAIL,
  },
  entra: {
    authority: withoutSlash(env.ENTRA_AUTHORITY),
    landingClientId: env.LANDING_CLIENT_ID,
    consoleClientId: env.CONSOLE_CLIENT_ID,
  },
  consoleUrl: env.CONSOLE_URL,
  email: {
    endpoint: env.EMAIL_ENDPOINT,
    connectionString: env.EMAIL_CONNECTION_STRING,
    sender: env.EMAIL_SENDER,
    operators: listed(env.OPERATOR_EMAILS),
  },
  activationPolicy: env.ACTIVATION_POLICY,
  workspaceUrl: env.WORKSPACE_URL,
});

export type Config = ReturnType<typeof toConfig>;

/**
 * Reads all settings at once; an empty string means unset. A fault names the setting and what was expected, never its value.
 * @throws Error with every fault, a line each
 */
export const parseConfig = (env: Record<string, string | undefined>): Config => {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = environment.safeParse(set);
  const faults: Fault[] = parsed.success
    ? crossFaults(parsed.data)
    : parsed.error.issues.map((issue) => ({ setting: issue.path.join('.'), detail: issue.message }));
  const storage = parsed.success ? storageOf(parsed.data) : undefined;
  if (!parsed.success || faults.length > 0 || !storage) {
    const lines = faults.map(({ setting, detail }) => `  ${setting} ${detail}.`);
    throw new Error(`These settings are not right:\n${lines.join('\n')}\nThe README lists all settings.`);
  }
  return toConfig(parsed.data, storage);
};

/** The settings of this process. */
export const readConfig = (): Config => parseConfig(process.env);
