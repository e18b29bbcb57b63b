import type { StorageConnection } from './adapters/storage/connection.ts';
import {
  CREDENTIALS,
  EMAIL,
  type Fault,
  type Given,
  isLoopback,
  isSafeUrl,
  isWhole,
  KEEPING,
  KINDS,
  listed,
  MOST_SEATS,
  oneOf,
  POLICIES,
  planChange,
  REMINDERS,
  SETTINGS,
  SWITCH,
} from './settings.ts';

/** How storage is reached; `undefined` when the settings do not say. */
export const storageOf = (env: Given): StorageConnection | undefined => {
  const value = env['AzureWebJobsStorage'];
  if (value !== undefined) return { kind: 'connection-string', value };
  const name = env['AzureWebJobsStorage__accountName'];
  const tableUrl = env['AzureWebJobsStorage__tableServiceUri'] ?? (name && `https://${name}.table.core.windows.net`);
  const queueUrl = env['AzureWebJobsStorage__queueServiceUri'] ?? (name && `https://${name}.queue.core.windows.net`);
  if (!tableUrl || !queueUrl) return undefined;
  const clientId = env['AzureWebJobsStorage__clientId'];
  return { kind: 'identity', tableUrl, queueUrl, ...(clientId === undefined ? {} : { clientId }) };
};

/** What is wrong with each setting by itself. */
export const singleFaults = (env: Given): Fault[] =>
  Object.entries(SETTINGS).flatMap(([setting, { kind, isRequired }]) => {
    const { isRight, wrong, missing } = KINDS[kind];
    const value = env[setting];
    if (value === undefined) return isRequired ? [{ setting, detail: missing }] : [];
    return isRight(value) ? [] : [{ setting, detail: wrong }];
  });

const emailHost = (connectionString: string): string => /endpoint=([^;]+)/i.exec(connectionString)?.[1] ?? '';

/** As the SDKs read them: the emulator's short form, or with a key or a signature. */
const isStorage = (value = 'UseDevelopmentStorage=true'): boolean =>
  /(^|;)(UseDevelopmentStorage=true|AccountKey=[^;]|SharedAccessSignature=[^;])/i.test(value);

const isLoopbackHttp = (value: string): boolean => /^http:/i.test(value) && isSafeUrl(value);

/** What single settings cannot say: the ones that need or exclude each other. */
export const crossFaults = (env: Given): Fault[] => {
  const faults: Fault[] = [];
  const check = (setting: string, isRight: boolean, detail: string): void => {
    if (!isRight) faults.push({ setting, detail });
  };
  check('AzureWebJobsStorage', isStorage(env['AzureWebJobsStorage']), 'must be a connection string');
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
    'EMAIL_ENDPOINT',
    has('EMAIL_CONNECTION_STRING') || !isLoopbackHttp(env['EMAIL_ENDPOINT'] ?? ''),
    'must be https: an identity is proved to nobody else. On one machine use EMAIL_CONNECTION_STRING',
  );
  check(
    'EMAIL_CONNECTION_STRING',
    !has('EMAIL_CONNECTION_STRING') || isSafeUrl(emailHost(env['EMAIL_CONNECTION_STRING'] ?? '')),
    'must name an https endpoint (http for loopback only)',
  );
  check(
    'EMAIL_CONNECTION_STRING',
    !has('EMAIL_CONNECTION_STRING') || /(^|;)accesskey=[^;]/i.test(env['EMAIL_CONNECTION_STRING'] ?? ''),
    'must have an accesskey',
  );
  check('EMAIL_SENDER', EMAIL.test(env['EMAIL_SENDER'] ?? 'none@given'), 'must be an e-mail address');
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
    'PAUSE_ACTIVATIONS',
    oneOf(SWITCH, env['PAUSE_ACTIVATIONS']) !== undefined,
    `must be one of ${SWITCH.join(', ')}`,
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
