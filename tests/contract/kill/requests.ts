import { fromChunks } from '../../../src/adapters/storage/rows.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import type { Mail, Subscription, TimelineEntry } from '../../../src/domain/subscription.ts';
import type { Outbound } from '../../support/killing-proxy.ts';
import { ownIdOf } from './operation-id.ts';

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

/** A row that a transaction writes, by how its key begins. */
const writtenBy = ({ to, url, body }: Outbound) => {
  const isTransaction = to === 'tables' && url.includes('$batch');
  const lines = isTransaction ? (body.match(/^\{.*\}\r?$/gm) ?? []) : [];
  const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return (prefix: string) => rows.find(({ RowKey }) => String(RowKey).startsWith(prefix));
};

/** What a transaction writes: the record and its new history. */
export const commitOf = (request: Outbound): Commit | undefined => {
  const written = writtenBy(request);
  const [record, history] = [written('sub|'), written('log|')];
  if (!record) return undefined;
  return {
    record: fromChunks(record) as Subscription,
    entries: history ? (fromChunks(history) as TimelineEntry[]) : [],
  };
};

/** What a transaction writes of something that Microsoft told. */
export const noticeOf = (request: Outbound): Notice | undefined => {
  const row = writtenBy(request)('inbox|');
  return row && (fromChunks(row) as Notice);
};

const noticeName = ({ state, claim, attempts }: Notice): string => {
  if (state === 'closed') return 'close notice';
  if (claim) return 'claim notice';
  return attempts === 0 ? 'keep notice' : 'put notice off';
};

/** The claims that a record holds: what is being tried, by which invocation. */
export const claimsOf = (record: Subscription): Record<string, string> => {
  const { steps, activation, mails, workspace, pendingOperation, erasure } = record;
  return Object.fromEntries(
    [
      ...Object.entries(steps).map(([name, step]) => [name, step.claim?.by]),
      ['activation', activation?.claim?.by],
      ['workspace', workspace?.claim?.by],
      ['change', pendingOperation?.claim?.by],
      ['erasure', erasure?.claim?.by],
      ...mails.map((mail) => [`mail ${mail.kind}`, mail.claim?.by]),
    ].filter(([, by]) => by !== undefined),
  ) as Record<string, string>;
};

const commitName = ({ record, entries }: Commit, before: Subscription | undefined): string => {
  const known = Object.values(before ? claimsOf(before) : {});
  const claimed = Object.entries(claimsOf(record)).filter(([, by]) => !known.includes(by));
  if (claimed.length > 0) return `commit claim ${claimed.map(([work]) => work).join(', ')}`;
  const news = entries.map(({ what, detail }) => (what === 'mail-sent' ? `${what} ${detail}` : what));
  return `commit ${news.join(', ') || 'nothing new'}`;
};

/** The mail that is sent: the one that the id stands for, else the claimed one for that recipient. */
export const mailOf = (record: Subscription | undefined, { headers, body }: Outbound): Mail | undefined =>
  record?.mails.find((mail) => ownIdOf(record.id, mail) === headers['operation-id']) ??
  record?.mails.find(({ claim, to }) => claim && body.includes(JSON.stringify(to)));

const NAMES: [RegExp, string][] = [
  [/^POST \/Tables/, 'create table'],
  [/^GET \/Subscriptions\(/, 'read record'],
  [/^GET \/Offers\(/, 'read plan names'],
  [/^(POST|PUT|MERGE|PATCH) \/Offers/, 'write plan names'],
  [/^GET \/Organizations\(/, 'read organization'],
  [/^(PUT|MERGE|PATCH) \/Organizations\(/, 'join organization'],
  [/^POST \/([\w-]+)\/messages/, 'enqueue $1'],
  [/^PUT \/([\w-]+)/, 'create queue $1'],
  [/^POST \/api\/saas\/subscriptions\/resolve/, 'Marketplace resolve'],
  [/^POST .*\/activate/, 'Marketplace activate'],
  [/^PATCH .*\/operations\//, 'Marketplace acknowledge'],
  [/^PATCH \/api\/saas\/subscriptions\//, 'Marketplace change'],
  [/^DELETE \/api\/saas\/subscriptions\//, 'Marketplace cancel'],
  [/^GET .*\/operations/, 'Marketplace operation'],
  [/^GET .*\/listAvailablePlans/, 'Marketplace plans'],
  [/^GET \/api\/saas\/subscriptions\//, 'Marketplace get'],
];

/** What a request is about, in a few words; `record`: as it was last committed. */
export const nameOf = (request: Outbound, record: Subscription | undefined): string => {
  const line = `${request.method} ${pathOf(request)}`;
  const commit = commitOf(request);
  if (commit) return commitName(commit, record);
  const notice = noticeOf(request);
  if (notice) return noticeName(notice);
  if (request.to === 'mail') return `send ${mailOf(record, request)?.kind ?? 'a mail that the record does not know'}`;
  if (line.startsWith('POST /Organizations')) {
    return `create ${request.body.includes('"organization"') ? 'organization' : 'admin-user'}`;
  }
  if (/^(PUT|MERGE|PATCH) \/Organizations\(/.test(line) && record && !record.steps.organization.claim) {
    return 'tell workspace';
  }
  const known = NAMES.find(([pattern]) => pattern.test(line));
  const match = known?.[0].exec(line);
  if (!known || !match) return line.slice(0, 60);
  const table = /"TableName":"(\w+)"/.exec(request.body)?.[1];
  return known[1].replace('$1', match[1] ?? '') + (table && known[1] === 'create table' ? ` ${table}` : '');
};
