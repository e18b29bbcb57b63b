import type { ActivationPolicy, Rules } from '../domain/outcome.ts';
import type { Log } from './log-events.ts';
import type { Clock, Mailer, Marketplace, NewId, PlanNames, Queues, SubscriptionStore, Workspace } from './ports.ts';

/** All that use cases may need; each names the members that it does (`Pick`), the composition passes the whole. */
export type Needs = {
  store: SubscriptionStore;
  queues: Queues;
  marketplace: Marketplace;
  planNames: PlanNames;
  workspace: Workspace;
  mailer: Mailer;
  clock: Clock;
  newId: NewId;
  log: Log;
  policy: ActivationPolicy;
  operators: string[];
  /** Offers that are served; empty: all. */
  offerIds: string[];
  consoleUrl: string;
  publisherName: string;
  supportEmail?: string;
};

export const rulesOf = (needs: Pick<Needs, 'clock' | 'policy' | 'operators'>): Rules => ({
  now: needs.clock(),
  policy: needs.policy,
  operators: needs.operators,
});
