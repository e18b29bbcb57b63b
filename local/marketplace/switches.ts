/** One of these words or numbers; the first is how it is at the start. */
type Choice = { of: readonly (string | number)[]; about: string };
/** Any of these words, or none; none at the start. */
type Several = { several: readonly string[]; about: string };
/** A number of seconds or things, at least `least`. */
type Amount = { number: number; least: number; isWhole?: boolean; about: string };
/** Numbers used one after the other, then again from the first. */
type Series = { series: readonly number[]; least: number; isWhole?: boolean; about: string };

export type SwitchKind = Choice | Several | Amount | Series;

/**
 * How Microsoft behaves where its documents leave it open (contract, marks AMB) or where it varies. The control API, the
 * simulation page and docs/simulator.md all show this table; `about` ends with the contract's section.
 */
export const SWITCHES = {
  activate: {
    of: ['sync', 'delayed', 'fails'],
    about: 'Activate takes effect at once, after the delay, or fails after it with an Unsubscribe webhook (2.4)',
  },
  // Short of real minutes so that a person can watch.
  activateDelaySeconds: { number: 5, least: 0, about: 'Delay of an activation that is not sync (2.4)' },
  activateBody: {
    of: ['ignored', 'strict'],
    about: 'strict: Activate with a plan or quantity not bought is a 400 (2.4)',
  },
  repeatActivate: { of: [400, 200], about: 'Activate of what is Subscribed or Suspended (2.4)' },
  // As recorded.
  listPageSizes: { series: [66, 70, 87, 68, 89], least: 1, isWhole: true, about: 'Sizes of the pages of List (2.6)' },
  linkHost: {
    of: ['own', 'foreign'],
    about: 'Host in @nextLink and Operation-Location; foreign: main.prod.marketplaceapi.azure.com (2.1)',
  },
  quantityForm: {
    of: ['number', 'string', 'null'],
    about:
      'Quantities in answers: numbers and absent when flat, "20" and "" when flat, or numbers and null when flat (2.2)',
  },
  subscribeWebhook: {
    of: ['at-purchase', 'after-landing', 'never'],
    about: 'When the Subscribe webhook of an auto-activated purchase comes (0.1, 4.2)',
  },
  droppedPurchase: {
    of: ['unsubscribed', 'gone'],
    about: 'What becomes of a purchase nobody activated for 30 days: Unsubscribed, or 404 and not listed (5)',
  },
  effectLagSeconds: { number: 0, least: 0, about: 'Get Subscription shows a change so long after it has happened (5)' },
  unknownOperation: { of: [404, 400], about: 'Get and PATCH of an operation that is not there (3)' },
  notifyOnlyOperation: { of: [200, 404, 400], about: 'Get of an operation that only informs, such as Renew (3)' },
  operationsOfUnknown: { of: [404, 200], about: 'List operations of an unknown subscription (3)' },
  emptyOperations: { of: ['object', 'list'], about: 'No open operation: {} or {"operations":[]} (3)' },
  listOperationAfterSeconds: { number: 0, least: 0, about: 'A new operation is listed so long after it began (3)' },
  patchClosedOperation: { of: [409, 200], about: 'PATCH of an operation that is no longer open (3)' },
  patchPartnerOperation: { of: [500, 200], about: 'PATCH of an operation the publisher started (3)' },
  patchOtherStatus: { of: [400, 200], about: 'PATCH with a status that is neither Success nor Failure (3)' },
  patchFailure: { of: ['fails', 'ignored'], about: 'Whether PATCH Failure stops a change (4.2)' },
  partnerOperationSeconds: {
    number: 1,
    least: 0,
    about: 'An operation the publisher started is NotStarted so long, then InProgress as long again (2.8)',
  },
  partnerOutcome: {
    of: ['Succeeded', 'Failed', 'Conflict'],
    about: 'How operations the publisher started end (2.8, 3)',
  },
  operationRetryAfterSeconds: { number: 10, least: 0, isWhole: true, about: 'Retry-After of a 202 (2.8)' },
  webhookRefusal: {
    of: ['honoured', 'overruled'],
    about: 'Whether a 4xx stops a ChangePlan or ChangeQuantity; overruled: Microsoft goes ahead (4.2)',
  },
  revertWebhook: {
    of: ['none', 'sent'],
    about: 'After a change that was refused, a second webhook with the old values (4.2)',
  },
  webhookNotifyRefused: { of: ['retried', 'dropped'], about: 'A 4xx to any other action (4.1)' },
  webhookPayload: {
    several: [
      'minimal',
      'minimal-reinstate',
      'extra-fields',
      'string-quantities',
      'no-quantities',
      'padded',
      'old-status',
      'nested-status-before',
    ],
    about: 'How the webhook body differs from the full one (4.3)',
  },
  webhookTokenVersion: {
    of: [2, 1],
    about: 'Version of the token, as the registration of the publisher asks for it (4.4)',
  },
  webhookToken: {
    of: ['good', 'expired', 'wrong-aud', 'wrong-tid', 'wrong-appid', 'foreign-key', 'unsigned', 'none', 'rotated-key'],
    about: 'What is wrong with the token; rotated-key: good, with keys made just before each first attempt (4.4)',
  },
  webhookDelaysSeconds: {
    series: [0],
    least: 0,
    about: 'How long each webhook waits before it is sent; [30, 0] lets the second overtake the first (4.1)',
  },
  webhookCopies: {
    number: 1,
    least: 1,
    isWhole: true,
    about: 'How often each webhook is sent; copies are not retried (4.1)',
  },
  webhookCopyGapSeconds: { number: 0, least: 0, about: 'Time between copies (4.1)' },
  // 500 attempts in 8 hours make 58 s on average.
  webhookRetryGapSeconds: {
    number: 58,
    least: 0,
    about: 'Time from a failed attempt to the next, up to 500 in 8 hours (4.1)',
  },
  webhookTimeoutSeconds: {
    number: 10,
    least: 0.01,
    about: 'How long an answer is waited for, on the real clock (4.1)',
  },
} as const satisfies Record<string, SwitchKind>;

type ValueOf<Kind> = Kind extends { of: readonly (infer One)[] }
  ? One
  : Kind extends { several: readonly (infer One)[] }
    ? readonly One[]
    : Kind extends { series: readonly number[] }
      ? readonly number[]
      : number;

/** The value of every switch. */
export type Switches = { -readonly [name in keyof typeof SWITCHES]: ValueOf<(typeof SWITCHES)[name]> };

/** Switches to turn; the others stay. */
export type SwitchesPatch = { [name in keyof Switches]?: Switches[name] | undefined };

const initial = (kind: SwitchKind): unknown => {
  if ('of' in kind) return kind.of[0];
  if ('several' in kind) return [];
  return 'series' in kind ? kind.series : kind.number;
};

export const defaultSwitches = (): Switches =>
  Object.fromEntries(Object.entries(SWITCHES).map(([name, kind]) => [name, initial(kind)])) as Switches;
