const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const toUrl = (value: string): URL | undefined => (URL.canParse(value) ? new URL(value) : undefined);

export const isLoopback = (value: string): boolean => LOOPBACK.has(toUrl(value)?.hostname ?? '');

export const isSafeUrl = (value: string): boolean => {
  const url = toUrl(value);
  return (
    url !== undefined &&
    !value.includes('#') &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(value)))
  );
};

/** What a single setting has to be. Checked by hand: a library for it was a third of what loading the app waited for. */
type Kind = { isRight: (value: string) => boolean; wrong: string; missing: string };
export const KINDS = {
  text: { isRight: () => true, wrong: '', missing: 'is missing' },
  guid: { isRight: (value) => GUID.test(value), wrong: 'must be a GUID', missing: 'is missing: a GUID' },
  url: {
    isRight: isSafeUrl,
    wrong: 'must be an https address without # (http for loopback only)',
    missing: 'is missing: an address',
  },
} satisfies Record<string, Kind>;

type Setting<Required extends boolean> = { kind: keyof typeof KINDS; isRequired: Required };
const required = (kind: keyof typeof KINDS): Setting<true> => ({ kind, isRequired: true });
const optional = (kind: keyof typeof KINDS): Setting<false> => ({ kind, isRequired: false });

export const CREDENTIALS = ['federated', 'managed-identity', 'client-secret', 'none'] as const;
export const SWITCH = ['false', 'true'] as const;
export const POLICIES = ['buyer', 'operator', 'when-ready'] as const;
/** The member that is named, the first when none is. */
export const oneOf = <T extends string>(members: readonly [T, ...T[]], named = members[0] as string): T | undefined =>
  members.find((member) => member === named);

export const EMAIL = /^\S+@\S+$/;

export const listed = (value = ''): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

export const planChange = (part: string): { from: string; to: string } | undefined => {
  const [from = '', to = '', ...rest] = part.split('>').map((plan) => plan.trim());
  return from !== '' && to !== '' && rest.length === 0 ? { from, to } : undefined;
};

/** A whole number of so many at least and at most. */
export const isWhole = (value: string, least: number, most: number): boolean =>
  /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most;

export const MOST_SEATS = 1_000_000;
/** An unanswered purchase lives for 30 days; ended customers' data is kept for 7 at least (contract 5). */
export const REMINDERS = { least: 1, most: 29, usual: '20,10,5,2' };
export const KEEPING = { least: 7, most: 3650, usual: '30' };

/** Every setting, by the name of its environment variable. */
export const SETTINGS = {
  AzureWebJobsStorage: optional('text'),
  AzureWebJobsStorage__accountName: optional('text'),
  AzureWebJobsStorage__tableServiceUri: optional('url'),
  AzureWebJobsStorage__queueServiceUri: optional('url'),
  AzureWebJobsStorage__clientId: optional('guid'),
  AZURE_CLIENT_ID: optional('guid'),
  MARKETPLACE_API_URL: optional('url'),
  MARKETPLACE_CREDENTIAL: optional('text'),
  MARKETPLACE_CLIENT_SECRET: optional('text'),
  PUBLISHER_TENANT_ID: required('guid'),
  PUBLISHER_CLIENT_ID: required('guid'),
  PUBLISHER_NAME: optional('text'),
  SUPPORT_EMAIL: optional('text'),
  OFFER_IDS: optional('text'),
  ENTRA_AUTHORITY: optional('url'),
  LANDING_CLIENT_ID: required('guid'),
  CONSOLE_CLIENT_ID: required('guid'),
  LANDING_URL: required('url'),
  CONSOLE_URL: required('url'),
  EMAIL_ENDPOINT: optional('url'),
  EMAIL_CONNECTION_STRING: optional('text'),
  EMAIL_SENDER: required('text'),
  OPERATOR_EMAILS: optional('text'),
  ACTIVATION_POLICY: optional('text'),
  WORKSPACE_API_URL: optional('text'),
  WORKSPACE_URL: optional('url'),
  ADOPT_CREATED_BEFORE: optional('text'),
  BLOCKED_PLAN_CHANGES: optional('text'),
  MIN_SEATS: optional('text'),
  MAX_SEATS: optional('text'),
  REMINDER_DAYS: optional('text'),
  KEEP_CONTACT_DAYS: optional('text'),
  KEEP_WORKSPACE_DAYS: optional('text'),
  PAUSE_ACTIVATIONS: optional('text'),
} as const;

/** All that is set, once it is known to be right. */
export type Environment = {
  [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name]['isRequired'] extends true ? string : string | undefined;
};

/** What is set, as it is: names and values of the environment. */
export type Given = Record<string, string | undefined>;

export type Fault = { setting: string; detail: string };
