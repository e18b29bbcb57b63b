import type { Clock, Passes, Sightings, SubscriptionStore } from '../ports.ts';

/** What the checks compare with: settings that are no secret, and where the checks run. */
export type Facts = {
  tenantId: string;
  publisherClientId: string;
  authority: string;
  landingClientId: string;
  consoleClientId: string;
  landingUrl: string;
  consoleUrl: string;
  credential: 'federated' | 'managed-identity' | 'client-secret' | 'none';
  /** Microsoft's side is the stand-in of this machine. */
  isLocal: boolean;
  operators: number;
  /** No new call that starts billing is made. */
  areActivationsPaused: boolean;
  /** Where mail goes and whom it comes from: the host of `EMAIL_ENDPOINT`, where it is set, and the domain of `EMAIL_SENDER`. */
  mailHost?: string;
  mailDomain: string;
  /** Address of the API with its prefix, where it is known from elsewhere than the pages' `config.json`. */
  apiUrl?: string;
  /** The platform's own name for the app, where the checks run in it. */
  hostName?: string;
  /** Client id of the app's managed identity, where it has one. */
  identity?: string;
  /** Name of the data account, where it is reached with that identity. */
  dataAccount?: string;
  /** Who a test mail was asked for. */
  mailTo?: string;
};

/** An answer over HTTP, or in a word why there was none. `ms`: how long it took. */
export type Reply =
  | { kind: 'answer'; status: number; header: (name: string) => string | undefined; text: string; ms: number }
  | { kind: 'silence'; fault: string; ms: number };

export type Question = {
  url: string;
  method?: 'GET' | 'POST' | 'OPTIONS';
  headers?: Record<string, string>;
  body?: string;
  followsRedirects?: boolean;
  /** Default: the 10 s that Microsoft waits for the webhook. */
  limitMs?: number;
};

/** What an access token for the fulfilment API says of itself; the token stays where it is. */
export type TokenClaims = Partial<Record<'aud' | 'appid' | 'azp' | 'tid' | 'oid' | 'idtyp', string>>;

/** `codes`: the numbers of Entra's errors (AADSTS), if it answered with any. */
export type TokenLook =
  | { kind: 'none-needed' }
  | { kind: 'no-identity' }
  | { kind: 'claims'; claims: TokenClaims }
  | { kind: 'unreadable' }
  | { kind: 'refused' | 'unavailable'; codes: number[] };

/** One page of List Subscriptions. `because`: what a 401 or the body of a 403 says (contract 1). */
export type ListLook =
  | { kind: 'no-identity' }
  | { kind: 'page'; rows: number; isLast: boolean }
  | { kind: 'no-token'; codes: number[] }
  | { kind: 'forbidden'; because: 'not-registered' | 'another-application' | 'bad-token' | 'unknown' }
  | { kind: 'throttled' }
  | { kind: 'unavailable'; reason: string };

/** `step`: how far it came. `status`: storage's answer; absent: there was none, for a reason in a word. */
export type StorageLook = { kind: 'done' } | { kind: 'failed'; step: string; status?: number; fault: string };

/** `stuck`: messages that are ready to be taken and have not been. */
export type QueueDepth = { name: string; count: number; stuck: number };

export type StorageProbe = {
  /** Writes, reads and deletes a row of its own. */
  tryRow(): Promise<StorageLook>;
  /** Sends, peeks and deletes a message of its own. */
  tryMessage(): Promise<StorageLook>;
  /** `undefined`: cannot be read. */
  depths(): Promise<QueueDepth[] | undefined>;
};

/** As `Mailer.send`: `refused` is an answer of the service to somebody whom it knows. */
export type MailLook = { kind: 'sent' | 'refused' } | { kind: 'later'; code: string };

export type MailProbe = {
  /** A message without recipients: it can only be refused. */
  knock(): Promise<MailLook>;
  sendTest(to: string): Promise<MailLook>;
};

/** Runs `az` as whoever is signed in there; answers what it printed as JSON, `undefined` when it failed. */
export type Az = (args: string[]) => Promise<unknown>;

/** Everything that checks may ask. What needs an identity that this process does not have is absent. */
export type Probes = {
  facts: Facts;
  clock: Clock;
  ask: (question: Question) => Promise<Reply>;
  token: () => Promise<TokenLook>;
  list: () => Promise<ListLook>;
  storage?: StorageProbe;
  mail?: MailProbe;
  records?: Pick<SubscriptionStore, 'list'>;
  passes?: Pick<Passes, 'load'>;
  sightings?: Pick<Sightings, 'all'>;
  az?: Az;
};
