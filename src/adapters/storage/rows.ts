import { createHash } from 'node:crypto';
import type { Due } from '../../application/ports.ts';
import type { Subscription } from '../../domain/subscription.ts';
import { QUEUES, type Queue, queuesDueBy, sweepAt } from '../../domain/work.ts';

/** The number of partitions is for ever: a record's bucket is computed from its id alone. */
export const BUCKETS = Array.from('0123456789abcdef');

// A lone surrogate cannot be escaped; `~` ends the ranges that are read.
const safe = (part: string): string =>
  encodeURIComponent(part.toLowerCase().replaceAll(/\p{Surrogate}/gu, '')).replaceAll('~', '%7E');

export const bucketOf = (id: string): string =>
  BUCKETS[createHash('sha256').update(id.toLowerCase()).digest().readUInt8(0) % BUCKETS.length] ?? '0';

export const recordRow = (id: string): string => `sub|${safe(id)}`;

/** Timeline rows sort by record version. */
export const timelineRow = (id: string, version: number): string =>
  `log|${safe(id)}|${String(version).padStart(10, '0')}`;

export const timelinePrefix = (id: string): string => `log|${safe(id)}|`;

const LAST_INSTANT = 9_999_999_999_999;

/** Newest first: table rows sort upwards only. */
const newestFirst = (instant: string): string => String(LAST_INSTANT - Date.parse(instant)).padStart(13, '0');

// A row key holds 512 UTF-16 units (1 KiB); escaped, a character takes up to twelve.
const ESCAPED_NAME_UNITS = 300;

export type ListIndex = 'all' | `stage=${string}` | `tenant=${string}` | 'name=';

/** The rows of an index begin so; what follows orders them and ends in the id. */
export const listPrefix = (index: ListIndex): string => `list|${index}${index === 'name=' ? '' : '|'}`;

/** A name prefix as the name index spells it. */
export const namePrefix = (text: string): string => {
  let prefix = '';
  for (const character of Array.from(text.trim())) {
    const escaped = safe(character);
    if (prefix.length + escaped.length > ESCAPED_NAME_UNITS) break;
    prefix += escaped;
  }
  return prefix;
};

/** What no key of a notice begins with. */
const TO = 'to=';

const dueRow = (instant: string, queues: Queue[], id: string): string =>
  `due|${instant}|${TO}${queues.join('.')}|${safe(id)}`;

/** The index rows that a record stands under: the console's lists, and the sweep's due row. Ids only, nothing personal but the name. */
export const indexRows = (record: Subscription): string[] => {
  const tail = `${newestFirst(record.firstSeenAt)}|${safe(record.id)}`;
  const due = sweepAt(record);
  return [
    `${listPrefix('all')}${tail}`,
    `${listPrefix(`stage=${record.stage}`)}${tail}`,
    `${listPrefix(`tenant=${safe(record.beneficiary.tenantId)}`)}${tail}`,
    `${listPrefix('name=')}${namePrefix(record.name)}|${tail}`,
    ...(due === undefined ? [] : [dueRow(due, queuesDueBy(record, due), record.id)]),
  ];
};

/** The id at the end of an index row. */
export const idOf = (row: string): string => decodeURIComponent(row.slice(row.lastIndexOf('|') + 1));

export const noticePrefix = (id: string): string => `inbox|${safe(id)}|`;

/** The row of a notice of the subscription. */
export const noticeRow = (id: string, key: string): string => `inbox|${safe(id)}|${key}`;

/** The due row of a notice stands among those of the records, with its key before the id. */
export const noticeDueRow = (instant: string, id: string, key: string): string => `due|${instant}|${key}|${safe(id)}`;

/** What a due row says. Older rows of records name no queues. */
export const dueOf = (row: string): Due => {
  const [, at = '', second = '', id] = row.split('|');
  if (id === undefined) return { at, subscriptionId: idOf(row), queues: [...QUEUES] };
  const subscriptionId = decodeURIComponent(id);
  if (!second.startsWith(TO)) return { at, subscriptionId, key: second };
  const named = second.slice(TO.length).split('.');
  return { at, subscriptionId, queues: QUEUES.filter((queue) => named.includes(queue)) };
};

// A string property holds 32 Ki UTF-16 units (contract 10.3).
const CHUNK = 32_000;

/** A JSON value over as many properties as it needs. */
export const toChunks = (value: unknown): Record<string, string> => {
  const text = JSON.stringify(value);
  const chunks: Record<string, string> = {};
  for (let at = 0, index = 0; at < text.length; index += 1) {
    const isCutInPair = /[\uD800-\uDBFF]/.test(text[at + CHUNK - 1] ?? '');
    const end = at + (isCutInPair ? CHUNK - 1 : CHUNK);
    chunks[`data${index}`] = text.slice(at, end);
    at = end;
  }
  return chunks;
};

export const fromChunks = (entity: Record<string, unknown>): unknown => {
  let text = '';
  for (let index = 0; typeof entity[`data${index}`] === 'string'; index += 1) text += String(entity[`data${index}`]);
  return JSON.parse(text);
};
