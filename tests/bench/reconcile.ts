import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TableClient, type TransactionAction } from '@azure/data-tables';
import { bucketOf, recordRow, toChunks } from '../../src/adapters/storage/rows.ts';
import type { Counts } from '../../src/domain/reconciliation.ts';
import type { Snapshot } from '../../src/domain/subscription.ts';
import { firstSeen } from '../../src/domain/transitions/observation.ts';
import { startOwn } from '../support/stand-ins/start-own.ts';
import { against, type Result } from './result.ts';

const ONCE = fileURLToPath(new URL('reconcile-once.ts', import.meta.url));
const MANY = 100_000;
const FEW = 1000;
/**
 * V8 collects a fresh heap for the first time when it has grown by some hundred megabytes, however little of it is in use: so
 * small a heap (MB) shows what a pass needs, and one that kept 1 kB for each row would end for want of memory.
 */
const SMALL_HEAP = ['--max-old-space-size=48', '--max-semi-space-size=4'];

/** One in so many is known here and billed; the others ended long ago and were never seen. */
const KNOWN_EVERY = 10;
const PAGE = 100;
const BATCH = 100;

const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const isKnown = (index: number): boolean => index % KNOWN_EVERY === 0;
const PARTY = { tenantId: 'b0b0b0b0-0000-4000-8000-000000000001', objectId: 'b0b0b0b0-0000-4000-8000-000000000002' };
const TERM = { termUnit: 'P1M', startDate: '2026-11-01T00:00:00Z', endDate: '2026-11-30T00:00:00Z' };

const rowOf = (index: number) => ({
  id: idOf(index),
  name: `Subscription ${index}`,
  offerId: 'offer',
  planId: 'team',
  quantity: 5,
  saasSubscriptionStatus: isKnown(index) ? 'Subscribed' : 'Unsubscribed',
  purchaser: { ...PARTY, emailId: 'buyer@contoso.example' },
  beneficiary: { ...PARTY, emailId: 'buyer@contoso.example' },
  term: TERM,
  autoRenew: true,
  created: '2026-01-01T00:00:00.0000000Z',
});

const snapshotOf = (index: number): Snapshot => {
  const { saasSubscriptionStatus: status, created: createdAt, ...row } = rowOf(index);
  const party = { ...PARTY, email: 'buyer@contoso.example' };
  const parties = { purchaser: party, beneficiary: party };
  return { ...row, ...parties, status, createdAt, isTest: false, isFreeTrial: false, allowedCustomerOperations: [] };
};

const actionOf = (index: number): TransactionAction & [string, { partitionKey: string }] => {
  const now = new Date('2026-11-21T00:00:00Z');
  const rules = {
    now,
    policy: 'buyer' as const,
    operators: [],
    changes: { blockedPlanChanges: [] },
    reminderDays: [],
    keepContactDays: 30,
    keepWorkspaceDays: 30,
    adoptCreatedBefore: now.toISOString(),
  };
  const seen = firstSeen(snapshotOf(index), { correlationId: idOf(index), askedAt: now.toISOString() }, rules);
  if (seen.kind !== 'changed') throw new Error('A first sight always changes something.');
  const id = idOf(index);
  return [
    'create',
    { partitionKey: bucketOf(id), rowKey: recordRow(id), schema: 1, rows: '[]', ...toChunks(seen.next) },
  ];
};

const preload = async (connectionString: string, count: number): Promise<void> => {
  const table = TableClient.fromConnectionString(connectionString, 'Subscriptions', { allowInsecureConnection: true });
  await table.createTable();
  const batches = new Map<string, TransactionAction[]>();
  const send = async (bucket: string): Promise<void> => {
    const batch = batches.get(bucket) ?? [];
    batches.delete(bucket);
    if (batch.length > 0) await table.submitTransaction(batch);
  };
  for (let index = 0; index < count; index += KNOWN_EVERY) {
    const action = actionOf(index);
    const bucket = action[1].partitionKey;
    const batch = batches.get(bucket) ?? [];
    batches.set(bucket, [...batch, action]);
    if (batch.length + 1 === BATCH) await send(bucket);
  }
  for (const bucket of batches.keys()) await send(bucket);
};

/** Microsoft's list of so many subscriptions, a page of 100 at a time, and nothing else. */
const startList = async (count: number) => {
  const server = createServer((request, response) => {
    const from = Number(new URL(request.url ?? '', 'http://x').searchParams.get('continuationToken') ?? 0);
    const until = Math.min(from + PAGE, count);
    const subscriptions = Array.from({ length: until - from }, (_, offset) => rowOf(from + offset));
    const link = until < count ? { '@nextLink': `https://x.example/list?continuationToken=${until}` } : {};
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ subscriptions, ...link }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api` };
};

/** Megabytes at the peak of a pass over so many subscriptions, in a process of its own. */
const peak = async (count: number): Promise<number> => {
  const storage = await startOwn('storage');
  await preload(storage.connectionString, count);
  const { server, url } = await startList(count);
  const { stdout } = await promisify(execFile)(process.execPath, [...SMALL_HEAP, ONCE, storage.connectionString, url]);
  server.close();
  server.closeAllConnections();
  await storage.close();
  const found = JSON.parse(stdout) as { state: string; counts: Counts; kilobytes: number };
  const known = Math.ceil(count / KNOWN_EVERY);
  const isWhole = found.state === 'ended' && found.counts.equal === known && found.counts.ignored === count - known;
  if (!isWhole) throw new Error(`The pass did not compare all: ${stdout}`);
  return found.kilobytes / 1024;
};

/**
 * Peak memory of a whole pass over 100,000 subscriptions against one over 1,000 (design 9): the use case with the app's own
 * adapters in a fresh process with a small heap, storage and list outside of it. One row in ten has a record, which is equal;
 * the others ended unseen, so that loading the records takes seconds: either way a row costs one point read.
 */
export const reconcileMemory = async (): Promise<Result> => {
  const few = await peak(FEW);
  return against(await peak(MANY), few, 'MB', { most: 1.5 });
};
