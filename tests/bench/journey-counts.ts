import { eventually } from '../support/eventually.ts';
import { storageProxy } from '../support/storage-proxy.ts';
import { startWorld } from '../support/world.ts';
import { atMost, type Result } from './result.ts';

/** All requests of a whole journey to Subscribed, four mails included: a bound that shows a request too many. */
const MOST_STORAGE_REQUESTS = 70;
/** Resolve; activate with a look before it and, since the stand-in acts at once, one look after it. */
const MOST_MARKETPLACE_CALLS = 4;

const isOurs = (request: { method: string; url: string }): boolean =>
  // The functions host's own polling is not the app's.
  !(/\/messages/.test(request.url) && request.method !== 'POST');

/** What one customer's journey costs, counted on the wire: storage requests and Marketplace calls (design 9). */
export const journeyCounts = async (): Promise<{ storageRequests: Result; marketplaceCalls: Result }> => {
  const proxy = storageProxy();
  const world = await startWorld({ storageThrough: proxy.through, env: { 'AzureWebJobs.sweep.Disabled': 'true' } });
  const { api, marketplace, mailbox } = world;
  // Progress is seen in the mailbox and at the Marketplace: looking through the API would be counted.
  const mailsOf = (id: string, count: number): Promise<unknown> =>
    eventually(
      () => mailbox.mails(),
      (mails) => mails.filter(({ html }) => html.includes(id)).length >= count,
    );
  const journey = async (buyer: string): Promise<void> => {
    const bought = await marketplace.purchase({ planId: 'starter', purchaser: buyer });
    const id = bought.subscriptionId;
    await api.resolve(buyer, bought.purchaseToken);
    await api.onboard(buyer, id);
    await mailsOf(id, 2);
    await api.operate('operator', id, 'confirm');
    await api.activate(buyer, id);
    await mailsOf(id, 5);
  };
  // The first journey makes tables and queues and reads the plan names.
  await journey('buyer');
  for (const side of [proxy.tables(), proxy.queues()]) side.forget();
  await marketplace.clearCalls();
  await journey('stranger');
  const requests = [...proxy.tables().seen(), ...proxy.queues().seen()].filter(isOurs).length;
  const calls = (await marketplace.calls()).length;
  await world.close();
  await proxy.close();
  return {
    storageRequests: atMost(requests, 'requests', MOST_STORAGE_REQUESTS),
    marketplaceCalls: atMost(calls, 'calls', MOST_MARKETPLACE_CALLS),
  };
};
