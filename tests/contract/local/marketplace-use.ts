import { afterEach, beforeEach } from '@jest/globals';
import { marketplaceControl } from '../../../local/marketplace/control.ts';
import { startMarketplace } from '../../../local/marketplace/server.ts';

export const LANDING_URL = 'http://127.0.0.1:9/welcome';

/** A fresh simulated Marketplace for each test of the file, its control, and a plain caller of its API. */
export const useMarketplace = (landingUrl = LANDING_URL) => {
  let running: Awaited<ReturnType<typeof startMarketplace>> | undefined;
  beforeEach(async () => {
    running = await startMarketplace({ landingUrl });
  });
  afterEach(() => running?.close());

  const url = (): string => running?.url ?? '';
  /** One call of the fulfilment API, with the right api-version unless `path` has a query. */
  const call = (method: string, path: string, init: RequestInit = {}): Promise<Response> => {
    const query = path.includes('?') ? '' : '?api-version=2018-08-31';
    return fetch(`${url()}/api/saas/subscriptions${path}${query}`, { method, ...init });
  };
  return {
    url,
    control: () => marketplaceControl(url()),
    call,
    resolve: (purchaseToken: string) =>
      call('POST', '/resolve', { headers: { 'x-ms-marketplace-token': purchaseToken } }),
  };
};
