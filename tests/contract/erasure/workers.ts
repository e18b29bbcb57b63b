import { randomUUID } from 'node:crypto';
import { marketplaceControl, type Order } from '../../../local/marketplace/control.ts';
import { marketplaceCredential } from '../../../src/adapters/marketplace/access-token.ts';
import { fulfilmentClient } from '../../../src/adapters/marketplace/fulfilment-client.ts';
import { systemTime } from '../../../src/adapters/marketplace/retry.ts';
import { inbox } from '../../../src/adapters/storage/inbox.ts';
import { planNames } from '../../../src/adapters/storage/plan-names.ts';
import { queues } from '../../../src/adapters/storage/queues.ts';
import { subscriptionStore } from '../../../src/adapters/storage/subscriptions.ts';
import { values } from '../../../src/adapters/storage/values.ts';
import { directoryWorkspace } from '../../../src/adapters/workspace/directory.ts';
import { activate } from '../../../src/application/activate.ts';
import type { LogEvent } from '../../../src/application/log-events.ts';
import { notify } from '../../../src/application/notify.ts';
import { onboard } from '../../../src/application/onboard.ts';
import { type OperatorAct, operate } from '../../../src/application/operate.ts';
import type { OutgoingMail } from '../../../src/application/ports.ts';
import { provision } from '../../../src/application/provision.ts';
import { resolvePurchase } from '../../../src/application/resolve-purchase.ts';
import { sweep } from '../../../src/application/sweep.ts';
import { takeOverTruth } from '../../../src/application/take-over-truth.ts';
import { hasCome } from '../../../src/domain/attempts.ts';
import type { Rules } from '../../../src/domain/outcome.ts';
import { workDueAt } from '../../../src/domain/work.ts';
import { startOwn } from '../../support/stand-ins/start-own.ts';
import { storageProxy } from '../../support/storage-proxy.ts';
import { stored } from '../workers/stored.ts';

export const DAY = 24 * 3600;
export const OPERATOR = { kind: 'operator', objectId: randomUUID(), name: 'Olga Operator' } as const;

/** A purchase by one person for another of an organization of their own, and all that is personal about it. */
export type Case = {
  id: string;
  organization: string;
  purchaser: { tenantId: string; objectId: string; email: string };
  contact: { name: string; email: string; company: string; phone: string };
  purchaseToken: string;
};

/**
 * The use cases and workers in this process, on real storage, against a simulated Marketplace, under a clock that tests
 * move. What the app reads and writes passes the proxy; `lies` looks past it.
 */
export const startWorkers = async (changes: Partial<Omit<Rules, 'now'>> = {}) => {
  const azurite = await startOwn('storage');
  const proxy = storageProxy();
  const connection = { kind: 'connection-string', value: await proxy.through(azurite.connectionString) } as const;
  const shop = await startOwn('marketplace', { landingUrl: 'http://127.0.0.1:9/' });
  const marketplace = marketplaceControl(shop.url);
  let aheadMs = 0;
  const clock = () => new Date(Date.now() + aheadMs);
  const mails: OutgoingMail[] = [];
  const events: LogEvent[] = [];
  const needs = {
    store: subscriptionStore(connection),
    inbox: inbox(connection),
    values: values(connection),
    planNames: planNames(connection),
    queues: queues(connection),
    workspace: directoryWorkspace(connection, 'https://product.example/{organizationId}'),
    marketplace: fulfilmentClient({
      baseUrl: shop.apiUrl,
      accessToken: marketplaceCredential({ kind: 'none' }),
      time: systemTime(clock),
      observe: () => {},
    }),
    mailer: {
      send: async (mail: OutgoingMail) => {
        mails.push(structuredClone(mail));
        return { kind: 'sent' as const };
      },
    },
    clock,
    newId: randomUUID,
    log: (event: LogEvent) => void events.push(event),
    rules: {
      policy: 'buyer' as const,
      operators: ['cs@publisher.example'],
      changes: { blockedPlanChanges: [] },
      reminderDays: [],
      keepContactDays: 30,
      keepWorkspaceDays: 30,
      ...changes,
    },
    offerIds: [],
    consoleUrl: 'https://console.example/',
    publisherName: 'Publisher',
  };

  const loaded = async (id: string) => {
    const found = await needs.store.load(id);
    if (!found) throw new Error(`There is no record of ${id}.`);
    return found.record;
  };

  /** Lets the workers do all that is due now, as the queues and the sweep would. */
  const settle = async (id: string): Promise<void> => {
    for (let round = 0; round < 30; round += 1) {
      const record = await loaded(id);
      const isDue = (queue: 'provisioning' | 'notifications') => hasCome(workDueAt(record, queue), clock());
      if (isDue('provisioning')) await provision(needs, id);
      else if (isDue('notifications')) await notify(needs, id);
      else return;
    }
    throw new Error(`The work of ${id} does not end: ${JSON.stringify(await loaded(id))}`);
  };

  const advance = (seconds: number): void => {
    aheadMs += seconds * 1000;
  };

  /** Time passes, and what falls due in it is done. */
  const pass = async (id: string, seconds: number): Promise<void> => {
    advance(seconds);
    await settle(id);
  };

  const buy = async (order: Partial<Order> = {}, organization: string = randomUUID()): Promise<Case> => {
    const mark = randomUUID().slice(0, 8);
    const { subscriptionId: id, purchaseToken } = await marketplace.purchase({
      planId: 'starter',
      purchaser: 'buyer',
      name: `Named-${mark}`,
      ...order,
    });
    const purchaser = { tenantId: organization, objectId: randomUUID(), email: `purchaser-${mark}@case.example` };
    await marketplace.change(id, {
      purchaser: { ...purchaser, emailId: purchaser.email },
      beneficiary: { tenantId: organization, objectId: randomUUID(), emailId: `beneficiary-${mark}@case.example` },
    });
    const contact = {
      name: `Person ${mark}`,
      email: `contact-${mark}@case.example`,
      company: `Company ${mark}`,
      phone: `+49 30 ${mark}`,
    };
    await resolvePurchase(needs, { purchaseToken, visitor: purchaser, correlationId: randomUUID() });
    return { id, organization, purchaser, contact, purchaseToken };
  };

  const act = (id: string, name: OperatorAct, reason?: string) =>
    operate(needs, { subscriptionId: id, act: name, actor: OPERATOR, ...(reason === undefined ? {} : { reason }) });

  /** A purchase whose workspace is ready. */
  const confirmed = async (order: Partial<Order> = {}, organization?: string): Promise<Case> => {
    const one = await buy(order, organization);
    await onboard(needs, { subscriptionId: one.id, contact: one.contact, visitor: one.purchaser });
    await settle(one.id);
    await act(one.id, 'confirm', `Said by ${one.contact.name}`);
    await settle(one.id);
    return one;
  };

  const askForBilling = async (one: Case): Promise<void> => {
    await activate(needs, { subscriptionId: one.id, visitor: one.purchaser });
    await settle(one.id);
  };

  /** As `confirmed`, and Microsoft bills it. */
  const active = async (order: Partial<Order> = {}, organization?: string): Promise<Case> => {
    const one = await confirmed(order, organization);
    await askForBilling(one);
    for (let round = 0; (await loaded(one.id)).stage !== 'active'; round += 1) {
      if (round > 10) throw new Error(`Not active: ${JSON.stringify(await loaded(one.id))}`);
      await pass(one.id, 5);
    }
    return one;
  };

  /** Microsoft says something else from now on, and the app hears of it. */
  const becomes = async (id: string, patch: Parameters<typeof marketplace.change>[1], action = 'Renew') => {
    await marketplace.change(id, patch);
    await takeOverTruth(needs, id, { correlationId: randomUUID(), patience: 'background' }, { action });
    await settle(id);
  };

  const cancelled = async (order: Partial<Order> = {}, organization?: string): Promise<Case> => {
    const one = await active(order, organization);
    await becomes(one.id, { status: 'Unsubscribed' }, 'Unsubscribe');
    return one;
  };

  const lies = stored(azurite.connectionString);
  /** What the workspace holds of an organization. */
  const workspaceOf = async (organization: string) => {
    const { organizations, users } = await lies.organization(organization);
    type Kept = {
      access: string;
      isErasing?: true;
      claims: Record<string, { planId: string; quantity?: number; access: string; version: number }>;
    };
    return { organization: organizations[0] as unknown as Kept | undefined, users };
  };

  return {
    needs,
    marketplace,
    proxy,
    lies,
    mails,
    events,
    clock,
    advance,
    pass,
    settle,
    buy,
    act,
    confirmed,
    activate: askForBilling,
    active,
    becomes,
    cancelled,
    workspaceOf,
    record: loaded,
    sweep: () => sweep(needs),
    history: async (id: string) => (await needs.store.timeline(id)).map(({ what }) => what),
    close: async (): Promise<void> => {
      await Promise.all([shop.close(), proxy.close()]);
      await azurite.close();
    },
  };
};

export type Workers = Awaited<ReturnType<typeof startWorkers>>;
