import { fromChunks, recordRow, timelinePrefix } from '../../src/adapters/storage/rows.ts';
import { organizationId } from '../../src/domain/organization.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { type StoredRow, stored } from '../contract/workers/stored.ts';
import type { World } from '../support/world.ts';

type Entry = { what: string };
type Truth = Awaited<ReturnType<World['marketplace']['truth']>>;

const LIVING = new Set(['Subscribed', 'Suspended']);

const differences = (record: Subscription, { subscription }: Truth): string[] => {
  const pairs: [string, unknown, unknown][] = [
    ['status', record.marketplaceStatus, subscription.saasSubscriptionStatus],
    ['plan', record.planId, subscription.planId],
    ['seats', record.quantity, subscription.quantity],
    ['term start', record.term?.startDate, subscription.term.startDate],
    ['term end', record.term?.endDate, subscription.term.endDate],
    ['auto-renew', record.autoRenew, subscription.autoRenew],
  ];
  return pairs.flatMap(([name, ours, theirs]) =>
    ours === theirs ? [] : [`P4 ${record.id}: ${name} is ${String(ours)}, Microsoft says ${String(theirs)}`],
  );
};

/** Our stage follows Microsoft's status wherever the set-up is over (design 4). */
const stageFaults = ({ id, stage, marketplaceStatus, activatedAt, activation }: Subscription): string[] => {
  if (!activatedAt && !activation && marketplaceStatus !== 'Unsubscribed') return [];
  const wanted = { Subscribed: 'active', Suspended: 'suspended', Unsubscribed: 'cancelled' }[marketplaceStatus];
  return wanted === undefined || wanted === stage
    ? []
    : [`P4 ${id}: Microsoft says ${marketplaceStatus}, the stage is ${stage}`];
};

const earlyBilling = (record: Subscription, history: string[], { activations, activateCalls }: Truth): string[] => {
  const faults: string[] = [];
  if (activations > 1) faults.push(`P3 ${record.id}: activated ${activations} times`);
  const [confirmed, asked] = [history.indexOf('set-up-confirmed'), history.indexOf('activation-requested')];
  if (activateCalls > 0 && (confirmed < 0 || asked < confirmed))
    faults.push(`P1 ${record.id}: billed before it was confirmed and asked for (${history.join(', ')})`);
  return faults;
};

const mailsOf = async (world: World, record: Subscription): Promise<string[]> => {
  const sent = (await world.mailbox.mails()).filter(({ text }) => text.includes(record.id));
  const ids = sent.map(({ operationId }) => operationId);
  return new Set(ids).size === ids.length ? [] : [`P3 ${record.id}: a mail was taken twice`];
};

const workspaceOf = (rows: StoredRow[], record: Subscription): string[] => {
  if (record.steps.organization.state !== 'done') return [];
  const id = organizationId(record);
  const own = rows.filter(({ partitionKey, rowKey }) => partitionKey === id && rowKey === 'organization');
  if (own.length !== 1) return [`P3 ${record.id}: ${own.length} organizations`];
  const { claims } = fromChunks(own[0] ?? {}) as {
    claims: Record<string, { planId: string; quantity?: number; access: string }>;
  };
  const claim = claims[record.id];
  if (!claim) return [`P2 ${record.id}: the workspace has no claim`];
  const access = { active: 'on', suspended: 'off', cancelled: 'ended' }[record.stage as string] ?? claim.access;
  return claim.planId === record.planId && claim.quantity === record.quantity && claim.access === access
    ? []
    : [
        `P4 ${record.id}: the workspace has ${JSON.stringify(claim)}, the record is ${record.stage} ${record.planId} ${record.quantity}`,
      ];
};

/** Everything about these purchases that is not as P1 to P4 promise, in sentences. */
export const faultsOf = async (world: World, ids: string[]): Promise<string[]> => {
  const storage = stored(world.storage.connectionString);
  const [rows, organizations] = [await storage.rows('Subscriptions'), await storage.rows('Organizations')];
  const faults: string[] = [];
  for (const id of ids) {
    const truth = await world.marketplace.truth(id);
    const row = rows.find(({ rowKey }) => rowKey === recordRow(id));
    if (!row) {
      // Nobody landed, and nothing of it was ever told: Microsoft bills only what it told of.
      if (LIVING.has(truth.subscription.saasSubscriptionStatus))
        faults.push(`P2 ${id}: billed, and there is no record`);
      continue;
    }
    const record = fromChunks(row) as Subscription;
    const history = rows
      .filter(({ rowKey }) => rowKey.startsWith(timelinePrefix(id)))
      .sort((one, other) => one.rowKey.localeCompare(other.rowKey))
      .flatMap((entry) => fromChunks(entry) as Entry[])
      .map(({ what }) => what);
    // A purchase that was dropped without a word is reconciliation's to find.
    if (
      truth.subscription.saasSubscriptionStatus !== 'Unsubscribed' ||
      record.stage === 'cancelled' ||
      history.includes('activated')
    )
      faults.push(...differences(record, truth));
    faults.push(...stageFaults(record), ...earlyBilling(record, history, truth), ...workspaceOf(organizations, record));
    faults.push(...(await mailsOf(world, record)));
  }
  return faults;
};
