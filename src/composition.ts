import { randomUUID } from 'node:crypto';
import { type MailerOptions, mailer } from './adapters/email/mailer.ts';
import { marketplaceCaller } from './adapters/entra/marketplace-caller.ts';
import { people } from './adapters/entra/people.ts';
import { signingKeys } from './adapters/entra/signing-keys.ts';
import { buyerRoutes } from './adapters/http/buyer-routes.ts';
import { changeRoutes } from './adapters/http/change-routes.ts';
import { endpoint } from './adapters/http/endpoint.ts';
import { operatorRoutes } from './adapters/http/operator-routes.ts';
import { reconcileRoutes } from './adapters/http/reconcile-routes.ts';
import { setUpRoutes } from './adapters/http/set-up-routes.ts';
import { webhookRoute } from './adapters/http/webhook-route.ts';
import { log } from './adapters/logging/log.ts';
import { type MarketplaceCredentialConfig, marketplaceCredential } from './adapters/marketplace/access-token.ts';
import { fulfilmentClient } from './adapters/marketplace/fulfilment-client.ts';
import { systemTime } from './adapters/marketplace/retry.ts';
import { timer, worker } from './adapters/queue/worker.ts';
import { storageCredential } from './adapters/storage/connection.ts';
import { inbox } from './adapters/storage/inbox.ts';
import { passes } from './adapters/storage/passes.ts';
import { planNames } from './adapters/storage/plan-names.ts';
import { queues } from './adapters/storage/queues.ts';
import { sightings } from './adapters/storage/sightings.ts';
import { subscriptionStore } from './adapters/storage/subscriptions.ts';
import { values } from './adapters/storage/values.ts';
import { directoryWorkspace } from './adapters/workspace/directory.ts';
import { canary } from './application/checks/canary.ts';
import type { Facts, Probes } from './application/checks/probes.ts';
import { seldom } from './application/checks/seldom.ts';
import { testMailSender } from './application/checks/send-test-mail.ts';
import { followSubscription } from './application/follow-subscription.ts';
import { giveUp, giveUpNotice } from './application/give-up.ts';
import type { Needs } from './application/needs.ts';
import { notify } from './application/notify.ts';
import type { Clock } from './application/ports.ts';
import { provision } from './application/provision.ts';
import { recheck } from './application/recheck.ts';
import { reconcile, TICK_MS } from './application/reconcile.ts';
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

const mailOptions = (config: Config): MailerOptions => ({
  sender: config.email.sender,
  ...(config.email.connectionString === undefined
    ? { ...given('endpoint', config.email.endpoint), credential: () => storageCredential(config.identityClientId) }
    : { connectionString: config.email.connectionString }),
});

const needsOf = (config: Config): Needs => ({
  store: subscriptionStore(config.storage),
  inbox: inbox(config.storage),
  values: values(config.storage),
  passes: passes(config.storage),
  sightings: sightings(config.storage),
  queues: queues(config.storage),
  planNames: planNames(config.storage),
  workspace: directoryWorkspace(config.storage, config.workspaceUrl),
  marketplace: fulfilmentClient({
    baseUrl: config.marketplace.apiUrl,
    accessToken: marketplaceCredential(credentialOf(config)),
    time: systemTime(clock),
    observe: ({ correlationId, ...call }) => log('PEG_MARKETPLACE_CALL', { ...call, journeyId: correlationId }),
  }),
  mailer: mailer(mailOptions(config)),
  clock,
  newId: randomUUID,
  log,
  rules: { ...config.rules, operators: config.email.operators },
  offerIds: config.marketplace.offerIds,
  consoleUrl: config.consoleUrl,
  publisherName: config.publisher.name,
  ...given('supportEmail', config.publisher.supportEmail),
});

/** What a process may have that the settings do not say. `hasIdentity`: the app's own identity, as only the app has it. */
type Here = Pick<Facts, 'apiUrl' | 'mailTo'> & Pick<Probes, 'az'> & { hasIdentity: boolean };

const factsOf = ({ marketplace, publisher, entra, email, ...config }: Config): Facts => ({
  tenantId: publisher.tenantId,
  publisherClientId: publisher.clientId,
  ...entra,
  landingUrl: config.landingUrl,
  consoleUrl: config.consoleUrl,
  credential: marketplace.credential,
  isLocal: marketplace.credential === 'none',
  operators: email.operators.length,
  areActivationsPaused: config.rules.areActivationsPaused === true,
  mailDomain: email.sender.split('@').at(-1)?.toLowerCase() ?? '',
  ...(email.endpoint === undefined ? {} : { mailHost: new URL(email.endpoint).hostname }),
  ...given('hostName', config.hostName),
  ...given('identity', config.identityClientId),
  ...(config.storage.kind === 'identity'
    ? { dataAccount: new URL(config.storage.tableUrl).hostname.split('.')[0] ?? '' }
    : {}),
});

/** All that the checks ask (docs/doctor.md). What only the app's identity may ask is absent where there is none. */
export const probesOf = async (config: Config, { hasIdentity, az, ...here }: Here): Promise<Probes> => {
  const [{ ask }, { marketplaceProbe }, { storageProbe }, { mailProbe }] = await Promise.all([
    import('./adapters/web/ask.ts'),
    import('./adapters/marketplace/probe.ts'),
    import('./adapters/storage/probe.ts'),
    import('./adapters/email/probe.ts'),
  ]);
  const { store, passes, sightings, marketplace } = needsOf(config);
  const { kind } = credentialOf(config);
  const mayCall = hasIdentity || kind === 'client-secret' || kind === 'none';
  const mayStore = hasIdentity || config.storage.kind === 'connection-string';
  const mayMail = hasIdentity || config.email.connectionString !== undefined;
  return {
    facts: { ...factsOf(config), ...here },
    clock,
    ask,
    ...(mayCall ? marketplaceProbe(marketplaceCredential(credentialOf(config)), marketplace) : NOBODY),
    ...(mayStore ? { storage: storageProbe(config.storage), records: store, passes, sightings } : {}),
    ...(mayMail ? { mail: mailProbe(mailOptions(config)) } : {}),
    ...given('az', az),
  };
};

const NOBODY: Pick<Probes, 'token' | 'list'> = {
  token: async () => ({ kind: 'no-identity' }),
  list: async () => ({ kind: 'no-identity' }),
};

/** What a record itself waits for at Microsoft: the end of a change, and answers to what nobody tells. */
const lookAfter = async (needs: Needs, id: string): Promise<void> => {
  await followSubscription(needs, id);
  await recheck(needs, id);
};

/** The whole service: HTTP handlers by what they serve, queue handlers with those of the poison queues, timers. */
export const compose = (config: Config) => {
  const needs = needsOf(config);
  const keys = signingKeys({ authority: config.entra.authority, clock });
  const callers = people({ ...config.entra, publisherTenantId: config.publisher.tenantId }, keys, clock);
  const buyer = buyerRoutes(needs, callers);
  const changes = changeRoutes(needs, callers);
  const operator = operatorRoutes(needs, callers);
  const comparison = reconcileRoutes(needs, callers);
  const examined = seldom(clock, async () => {
    const { examine } = await import('./application/checks/examine.ts');
    return examine(await probesOf(config, { hasIdentity: true }));
  });
  const sendTestMail = testMailSender({ clock, operators: config.email.operators }, async (mailTo) => {
    const { examineOne } = await import('./application/checks/examine.ts');
    return examineOne('test-mail', await probesOf(config, { hasIdentity: true, mailTo }));
  });
  const setUp = setUpRoutes(callers, examined, sendTestMail);
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
      plans: endpoint(changes.plans),
      changeSubscription: endpoint(changes.change),
      cancelSubscription: endpoint(changes.cancel),
      operatorList: endpoint(operator.list),
      operatorGet: endpoint(operator.get),
      operatorConfirm: endpoint(operator.confirm),
      operatorActivate: endpoint(operator.activate),
      operatorRetry: endpoint(operator.retry),
      operatorRefresh: endpoint(operator.refresh),
      operatorStart: endpoint(operator.start),
      operatorNote: endpoint(operator.note),
      reconcileShow: endpoint(comparison.show),
      reconcileAsk: endpoint(comparison.ask),
      setUp: endpoint(setUp.show),
      setUpTestMail: endpoint(setUp.testMail),
      operatorHold: endpoint(operator.hold),
      operatorRelease: endpoint(operator.release),
      webhook: endpoint(webhookRoute(needs, microsoft)),
      /** Liveness only: it asks nobody, so that an outage elsewhere does not make the platform restart us. */
      health: endpoint(async () => ({ status: 200, body: { status: 'ok', version: PEGASUS_VERSION } })),
    },
    workers: {
      provisioning: worker((id) => provision(needs, id)),
      notifications: worker((id) => notify(needs, id)),
      marketplaceEvents: worker((id, key) => (key === undefined ? lookAfter(needs, id) : settleNotice(needs, id, key))),
      marketplaceEventsPoison: worker((id, key) =>
        key === undefined ? giveUp(needs, 'marketplace-events', id) : giveUpNotice(needs, id, key),
      ),
      provisioningPoison: worker((id) => giveUp(needs, 'provisioning', id)),
      notificationsPoison: worker((id) => giveUp(needs, 'notifications', id)),
    },
    timers: {
      sweep: timer(() => sweep(needs)),
      reconcile: timer(() => reconcile(needs, TICK_MS)),
      canary: timer(() => canary(needs, examined)),
    },
  };
};

export type Service = ReturnType<typeof compose>;
