// One whole pass of the reconciliation with the app's own adapters, in this fresh process; prints what it took.
import { fulfilmentClient } from '../../src/adapters/marketplace/fulfilment-client.ts';
import { systemTime } from '../../src/adapters/marketplace/retry.ts';
import type { StorageConnection } from '../../src/adapters/storage/connection.ts';
import { inbox } from '../../src/adapters/storage/inbox.ts';
import { passes } from '../../src/adapters/storage/passes.ts';
import { planNames } from '../../src/adapters/storage/plan-names.ts';
import { queues } from '../../src/adapters/storage/queues.ts';
import { subscriptionStore } from '../../src/adapters/storage/subscriptions.ts';
import { values } from '../../src/adapters/storage/values.ts';
import { reconcile } from '../../src/application/reconcile.ts';
import { begin } from '../../src/domain/reconciliation.ts';

const [connectionString = '', marketplace = ''] = process.argv.slice(2);
const storage: StorageConnection = { kind: 'connection-string', value: connectionString };
const clock = () => new Date();
const state = passes(storage);
const DAY_MS = 86_400_000;

await reconcile(
  {
    store: subscriptionStore(storage),
    inbox: inbox(storage),
    values: values(storage),
    planNames: planNames(storage),
    queues: queues(storage),
    passes: state,
    marketplace: fulfilmentClient({ baseUrl: marketplace, accessToken: async () => 'none', time: systemTime(clock) }),
    clock,
    newId: () => crypto.randomUUID(),
    log: () => undefined,
    rules: {
      policy: 'buyer',
      operators: [],
      changes: { blockedPlanChanges: [] },
      reminderDays: [],
      keepContactDays: 30,
      keepWorkspaceDays: 30,
    },
    offerIds: [],
  },
  DAY_MS,
  (_, now) => {
    const next = begin(undefined, now);
    return { ...next, pass: { ...next.pass, kind: 'repair' } };
  },
);

const pass = (await state.load())?.known.pass;
process.stdout.write(
  JSON.stringify({ state: pass?.state, counts: pass?.counts, kilobytes: process.resourceUsage().maxRSS }),
);
process.exit(0);
