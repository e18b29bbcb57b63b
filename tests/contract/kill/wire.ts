import { fromChunks } from '../../../src/adapters/storage/rows.ts';
import { operationIdOf } from '../../../src/application/notify.ts';
import type { Mail, Subscription, TimelineEntry } from '../../../src/domain/subscription.ts';
import type { Answered, Outbound } from '../../support/killing-proxy.ts';

const GUIDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const pathOf = ({ url }: Outbound): string => decodeURIComponent(url).replace('/devstoreaccount1', '');

/** Every GUID that a request speaks of. */
export const guidsOf = (request: Outbound): string[] =>
  `${pathOf(request)} ${request.body}`.toLowerCase().match(GUIDS) ?? [];

const isSweep = (request: Outbound): boolean => pathOf(request).includes("RowKey gt 'due|'");

/** Whether the app sent it, not the host, which reads the same queues, and not the sweep, which runs whenever it likes. */
export const isOfApp = (request: Outbound): boolean => {
  const path = pathOf(request);
  if (request.to === 'queues') return !/\/messages\/|-poison|comp=/.test(path) && request.method !== 'GET';
  return !isSweep(request);
};

type Commit = { record: Subscription; entries: TimelineEntry[] };

/** What a transaction writes: the record and its new history. */
const commitOf = ({ to, url, body }: Outbound): Commit | undefined => {
  if (to !== 'tables' || !url.includes('$batch')) return undefined;
  const rows = (body.match(/^\{.*\}\r?$/gm) ?? []).map((line) => JSON.parse(line) as Record<string, unknown>);
  const written = (prefix: string) => rows.find(({ RowKey }) => String(RowKey).startsWith(prefix));
  const [record, history] = [written('sub|'), written('log|')];
  if (!record) return undefined;
  return {
    record: fromChunks(record) as Subscription,
    entries: history ? (fromChunks(history) as TimelineEntry[]) : [],
  };
};

/** The claims that a record holds: what is being tried, by which invocation. */
const claimsOf = ({ steps, activation, mails }: Subscription): Record<string, string> =>
  Object.fromEntries(
    [
      ...Object.entries(steps).map(([name, step]) => [name, step.claim?.by]),
      ['activation', activation?.claim?.by],
      ...mails.map((mail) => [`mail ${mail.kind}`, mail.claim?.by]),
    ].filter(([, by]) => by !== undefined),
  ) as Record<string, string>;

const commitName = ({ record, entries }: Commit, before: Subscription | undefined): string => {
  const known = Object.values(before ? claimsOf(before) : {});
  const claimed = Object.entries(claimsOf(record)).filter(([, by]) => !known.includes(by));
  if (claimed.length > 0) return `commit claim ${claimed.map(([work]) => work).join(', ')}`;
  return `commit ${entries.map(({ what, detail }) => (what === 'mail-sent' ? `${what} ${detail}` : what)).join(', ')}`;
};

const mailOf = (record: Subscription | undefined, { headers }: Outbound): Mail | undefined =>
  record?.mails.find((mail) => operationIdOf(record.id, mail) === headers['operation-id']);

const NAMES: [RegExp, string][] = [
  [/^POST \/Tables/, 'create table'],
  [/^GET \/Subscriptions\(/, 'read record'],
  [/^GET \/Offers\(/, 'read plan names'],
  [/^(POST|PUT|MERGE|PATCH) \/Offers/, 'write plan names'],
  [/^POST \/(\w+)\/messages/, 'enqueue $1'],
  [/^PUT \/(\w+)/, 'create queue $1'],
  [/^POST \/api\/saas\/subscriptions\/resolve/, 'Marketplace resolve'],
  [/^POST .*\/activate/, 'Marketplace activate'],
  [/^GET .*\/listAvailablePlans/, 'Marketplace plans'],
  [/^GET \/api\/saas\/subscriptions\//, 'Marketplace get'],
];

const nameOf = (request: Outbound, record: Subscription | undefined): string => {
  const line = `${request.method} ${pathOf(request)}`;
  const commit = commitOf(request);
  if (commit) return commitName(commit, record);
  if (request.to === 'mail') return `send ${mailOf(record, request)?.kind ?? 'a mail that the record does not know'}`;
  if (line.startsWith('POST /Organizations')) {
    return `create ${request.body.includes('"organization"') ? 'organization' : 'admin-user'}`;
  }
  const known = NAMES.find(([pattern]) => pattern.test(line));
  const match = known?.[0].exec(line);
  if (!known || !match) return line.slice(0, 60);
  const table = /"TableName":"(\w+)"/.exec(request.body)?.[1];
  return known[1].replace('$1', match[1] ?? '') + (table && known[1] === 'create table' ? ` ${table}` : '');
};

/** An effect outside, and what the record must say before it is tried. */
const claimNeeded = (name: string): string | undefined => {
  if (name === 'Marketplace activate') return 'activation';
  const [, made] = /^create (organization|admin-user)$/.exec(name) ?? [];
  const [, kind] = /^send (.*)$/.exec(name) ?? [];
  return made ?? (kind && `mail ${kind}`);
};

/**
 * Watches what the app sends, and knows of each subscription the record that was last committed: `faults` is what it saw
 * leave against the promises. `life` numbers the processes; `sent` names all that left, in its order.
 */
export const watch = (life: () => number) => {
  const records = new Map<string, Subscription>();
  const claimedIn = new Map<string, number>();
  const names = new WeakMap<Outbound, string>();
  const accepted: { operationId: unknown; life: number }[] = [];
  const sent: string[] = [];
  const faults: string[] = [];

  const recordFor = (request: Outbound): Subscription | undefined =>
    guidsOf(request)
      .map((guid) => records.get(guid))
      .find((record) => record !== undefined);

  const checkEffect = (name: string, record: Subscription | undefined, request: Outbound): void => {
    const needed = claimNeeded(name);
    if (needed === undefined) return;
    const fault = (what: string) => faults.push(`${what}: ${name} of ${record?.id}`);
    const by = record && claimsOf(record)[needed];
    if (by === undefined) fault('P3: tried without a claim on the record');
    else if (claimedIn.get(by) !== life()) fault('P3: tried under the claim of another process');
    if (name === 'Marketplace activate' && !(record?.confirmation && record.activation)) {
      fault('P1: not confirmed and asked for');
    }
    if (request.to !== 'mail') return;
    if (mailOf(record, request)?.state !== 'pending') fault('P3: sent again although the record says sent');
    const operationId = request.headers['operation-id'];
    if (accepted.some((one) => one.operationId === operationId && one.life === life())) {
      fault('P3: sent twice by one process');
    }
  };

  return {
    faults: () => faults,
    sent: () => sent,
    /** The record that was last committed. */
    record: (id: string): Subscription | undefined => records.get(id),
    nameOf: (request: Outbound): string => names.get(request) ?? '',
    arrived: (request: Outbound): void => {
      if (!isOfApp(request)) return;
      const record = recordFor(request);
      const name = nameOf(request, record);
      names.set(request, name);
      sent.push(name);
      checkEffect(name, record, request);
    },
    answered: (request: Outbound, { status, body }: Answered): void => {
      if (request.to === 'mail' && status < 300) {
        accepted.push({ operationId: request.headers['operation-id'], life: life() });
      }
      const commit = commitOf(request);
      // A transaction that was refused is answered 202 all the same, with the refusal inside.
      if (!commit || status >= 300 || /HTTP\/1\.1 [45]/.test(body)) return;
      records.set(commit.record.id, commit.record);
      for (const by of Object.values(claimsOf(commit.record))) {
        if (!claimedIn.has(by)) claimedIn.set(by, life());
      }
    },
  };
};
