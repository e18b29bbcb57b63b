/** Every event that is logged: its code is stable (alerts query it), the sentence is for people. */
export const LOG_EVENTS = {
  PEG_STARTED: { level: 'info', message: 'Invocation started.' },
  PEG_COMPLETED: { level: 'info', message: 'Invocation completed.' },
  PEG_FAILED: { level: 'error', message: 'Invocation failed.' },
  PEG_REFUSED: { level: 'warn', message: 'The caller was refused.' },
  PEG_MARKETPLACE_CALL: { level: 'info', message: 'Microsoft was asked.' },
  PEG_PLAN_NAMES_UNAVAILABLE: { level: 'warn', message: 'Plan names could not be read; the plan id is shown.' },
  PEG_ONBOARDING_REQUESTED: { level: 'info', message: 'The buyer asked for the set-up.' },
  PEG_RESOLVED: { level: 'info', message: 'A purchase token was resolved.' },
  PEG_STEP_FAULT: { level: 'error', message: 'A provisioning step met an error.' },
  PEG_STEP_DONE: { level: 'info', message: 'A provisioning step is done.' },
  PEG_STEP_DELAYED: { level: 'warn', message: 'A provisioning step is tried again later.' },
  PEG_STEP_FAILED: { level: 'error', message: 'A provisioning step has failed.' },
  PEG_SET_UP_CONFIRMED: { level: 'info', message: 'An operator confirmed the set-up.' },
  PEG_WORKSPACE_UPDATED: { level: 'info', message: 'The workspace was told what the subscription is now.' },
  PEG_WORKSPACE_FAULT: { level: 'error', message: 'Telling the workspace met an error.' },
  PEG_WORKSPACE_DELAYED: { level: 'warn', message: 'The workspace is told again later.' },
  PEG_WORKSPACE_FAILED: { level: 'error', message: 'The workspace could not be told what the subscription is now.' },
  PEG_ERASURE_ANNOUNCED: { level: 'info', message: 'Operators are told that data will be erased.' },
  PEG_ERASURE_FAULT: { level: 'error', message: 'The erasure met an error.' },
  PEG_ERASURE_DELAYED: { level: 'warn', message: 'The erasure is tried again later.' },
  PEG_ERASURE_STOPPED: { level: 'error', message: 'Nothing more is erased until an operator releases it.' },
  PEG_ERASURE_HELD: { level: 'info', message: 'An operator held the erasure.' },
  PEG_ERASURE_RELEASED: { level: 'info', message: 'An operator released the erasure.' },
  PEG_CONTACT_ERASED: { level: 'info', message: 'The people in the record are erased.' },
  PEG_WORKSPACE_ERASED: { level: 'info', message: 'What the workspace kept is erased.' },
  PEG_ACTIVATION_REQUESTED: { level: 'info', message: 'Billing was asked for.' },
  PEG_ACTIVATION_FAULT: { level: 'error', message: 'Asking Microsoft, or the call that starts billing, met an error.' },
  PEG_ACTIVATION_ACCEPTED: { level: 'info', message: 'Microsoft took the activation.' },
  PEG_ACTIVATION_DELAYED: { level: 'warn', message: 'The activation is tried again later.' },
  PEG_ACTIVATION_OVERDUE: { level: 'warn', message: 'The activation was first tried an hour ago and more.' },
  PEG_ACTIVATION_FAILED: { level: 'error', message: 'The activation has failed.' },
  PEG_ACTIVATED: { level: 'info', message: 'Microsoft says that the subscription is active.' },
  PEG_MAIL_SENT: { level: 'info', message: 'The mail service took a message.' },
  PEG_MAIL_DELAYED: { level: 'warn', message: 'A message is sent again later.' },
  PEG_MAIL_FAILED: { level: 'error', message: 'A message will not be sent.' },
  PEG_RETRY_REQUESTED: { level: 'info', message: 'An operator started failed work over.' },
  PEG_MESSAGE_UNSENT: { level: 'warn', message: 'A message could not be sent; the sweep sends it.' },
  PEG_MESSAGE_UNREADABLE: { level: 'error', message: 'A queue message had no subscription id and was dropped.' },
  PEG_MESSAGE_POISONED: { level: 'error', message: 'A queue message failed too often; its work is marked failed.' },
  PEG_WEBHOOK_RECEIVED: { level: 'info', message: 'Microsoft told something; it is kept until it is settled.' },
  PEG_WEBHOOK_KNOWN: { level: 'info', message: 'Microsoft told again what is kept already.' },
  PEG_WEBHOOK_REFUSED: { level: 'warn', message: 'A call of the webhook did not prove to be Microsoft.' },
  PEG_WEBHOOK_UNREADABLE: { level: 'error', message: 'Microsoft told something that cannot be read; it is kept, cut.' },
  PEG_NOTICE_APPLIED: { level: 'info', message: 'What Microsoft told is so, and the record says the same.' },
  PEG_NOTICE_WAITING: { level: 'info', message: 'What Microsoft told is not so yet; it is asked again.' },
  PEG_NOTICE_CLOSED: { level: 'warn', message: 'What Microsoft told is not so, or is nothing of ours.' },
  PEG_NOTICE_FAULT: { level: 'error', message: 'Asking Microsoft about what it told met an error.' },
  PEG_NOTICE_FAILED: {
    level: 'error',
    message: 'What Microsoft told could not be looked into; reconciliation has to.',
  },
  PEG_CHANGE_ACKNOWLEDGED: { level: 'info', message: 'Microsoft was told that a change is taken.' },
  PEG_CHANGE_UNACKNOWLEDGED: {
    level: 'warn',
    message: 'Microsoft could not be told that a change is taken; silence says the same.',
  },
  PEG_CHANGE_REQUESTED: { level: 'info', message: 'The buyer asked for a change.' },
  PEG_CHANGE_TAKEN: { level: 'info', message: "Microsoft took the buyer's change; it is followed to its end." },
  PEG_CHANGE_REFUSED: { level: 'warn', message: "Microsoft refused the buyer's change; nothing was changed." },
  PEG_CHANGE_FAULT: {
    level: 'error',
    message: "What became of the buyer's change is not known, or could not be kept; it is looked after.",
  },
  PEG_CHANGE_NOT_SOLD: { level: 'warn', message: "A change made at Microsoft was refused by the publisher's policy." },
  PEG_CHANGE_UNVERIFIED: {
    level: 'error',
    message: 'A change made at Microsoft could not be looked into in time; it is decided when it is told again.',
  },
  PEG_REFUSAL_OVERRULED: { level: 'warn', message: 'Microsoft made a change that the policy had refused.' },
  PEG_RECONCILED: { level: 'info', message: 'All records were compared with what Microsoft says.' },
  PEG_RECONCILE_PAUSED: { level: 'info', message: 'The comparison with Microsoft goes on with the next tick.' },
  PEG_RECONCILE_STOPPED: {
    level: 'error',
    message: 'The comparison would end or suspend unusually many subscriptions; it waits for an operator.',
  },
  PEG_RECONCILE_ITEM_FAILED: {
    level: 'warn',
    message: 'A subscription could not be compared with what Microsoft says.',
  },
  PEG_RECONCILE_FAULT: { level: 'error', message: 'Asking Microsoft for the list of subscriptions met an error.' },
  PEG_RECONCILE_ASKED: { level: 'info', message: 'An operator asked for a comparison with Microsoft.' },
  PEG_RECONCILE_RELEASED: { level: 'warn', message: 'An operator let the comparison go on without its brake.' },
  PEG_REFRESHED: { level: 'info', message: 'An operator had Microsoft asked about a subscription.' },
  PEG_NOTED: { level: 'info', message: 'An operator wrote a note.' },
  PEG_SET_UP_STARTED: { level: 'info', message: 'An operator started the set-up.' },
  PEG_RECHECKED: { level: 'info', message: 'Microsoft was asked again about a subscription that it tells nothing of.' },
  PEG_PURCHASE_DROPPED: { level: 'warn', message: 'Microsoft no longer knows a purchase that nobody answered.' },
  PEG_CANARY_GREEN: { level: 'info', message: 'Nothing is wrong with the set-up, as far as the app can tell.' },
  PEG_CANARY_RED: { level: 'error', message: 'A check of the set-up has failed; the code is its name.' },
  PEG_SWEPT: { level: 'info', message: 'The sweep looked for work that was left behind.' },
} as const;

export type LogEvent = keyof typeof LOG_EVENTS;

/** What may stand beside an event: ids, codes and numbers. There is no member for anything personal or secret (P7). */
export type LogFields = {
  subscriptionId?: string;
  route?: string;
  status?: number;
  code?: string;
  /** Why a caller was refused, in our words. */
  reason?: string;
  step?: string;
  kind?: string;
  queue?: string;
  /** Of a notice: what Microsoft says happened, if it is one of the known actions. */
  action?: string;
  result?: string;
  operation?: string;
  requestId?: string;
  /** The id that Microsoft's side of this subscription's calls is found by. */
  journeyId?: string;
  /** The error's class on the wire: `timeout`, `ECONNRESET`. */
  fault?: string;
  attempt?: number;
  count?: number;
  /** Of a reconciliation: how many rows of Microsoft's list, and what became of them. */
  compared?: number;
  pages?: number;
  equal?: number;
  repaired?: number;
  downgraded?: number;
  adopted?: number;
  found?: number;
  ignored?: number;
  foreign?: number;
  failed?: number;
  durationMs?: number;
  /** An error: logged are its reasons in our words and where it came from, never a foreign message, which may quote people. */
  cause?: unknown;
};

export type Log = (event: LogEvent, fields?: LogFields) => void;
