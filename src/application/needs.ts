import type { Rules } from '../domain/outcome.ts';
import type { Log } from './log-events.ts';
import type {
  Clock,
  Inbox,
  Mailer,
  Marketplace,
  NewId,
  Passes,
  PlanNames,
  Queues,
  Sightings,
  SubscriptionStore,
  Values,
  Workspace,
} from './ports.ts';

/** All that use cases may need; each names the members that it does (`Pick`), the composition passes the whole. */
export type Needs = {
  store: SubscriptionStore;
  inbox: Inbox;
  values: Values;
  passes: Passes;
  sightings: Sightings;
  queues: Queues;
  marketplace: Marketplace;
  planNames: PlanNames;
  workspace: Workspace;
  mailer: Mailer;
  clock: Clock;
  newId: NewId;
  log: Log;
  /** The publisher's own rules, from the settings. */
  rules: Omit<Rules, 'now'>;
  /** Offers that are served; empty: all. */
  offerIds: string[];
  consoleUrl: string;
  publisherName: string;
  supportEmail?: string;
};

export const rulesOf = ({ clock, rules }: Pick<Needs, 'clock' | 'rules'>): Rules => ({ ...rules, now: clock() });
