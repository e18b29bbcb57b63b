import { randomUUID } from 'node:crypto';
import { mailer } from './adapters/email/mailer.ts';
import { marketplaceCaller } from './adapters/entra/marketplace-caller.ts';
import { people } from './adapters/entra/people.ts';
import { signingKeys } from './adapters/entra/signing-keys.ts';
import { buyerRoutes } from './adapters/http/buyer-routes.ts';
import { endpoint } from './adapters/http/endpoint.ts';
import { operatorRoutes } from './adapters/http/operator-routes.ts';
import { webhookRoute } from './adapters/http/webhook-route.ts';
import { log } from './adapters/logging/log.ts';
import { type MarketplaceCredentialConfig, marketplaceCredential } from './adapters/marketplace/access-token.ts';
import { fulfilmentClient } from './adapters/marketplace/fulfilment-client.ts';
import { systemTime } from './adapters/marketplace/retry.ts';
import { timer, worker } from './adapters/queue/worker.ts';
import { storageCredential } from './adapters/storage/connection.ts';
import { inbox } from './adapters/storage/inbox.ts';
import { planNames } from './adapters/storage/plan-names.ts';
import { queues } from './adapters/storage/queues.ts';
import { subscriptionStore } from './adapters/storage/subscriptions.ts';
import { values } from './adapters/storage/values.ts';
import { directoryWorkspace } from './adapters/workspace/directory.ts';
import { followSubscription } from './application/follow-subscription.ts';
import { giveUp, giveUpNotice } from './application/give-up.ts';
import type { Needs } from './application/needs.ts';
import { notify } from './application/notify.ts';
import type { Clock } from './application/ports.ts';
import { provision } from './application/provision.ts';
import { settleNotice } from './application/settle-notice.ts';
import { sweep } from './application/sweep.ts';
import type { Config } from './config.ts';

declare const PEGASUS_VERSION: string;

const clock: Clock = () => new Date();

const given = <K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> =>
  (value === undefined ? {} : { [key]: value }) as Partial<Record<K, V>>;

const credentialOf = ({ marketplace, entra, publisher, identityClientId }: Config): MarketplaceCredentialConfig => {
  const identity = given('managedIdentityClientId', identityClientId);
  const application = {
    authority: entra.authority,
    publisherTenantId: publisher.tenantId,
    publisherClientId: publisher.clientId,
  };
  switch (marketplace.credential) {
    case 'federated':
      return { kind: 'federated', ...application, ...identity };
    case 'managed-identity':
      return { kind: 'managed-identity', ...identity };
    case 'client-secret':
      return { kind: 'client-secret', ...application, clientSecret: marketplace.clientSecret ?? '' };
    case 'none':
      return { kind: 'none' };
    default:
      return marketplace.credential satisfies never;
  }
};

const needsOf = (config: Config): Needs => ({
  store: subscriptionStore(config.storage),
  inbox: inbox(config.storage),
  values: values(config.storage),
  queues: queues(config.storage),
  planNames: planNames(config.storage),
  workspace: directoryWorkspace(config.storage, config.workspaceUrl),
  marketplace: fulfilmentClient({
    baseUrl: config.marketplace.apiUrl,
    accessToken: marketplaceCredential(credentialOf(config)),
    time: systemTime(clock),
    observe: ({ correlationId, ...call }) => log('PEG_MARKETPLACE_CALL', { ...call, journeyId: correlationId }),
  }),
  mailer: mailer({
    sender: config.email.sender,
    ...(config.email.connectionString === undefined
      ? { ...given('endpoint', config.email.endpoint), credential: () => storageCredential(config.identityClientId) }
      : { connectionString: config.email.connectionString }),
  }),
  clock,
  newId: randomUUID,
  log,
  rules: { ...config.rules, operators: config.email.operators },
  offerIds: config.marketplace.offerIds,
  consoleUrl: config.consoleUrl,
  publisherName: config.publisher.name,
  ...given('supportEmail', config.publisher.supportEmail),
});

/** The whole service: HTTP handlers by what they serve, queue handlers with those of the poison queues, timers. */
export const compose = (config: Config) => {
  const needs = needsOf(config);
  const keys = signingKeys({ authority: config.entra.authority, clock });
  const callers = people({ ...config.entra, publisherTenantId: config.publisher.tenantId }, keys, clock);
  const buyer = buyerRoutes(needs, callers);
  const operator = operatorRoutes(needs, callers);
  const microsoft = marketplaceCaller(
    {
      authority: config.entra.authority,
      publisherTenantId: config.publisher.tenantId,
      publisherClientId: config.publisher.clientId,
    },
    { '1.0': signingKeys({ authority: config.entra.authority, clock, version: '1.0' }), '2.0': keys },
    clock,
  );
  return {
    http: {
      resolve: endpoint(buyer.resolve),
      onboard: endpoint(buyer.onboard),
      getSubscription: endpoint(buyer.get),
      activate: endpoint(buyer.activate),
      operatorList: endpoint(operator.list),
      operatorGet: endpoint(operator.get),
      operatorConfirm: endpoint(operator.confirm),
      operatorActivate: endpoint(operator.activate),
      operatorRetry: endpoint(operator.retry),
      webhook: endpoint(webhookRoute(needs, microsoft)),
      /** Liveness only: it asks nobody, so that an outage elsewhere does not make the platform restart us. */
      health: endpoint(async () => ({ status: 200, body: { status: 'ok', version: PEGASUS_VERSION } })),
    },
    workers: {
      provisioning: worker((id) => provision(needs, id)),
      notifications: worker((id) => notify(needs, id)),
      marketplaceEvents: worker((id, key) =>
        key === undefined ? followSubscription(needs, id) : settleNotice(needs, id, key),
      ),
      marketplaceEventsPoison: worker((id, key) =>
        key === undefined ? giveUp(needs, 'marketplace-events', id) : giveUpNotice(needs, id, key),
      ),
      provisioningPoison: worker((id) => giveUp(needs, 'provisioning', id)),
      notificationsPoison: worker((id) => giveUp(needs, 'notifications', id)),
    },
    timers: { sweep: timer(() => sweep(needs)) },
  };
};

export type Service = ReturnType<typeof compose>;
