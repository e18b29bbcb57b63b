import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startEntra } from '../../../local/entra/server.ts';
import { marketplaceControl } from '../../../local/marketplace/control.ts';
import { startMarketplace } from '../../../local/marketplace/server.ts';
import { PUBLISHER_CLIENT_ID, PUBLISHER_TENANT } from '../../../local/people.ts';
import { type Publisher, startPublisher } from './marketplace-publisher.ts';
import { LANDING_URL } from './marketplace-use.ts';

describe('simulated Marketplace, restarted on what it kept', () => {
  let entra: Awaited<ReturnType<typeof startEntra>>;
  let publisher: Publisher;
  let folder: string;
  let running: Awaited<ReturnType<typeof startMarketplace>>;
  const start = async () => {
    const webhook = {
      url: publisher.url,
      entra: entra.authority,
      publisherTenantId: PUBLISHER_TENANT,
      publisherClientId: PUBLISHER_CLIENT_ID,
    };
    running = await startMarketplace({ landingUrl: LANDING_URL, webhook, folder });
    return marketplaceControl(running.url);
  };
  const restart = async () => {
    await running.close();
    return start();
  };
  const buy = async (control: ReturnType<typeof marketplaceControl>): Promise<string> => {
    const { subscriptionId: id } = await control.purchase({ planId: 'team', quantity: 5, purchaser: 'buyer' });
    await fetch(`${running.apiUrl}/saas/subscriptions/${id}/activate?api-version=2018-08-31`, { method: 'POST' });
    return id;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'marketplace-'));
    [entra, publisher] = await Promise.all([startEntra(), startPublisher()]);
  });
  afterEach(async () => {
    await running.close();
    await Promise.all([entra.close(), publisher.close()]);
    await rm(folder, { recursive: true });
  });

  test('a change that waits for silence is accepted', async () => {
    let control = await start();
    const id = await buy(control);
    await control.act(id, { action: 'ChangeQuantity', quantity: 9 });
    await control.advanceClock(0);

    control = await restart();
    await control.advanceClock(11);

    expect((await control.truth(id)).subscription.quantity).toBe(9);
    expect(publisher.received).toHaveLength(1);
  });

  test('a webhook that was not taken is sent again', async () => {
    publisher.answer(503);
    let control = await start();
    const id = await buy(control);
    await control.act(id, { action: 'Suspend' });
    await control.advanceClock(0);

    control = await restart();
    await control.advanceClock(60);

    expect(publisher.received).toHaveLength(2);
    expect(publisher.received[1]?.text).toBe(publisher.received[0]?.text);
  });

  test('what has succeeded but does not show yet will show', async () => {
    let control = await start();
    const id = await buy(control);
    await control.switches({ effectLagSeconds: 60 });
    await control.act(id, { action: 'Suspend' });

    control = await restart();
    const early = (await control.truth(id)).subscription.saasSubscriptionStatus;
    await control.advanceClock(61);

    expect(early).toBe('Subscribed');
    expect((await control.truth(id)).subscription.saasSubscriptionStatus).toBe('Suspended');
  });

  test('what the publisher asked for goes on', async () => {
    let control = await start();
    const id = await buy(control);
    const at = `/saas/subscriptions/${id}?api-version=2018-08-31`;
    await fetch(`${running.apiUrl}${at}`, { method: 'PATCH', body: '{"quantity":9}' });

    control = await restart();
    await control.advanceClock(3);

    expect((await control.truth(id)).subscription.quantity).toBe(9);
  });

  test('terms go on being renewed, and what was cancelled stays so', async () => {
    let control = await start();
    const [kept, cancelled] = [await buy(control), await buy(control)];
    await control.act(cancelled, { action: 'Unsubscribe' });
    await control.advanceClock(0);

    control = await restart();
    await control.advanceClock(32 * 86_400);

    expect((await control.operations(kept)).map(({ action }) => action)).toEqual(['Renew']);
    expect((await control.operations(cancelled)).map(({ action }) => action)).toEqual(['Unsubscribe']);
  });
});
