import * as z from 'zod/mini';
import type { StorageConnection } from './adapters/storage/connection.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const toUrl = (value: string): URL | undefined => (URL.canParse(value) ? new URL(value) : undefined);

const isLoopback = (value: string): boolean => LOOPBACK.has(toUrl(value)?.hostname ?? '');

const isSafeUrl = (value: string): boolean => {
  const url = toUrl(value);
  return (
    url !== undefined &&
    !value.includes('#') &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(value)))
  );
};

// One schema serves every setting of a kind, and few kinds serve all: building schemas is what loading the app waits for.
const text = z.string({ error: 'is missing' });
const guid = z
  .string({ error: 'is missing: a GUID' })
  .check(z.refine((value) => GUID.test(value), { error: 'must be a GUID' }));
const url = z
  .string({ error: 'is missing: an address' })
  .check(z.refine(isSafeUrl, { error: 'must be an https address without # (http for loopback only)' }));
const optional = { text: z.optional(text), guid: z.optional(guid), url: z.optional(url) };

const CREDENTIALS = ['federated', 'managed-identity', 'client-secret', 'none'] as const;
const POLICIES = ['buyer', 'operator', 'when-ready'] as const;
/** The member that is named, the first when none is. */
const oneOf = <T extends string>(members: readonly [T, ...T[]], named = members[0] as string): T | undefined =>
  members.find((member) => member === named);

const EMAIL = /^\S+@\S+$/;

const listed = (value = ''): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const planChange = (part: string): { from: string; to: string } | undefined => {
  const [from = '', to = '', ...rest] = part.split('>').map((plan) => plan.trim());
  return from !== '' && to !== '' && rest.length === 0 ? { from, to } : undefined;
};

/** A whole number of so many at least and at most. */
const isWhole = (value: string, least: number, most: number): boolean =>
  /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most;

const MOST_SEATS = 1_000_000;
/** An unanswered purchase lives for 30 days; ended customers' data is kept for 7 at least (contract 5). */
const REMINDERS = { least: 1, most: 29, usual: '20,10,5,2' };
const KEEPING = { least: 7, most: 3650, usual: '30' };

const withoutSlash = (value: string): string => value.replace(/\/+$/, '');

/** Every setting, by the name of its environment variable. */
export const SETTINGS = {
  AzureWebJobsStorage: optional.text,
  AzureWebJobsStorage__accountName: optional.text,
  AzureWebJobsStorage__tableServiceUri: optional.url,
  AzureWebJobsStorage__queueServiceUri: optional.url,
  AzureWebJobsStorage__clientId: optional.guid,
  AZURE_CLIENT_ID: optional.guid,
  MARKETPLACE_API_URL: optional.url,
  MARKETPLACE_CREDENTIAL: optional.text,
  MARKETPLACE_CLIENT_SECRET: optional.text,
  PUBLISHER_TENANT_ID: guid,
  PUBLISHER_CLIENT_ID: guid,
  PUBLISHER_NAME: optional.text,
  SUPPORT_EMAIL: optional.text,
  OFFER_IDS: optional.text,
  ENTRA_AUTHORITY: optional.url,
  LANDING_CLIENT_ID: guid,
  CONSOLE_CLIENT_ID: guid,
  LANDING_URL: url,
  CONSOLE_URL: url,
  EMAIL_ENDPOINT: optional.url,
  EMAIL_CONNECTION_STRING: optional.text,
  EMAIL_SENDER: text,
  OPERATOR_EMAILS: optional.text,
  ACTIVATION_POLICY: optional.text,
  WORKSPACE_API_URL: optional.text,
  WORKSPACE_URL: optional.url,
  ADOPT_CREATED_BEFORE: optional.text,
  BLOCKED_PLAN_CHANGES: optional.text,
  MIN_SEATS: optional.text,
  MAX_SEATS: optional.text,
  REMINDER_DAYS: optional.text,
  KEEP_CONTACT_DAYS: optional.text,
  KEEP_WORKSPACE_DAYS: optional.text,
} as const;

const environment = z.object(SETTINGS);
type Environment = z.infer<typeof environment>;

/** What is set, as it is: names and values of the environment. */
type Given = Record<string, string | undefined>;

type Fault = { setting: string; detail: string };

const storageOf = (env: Given): StorageConnection | undefined => {
  const value = env['AzureWebJobsStorage'];
  if (value !== undefined) return { kind: 'connection-string', value };
  const name = env['AzureWebJobsStorage__accountName'];
  const tableUrl = env['AzureWebJobsStorage__tableServiceUri'] ?? (name && `https://${name}.table.core.windows.net`);
  const queueUrl = env['AzureWebJobsStorage__queueServiceUri'] ?? (name && `https://${name}.queue.core.windows.net`);
  if (!tableUrl || !queueUrl) return undefined;
  const clientId = env['AzureWebJobsStorage__clientId'];
  return { kind: 'identity', tableUrl, queueUrl, ...(clientId === undefined ? {} : { clientId }) };
};

const emailHost = (connectionString: string): string => /endpoint=([^;]+)/i.exec(connectionString)?.[1] ?? '';

/** What single settings cannot say: the ones that need or exclude each other. */
const crossFaults = (env: Given): Fault[] => {
  const faults: Fault[] = [];
  const check = (setting: string, isRight: boolean, detail: string): void => {
    if (!isRight) faults.push({ setting, detail });
  };
  const has = (name: keyof typeof SETTINGS): boolean => env[name] !== undefined;
  check(
    'AzureWebJobsStorage',
    storageOf(env) !== undefined,
    'is missing: a connection string, or the identity-based form with __accountName or the service addresses',
  );
  check(
    'CONSOLE_CLIENT_ID',
    !has('CONSOLE_CLIENT_ID') || env['CONSOLE_CLIENT_ID']?.toLowerCase() !== env['LANDING_CLIENT_ID']?.toLowerCase(),
    'must differ from LANDING_CLIENT_ID: the audience of a token tells buyers and operators apart',
  );
  check(
    'MARKETPLACE_CREDENTIAL',
    oneOf(CREDENTIALS, env['MARKETPLACE_CREDENTIAL']) !== undefined,
    `must be one of ${CREDENTIALS.join(', ')}`,
  );
  check(
    'ACTIVATION_POLICY',
    oneOf(POLICIES, env['ACTIVATION_POLICY']) !== undefined,
    `must be one of ${POLICIES.join(', ')}`,
  );
  check(
    'MARKETPLACE_CREDENTIAL',
    env['MARKETPLACE_CREDENTIAL'] !== 'none' || isLoopback(env['MARKETPLACE_API_URL'] ?? ''),
    'may be none only while MARKETPLACE_API_URL is a loopback address',
  );
  check(
    'MARKETPLACE_CLIENT_SECRET',
    env['MARKETPLACE_CREDENTIAL'] !== 'client-secret' || has('MARKETPLACE_CLIENT_SECRET'),
    'is missing: MARKETPLACE_CREDENTIAL is client-secret',
  );
  check('SUPPORT_EMAIL', EMAIL.test(env['SUPPORT_EMAIL'] ?? 'none@given'), 'must be an e-mail address');
  check(
    'OPERATOR_EMAILS',
    listed(env['OPERATOR_EMAILS']).every((one) => EMAIL.test(one)),
    'must be e-mail addresses, separated by commas',
  );
  check(
    'EMAIL_ENDPOINT',
    has('EMAIL_ENDPOINT') || has('EMAIL_CONNECTION_STRING'),
    'is missing: set it or EMAIL_CONNECTION_STRING',
  );
  check(
    'EMAIL_CONNECTION_STRING',
    !has('EMAIL_CONNECTION_STRING') || isSafeUrl(emailHost(env['EMAIL_CONNECTION_STRING'] ?? '')),
    'must name an https endpoint (http for loopback only)',
  );
  check(
    'ADOPT_CREATED_BEFORE',
    !has('ADOPT_CREATED_BEFORE') || !Number.isNaN(Date.parse(env['ADOPT_CREATED_BEFORE'] ?? '')),
    'must be a date, such as 2026-11-21T00:00:00Z',
  );
  check(
    'BLOCKED_PLAN_CHANGES',
    listed(env['BLOCKED_PLAN_CHANGES']).every((part) => planChange(part) !== undefined),
    'must be pairs such as gold>silver, separated by commas; * stands for any plan',
  );
  for (const name of ['MIN_SEATS', 'MAX_SEATS'] as const)
    check(name, isWhole(env[name] ?? '1', 1, MOST_SEATS), `must be a whole number from 1 to ${MOST_SEATS}`);
  check(
    'MAX_SEATS',
    !(Number(env['MIN_SEATS'] ?? 1) > Number(env['MAX_SEATS'] ?? MOST_SEATS)),
    'must not be less than MIN_SEATS',
  );
  check(
    'REMINDER_DAYS',
    listed(env['REMINDER_DAYS'] ?? REMINDERS.usual).every((day) => isWhole(day, REMINDERS.least, REMINDERS.most)),
    `must be whole numbers from ${REMINDERS.least} to ${REMINDERS.most}, separated by commas`,
  );
  for (const name of ['KEEP_CONTACT_DAYS', 'KEEP_WORKSPACE_DAYS'] as const)
    check(
      name,
      isWhole(env[name] ?? KEEPING.usual, KEEPING.least, KEEPING.most),
      `must be a whole number from ${KEEPING.least} to ${KEEPING.most}`,
    );
  check(
    'WORKSPACE_API_URL',
    !has('WORKSPACE_API_URL'),
    'must be empty: this version makes workspaces in its built-in directory only',
  );
  check(
    'ACTIVATION_POLICY',
    env['ACTIVATION_POLICY'] !== 'when-ready' || has('WORKSPACE_API_URL'),
    'may not be when-ready while WORKSPACE_API_URL is empty',
  );
  return faults;
};

const toConfig = (env: Environment, storage: StorageConnection) => ({
  storage,
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
  const parsed = environment.safeParse(given);
  const storage = storageOf(given);
  const single = parsed.error?.issues.map(({ path, message }) => ({ setting: path.join('.'), detail: message })) ?? [];
  const faults: Fault[] = [...single, ...crossFaults(given)];
  if (!parsed.success || faults.length > 0 || !storage) {
    const lines = faults.map(({ setting, detail }) => `  ${setting} ${detail}.`);
    throw new Error(`These settings are not right:\n${lines.join('\n')}\nThe README lists all settings.`);
  }
  return toConfig(parsed.data, storage);
};

/** The settings of this process. */
export const readConfig = (): Config => parseConfig(process.env);
