import { createHash } from 'node:crypto';
import type { Notice } from '../../domain/notice.ts';

const SUBSCRIPTION_ID = /^[\w-]{1,100}$/;
/** Of a foreign word as much as may be kept. */
const LONGEST_WORD = 200;

type Json = Record<string, unknown>;

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});

const word = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, LONGEST_WORD) : '';

const quantityOf = (value: unknown): number | undefined => {
  const quantity = word(value) === '' ? Number.NaN : Number(value);
  return Number.isSafeInteger(quantity) && quantity >= 0 ? quantity : undefined;
};

const given = <K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> =>
  (value === undefined ? {} : { [name]: value }) as Partial<Record<K, V>>;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const parse = (body: string): Json => {
  try {
    return object(JSON.parse(body));
  } catch {
    return {};
  }
};

/**
 * What stands for the operation where none is named: the body, of a day. The minimal Reinstate is the same text each time
 * (contract 4.3).
 */
const bodyOf = (body: string, receivedAt: string): string => `${sha256(body)} ${receivedAt.slice(0, 10)}`;

/**
 * Reads what Microsoft told as forgivingly as can be (contract 4.3): only the subscription and what happened to it must be
 * there, the minimal Reinstate included; everything else may be missing, of another type or new.
 * Answers `undefined` for what names no subscription or no action.
 */
export const readNotification = (body: string, receivedAt: string): Notice | undefined => {
  const wire = parse(body);
  const nested = object(wire['subscription']);
  const subscriptionId = (word(wire['subscriptionId']) || word(nested['id'])).toLowerCase();
  const action = word(wire['action']) || word(wire['operationType']);
  if (!SUBSCRIPTION_ID.test(subscriptionId) || action === '') return undefined;
  const operationId = word(wire['id']).toLowerCase() || undefined;
  const status = word(wire['status']);
  return {
    subscriptionId,
    key: sha256(
      JSON.stringify([
        subscriptionId,
        operationId ?? bodyOf(body, receivedAt),
        action.toLowerCase(),
        status.toLowerCase(),
      ]),
    ),
    ...given('operationId', operationId),
    action,
    status,
    ...given('planId', word(wire['planId']) || undefined),
    ...given('quantity', quantityOf(wire['quantity'])),
    ...given('termEndDate', word(object(nested['term'])['endDate']) || undefined),
    receivedAt,
    state: 'open',
    attempts: 0,
    reads: 0,
  };
};
