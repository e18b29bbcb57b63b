import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { startEntra } from '../../../local/entra/server.ts';
import type { Delivery } from '../../../local/marketplace/control.ts';
import { marketplaceControl } from '../../../local/marketplace/control.ts';
import { startMarketplace } from '../../../local/marketplace/server.ts';
import { PUBLISHER_CLIENT_ID, PUBLISHER_TENANT } from '../../../local/people.ts';
import { type Publisher, startPublisher } from './marketplace-publisher.ts';
import { LANDING_URL } from './marketplace-use.ts';

type Running = { marketplace: Awaited<ReturnType<typeof startMarketplace>>; publisher: Publisher };

/** A fresh simulated Marketplace for each test of the file that tells a scripted publisher what happens. */
export const useLife = () => {
  let entra: Awaited<ReturnType<typeof startEntra>> | undefined;
  let running: Running | undefined;
  beforeAll(async () => {
    entra = await startEntra();
  });
  afterAll(() => entra?.close());
  beforeEach(async () => {
    const publisher = await startPublisher();
    const webhook = {
      url: publisher.url,
      entra: entra?.authority ?? '',
      publisherTenantId: PUBLISHER_TENANT,
      publisherClientId: PUBLISHER_CLIENT_ID,
    };
    running = { publisher, marketplace: await startMarketplace({ landingUrl: LANDING_URL, webhook }) };
  });
  afterEach(async () => {
    await running?.marketplace.close();
    await running?.publisher.close();
  });

  const now = (): Running => {
    if (!running) throw new Error('Only inside a test.');
    return running;
  };
  const control = () => marketplaceControl(now().marketplace.url);
  const call = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${now().marketplace.apiUrl}/saas/subscriptions${path}?api-version=2018-08-31`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  /** A subscription of five seats on the plan Team, waiting to be activated. */
  const bought = async (): Promise<string> =>
    (await control().purchase({ planId: 'team', quantity: 5, purchaser: 'buyer' })).subscriptionId;
  return {
    url: () => now().marketplace.url,
    authority: () => entra?.authority ?? '',
    publisher: () => now().publisher,
    control,
    call,
    bought,
    /** The same, activated. */
    active: async (): Promise<string> => {
      const id = await bought();
      await call('POST', `/${id}/activate`);
      return id;
    },
    /** Waits until no call of the webhook is under way; time does not move. */
    quiet: () => control().advanceClock(0),
    /** Action, attempt and answer of every call of the webhook. */
    told: async (): Promise<string[]> =>
      (await control().deliveries()).map((one: Delivery) => `${one.action} ${one.attempt}: ${one.status}`),
    statusOf: async (id: string): Promise<string> => (await control().truth(id)).subscription.saasSubscriptionStatus,
    /** The latest operation of a subscription. */
    lastOperation: async (id: string) => {
      const last = (await control().operations(id)).at(-1);
      if (!last) throw new Error('There is no operation.');
      return last;
    },
  };
};
