import type { TransactionAction } from '@azure/data-tables';
import type { Inbox } from '../../application/ports.ts';
import { dueAt } from '../../domain/attempts.ts';
import type { Notice } from '../../domain/notice.ts';
import { SWEEP_AFTER_SECONDS } from '../../domain/work.ts';
import type { StorageConnection } from './connection.ts';
import { isStatus, storageFault } from './faults.ts';
import { bucketOf, fromChunks, noticeDueRow, noticeRow, toChunks } from './rows.ts';
import { table } from './tables.ts';
import { unreadable } from './unreadable.ts';

/** When the sweep sends another message for it; never for one that is closed. */
const dueRowOf = (notice: Notice): string | undefined => {
  if (notice.state === 'closed') return undefined;
  const from = Math.max(Date.parse(dueAt(notice)), Date.parse(notice.receivedAt));
  const instant = new Date(from + SWEEP_AFTER_SECONDS * 1000).toISOString();
  return noticeDueRow(instant, notice.subscriptionId, notice.key);
};

/** Rows of table `Subscriptions`, in the bucket of their subscription. */
export const inbox = (connection: StorageConnection): Inbox => {
  const subscriptions = table(connection, 'Subscriptions');
  const entityOf = (notice: Notice, due: string | undefined) => ({
    partitionKey: bucketOf(notice.subscriptionId),
    rowKey: noticeRow(notice.subscriptionId, notice.key),
    ...(due === undefined ? {} : { due }),
    ...toChunks(notice),
  });

  const submit = async (actions: TransactionAction[]): Promise<string | undefined> => {
    try {
      const { subResponses } = await subscriptions((client) => client.submitTransaction(actions));
      return subResponses[0]?.etag ?? '';
    } catch (error) {
      if (isStatus(error, 409, 412)) return undefined;
      throw storageFault(error);
    }
  };

  return {
    put: async (notice) => {
      const due = dueRowOf(notice);
      const entity = entityOf(notice, due);
      const { partitionKey } = entity;
      const made = await submit([
        ['create', entity],
        ...(due === undefined ? [] : [['create', { partitionKey, rowKey: due }] as TransactionAction]),
      ]);
      return made === undefined ? 'known' : 'new';
    },

    load: async (subscriptionId, key) => {
      try {
        const entity = await subscriptions((client) =>
          client.getEntity(bucketOf(subscriptionId), noticeRow(subscriptionId, key)),
        );
        const { due } = entity as { due?: string };
        const notice = fromChunks(entity) as Notice;
        return { notice, etag: entity.etag, ...(due === undefined ? {} : { due }) };
      } catch (error) {
        if (isStatus(error, 404)) return undefined;
        throw storageFault(error);
      }
    },

    save: async (stored, next) => {
      const due = dueRowOf(next);
      const entity = entityOf(next, due);
      const { partitionKey } = entity;
      const actions: TransactionAction[] = [['update', entity, 'Replace', { etag: stored.etag }]];
      if (stored.due !== undefined && stored.due !== due)
        actions.push(['delete', { partitionKey, rowKey: stored.due }]);
      if (due !== undefined && stored.due !== due) actions.push(['create', { partitionKey, rowKey: due }]);
      const etag = await submit(actions);
      return etag === undefined ? 'conflict' : { notice: next, etag, ...(due === undefined ? {} : { due }) };
    },

    ...unreadable(subscriptions),
  };
};
