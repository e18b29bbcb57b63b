/** The routes of design 7, in the order of the table's columns. */
export const ROUTES = [
  'POST /api/resolve',
  'POST /api/onboard',
  'GET /api/subscriptions/{id}',
  'POST /api/subscriptions/{id}/activate',
  'GET /api/operator/subscriptions',
  'GET /api/operator/subscriptions/{id}',
  'POST /api/operator/subscriptions/{id}/confirm',
  'POST /api/operator/subscriptions/{id}/activate',
  'POST /api/operator/subscriptions/{id}/retry',
  'POST /api/operator/subscriptions/{id}/hold',
  'POST /api/operator/subscriptions/{id}/release',
  'GET /api/health',
  'GET /api/subscriptions/{id}/plans',
  'PATCH /api/subscriptions/{id}',
  'DELETE /api/subscriptions/{id}',
  'POST /api/operator/subscriptions/{id}/refresh',
  'POST /api/operator/subscriptions/{id}/start',
  'POST /api/operator/subscriptions/{id}/note',
  'POST /api/operator/reconcile',
  'GET /api/operator/reconcile',
  'GET /api/operator/set-up',
  'POST /api/operator/set-up/test-mail',
  'POST /api/webhook',
] as const;

export type Route = (typeof ROUTES)[number];

const OK = '200';
const DONE = '202';
const NO = '401 unauthenticated';
const WHO = '503 signing-keys-unavailable';
const PARTY = '403 not-a-party';
const MONEY = '403 not-allowed';
const GONE = '404 subscription-not-found';
const ROLE = '403 not-an-operator';

type Row = [string, string, string, string, string, string, string, string, string, string, string, string];

/**
 * What each kind of caller gets from each route (design 7, P5, P6), where the subscription is in a state in which the
 * right caller succeeds. A row per caller of callers.ts; the columns are ROUTES:
 * resolve, onboard, get, activate | list, look, confirm, activate, retry, hold, release | health.
 */
const WRITTEN: Record<string, Row> = {
  nobody: [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'an empty header': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'a header of another scheme': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'a header without a token': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'a header without a scheme': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'a header with two tokens': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'a header with words for a token': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],

  purchaser: [OK, DONE, OK, DONE, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser who never visited': [OK, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser with a token of the console': [NO, NO, ROLE, NO, ROLE, ROLE, ROLE, ROLE, ROLE, ROLE, ROLE, OK],
  colleague: [OK, DONE, OK, MONEY, NO, NO, NO, NO, NO, NO, NO, OK],
  "colleague with the purchaser's e-mail claim": [OK, DONE, OK, MONEY, NO, NO, NO, NO, NO, NO, NO, OK],
  'colleague who never visited': [OK, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],
  reseller: [OK, DONE, OK, DONE, NO, NO, NO, NO, NO, NO, NO, OK],
  "reseller's colleague who never visited": [OK, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],
  beneficiary: [OK, DONE, OK, DONE, NO, NO, NO, NO, NO, NO, NO, OK],
  "beneficiary's colleague": [OK, DONE, OK, MONEY, NO, NO, NO, NO, NO, NO, NO, OK],
  stranger: [PARTY, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],
  'stranger to a reseller purchase': [PARTY, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],
  "stranger with the purchaser's object id": [PARTY, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],
  "stranger with the purchaser's e-mail claim": [PARTY, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],
  'stranger with our role names': [PARTY, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],
  'stranger with our role names and a token of the console': [
    NO,
    NO,
    ROLE,
    NO,
    ROLE,
    ROLE,
    ROLE,
    ROLE,
    ROLE,
    ROLE,
    ROLE,
    OK,
  ],
  guest: [PARTY, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],
  'guest who signed in to the purchasing organization': [OK, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],
  'personal account': [OK, DONE, OK, DONE, NO, NO, NO, NO, NO, NO, NO, OK],
  'personal account known by its e-mail claim': [OK, DONE, OK, DONE, NO, NO, NO, NO, NO, NO, NO, OK],
  'personal account seen for the first time': [OK, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],
  'another personal account': [PARTY, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],
  'another personal account with the e-mail claim of a bound one': [
    PARTY,
    GONE,
    GONE,
    GONE,
    NO,
    NO,
    NO,
    NO,
    NO,
    NO,
    NO,
    OK,
  ],
  "another personal account of a purchaser's user name": [PARTY, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],
  'work account with the e-mail claim of a personal one': [PARTY, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator with a token of the landing page': [PARTY, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, OK],

  reader: [NO, NO, OK, NO, OK, OK, ROLE, ROLE, ROLE, ROLE, ROLE, OK],
  operator: [NO, NO, OK, NO, OK, OK, DONE, DONE, DONE, DONE, DONE, OK],
  'operator who is a reader too': [NO, NO, OK, NO, OK, OK, DONE, DONE, DONE, DONE, DONE, OK],
  'employee without a role': [NO, NO, ROLE, NO, ROLE, ROLE, ROLE, ROLE, ROLE, ROLE, ROLE, OK],
  "employee with the product's role": [NO, NO, ROLE, NO, ROLE, ROLE, ROLE, ROLE, ROLE, ROLE, ROLE, OK],
  'employee with a role spelled otherwise': [NO, NO, ROLE, NO, ROLE, ROLE, ROLE, ROLE, ROLE, ROLE, ROLE, OK],
  'employee whose roles are text': [NO, NO, ROLE, NO, ROLE, ROLE, ROLE, ROLE, ROLE, ROLE, ROLE, OK],

  'purchaser, expired': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, without an expiry': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, not yet valid': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, for another audience': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, for several audiences': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, of a foreign issuer': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  "purchaser, of another tenant's issuer": [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, of a tenant that is no GUID': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, v1': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, v1 in v2 clothes': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, without a scope': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, for another scope': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, without an object id': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, app-only': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, app-only without saying so': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, alg none': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, alg none with a signature': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, HS256 with the public key': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, PS256': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, without a kid': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, of a foreign key with a known kid': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, changed after it was signed': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],

  'operator, expired': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, without an expiry': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, not yet valid': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, for another audience': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, for several audiences': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, of a foreign issuer': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  "operator, of another tenant's issuer": [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, of a tenant that is no GUID': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, v1': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, v1 in v2 clothes': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, without a scope': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, for another scope': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, without an object id': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, app-only': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, app-only without saying so': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, alg none': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, alg none with a signature': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, HS256 with the public key': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, PS256': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, without a kid': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, of a foreign key with a known kid': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, changed after it was signed': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],

  Microsoft: [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'Microsoft, v1': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'Microsoft, expired': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'Microsoft, without an expiry': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'Microsoft, for another audience': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'Microsoft, of another tenant': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'Microsoft, by another application': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'Microsoft, by another application, v1': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'Microsoft, alg none': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'Microsoft, HS256 with the public key': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'Microsoft, of a foreign key with a known kid': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],

  // The keys are fetched for it, and it is not among them; within 30 s of that nobody can tell (P5).
  'purchaser, of an unknown kid': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, of an unknown kid': [NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OK],
  'purchaser, of an unknown kid just after another': [WHO, WHO, WHO, WHO, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, of an unknown kid just after another': [NO, NO, WHO, NO, WHO, WHO, WHO, WHO, WHO, WHO, WHO, OK],
  'purchaser, of a rotated kid': [OK, DONE, OK, DONE, NO, NO, NO, NO, NO, NO, NO, OK],
  'operator, of a rotated kid': [NO, NO, OK, NO, OK, OK, DONE, DONE, DONE, DONE, DONE, OK],
};

/** To change or cancel is a decision on money, as to activate is; the plans are shown to who may decide. */
const changing = ([, , , activate]: Row): string[] => [activate === DONE ? OK : activate, activate, activate];

/**
 * What an operator does at any time is theirs as a retry is, a test mail too; reconciliation and set-up are shown to whoever may
 * see the list.
 */
const operating = ([, , , , list, , , , retry]: Row): string[] => [
  retry,
  retry,
  retry,
  retry,
  list,
  list,
  retry === DONE ? OK : retry,
];

/** The webhook is Microsoft's alone (contract 4.4): whoever else comes is refused before a key is looked for. */
const telling = (name: string): string => (name === 'Microsoft' || name === 'Microsoft, v1' ? OK : NO);

/** The whole table; the columns after `health` follow from those of activate, retry and list, and from the caller's name. */
export const TABLE: Record<string, string[]> = Object.fromEntries(
  Object.entries(WRITTEN).map(([name, row]) => [name, [...row, ...changing(row), ...operating(row), telling(name)]]),
);
