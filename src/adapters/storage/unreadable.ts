import type { TransactionAction } from '@azure/data-tables';
import type { Inbox } from '../../application/ports.ts';
import { submit } from './erase.ts';
import { isStatus, storageFault } from './faults.ts';
import { BUCKETS, bucketOf, toChunks } from './rows.ts';
import { scan } from './scan.ts';
import type { Table } from './tables.ts';

/** What is kept of a body that nobody can read; a property holds twice as much (contract 10.3). */
const KEPT_CHARACTERS = 16 * 1024;

const PREFIX = 'unreadable|';

const WORD = /[^\s"'<>(){}[\],:=|]+/g;
const AT = /@|%40|\\u0040|&#(?:64|x40);/i;

/** The text as it may be kept: of what looks like an e-mail address the whole word is gone. */
export const withoutAddresses = (text: string): string =>
  text.replaceAll(WORD, (word) => (AT.test(word) ? '(address)' : word));

/** Bodies that nobody can read, in a bucket by their hash. */
export const unreadable = (subscriptions: Table): Pick<Inbox, 'putUnreadable' | 'forgetUnreadable'> => ({
  putUnreadable: async (key, text, receivedAt) => {
    const kept = toChunks(withoutAddresses(text).slice(0, KEPT_CHARACTERS));
    const entity = { partitionKey: bucketOf(key), rowKey: `${PREFIX}${key}`, receivedAt, ...kept };
    try {
      await subscriptions((client) => client.createEntity(entity));
      return 'new';
    } catch (error) {
      if (isStatus(error, 409)) return 'known';
      throw storageFault(error);
    }
  },

  forgetUnreadable: async (before) => {
    for (const partitionKey of BUCKETS) {
      const old: TransactionAction[][] = [];
      for await (const { rowKey, receivedAt } of scan(subscriptions, partitionKey, PREFIX, `${PREFIX}~`))
        if (String(receivedAt) < before.toISOString()) old.push([['delete', { partitionKey, rowKey }]]);
      // They are never rewritten. What another invocation deletes at the same time may leave some for the next call.
      await submit(subscriptions, old);
    }
  },
});
