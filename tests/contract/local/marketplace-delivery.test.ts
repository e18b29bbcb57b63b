import { describe, expect, test } from '@jest/globals';
import { useLife } from './marketplace-life-use.ts';

/** Contract 4.1, 4.2. */
describe('simulated Marketplace, webhook delivery', () => {
  const life = useLife();
  const change = async (): Promise<string> => {
    const id = await life.active();
    await life.control().act(id, { action: 'ChangeQuantity', quantity: 9 });
    await life.quiet();
    return id;
  };
  const seats = async (id: string) => (await life.control().truth(id)).subscription.quantity;

  test.each([[500], [503], [204], [202], [302]])(
    'a %d is no answer: it is sent again after 58 seconds',
    async (status) => {
      life.publisher().answer(status);
      const id = await life.active();

      await life.control().act(id, { action: 'Suspend' });
      await life.control().advanceClock(57);
      const early = await life.told();
      await life.control().advanceClock(2);

      expect(early).toEqual([`Suspend 1: ${status}`]);
      expect(await life.told()).toEqual([`Suspend 1: ${status}`, 'Suspend 2: 200']);
      const [first, second] = life.publisher().received;
      expect(second?.text).toBe(first?.text);
    },
  );

  test('what is answered too late is sent again', async () => {
    await life.control().switches({ webhookTimeoutSeconds: 0.2 });
    life.publisher().answer('hang');
    const id = await life.active();

    await life.control().act(id, { action: 'Suspend' });
    await life.control().advanceClock(60);

    expect(await life.told()).toEqual(['Suspend 1: 0', 'Suspend 2: 200']);
    expect((await life.control().deliveries())[0]?.answer).toContain('timeout');
  });

  test('a webhook that cannot be reached is tried again', async () => {
    const id = await life.active();
    await life.publisher().close();

    await life.control().act(id, { action: 'Suspend' });
    await life.control().advanceClock(60);

    expect(await life.told()).toEqual(['Suspend 1: 0', 'Suspend 2: 0']);
  });

  test('it is given up after 500 attempts, and the change fails', async () => {
    await life.control().switches({ webhookRetryGapSeconds: 1 });
    life.publisher().answerAlways(500);
    const id = await change();

    await life.control().advanceClock(498);
    const before = (await life.lastOperation(id)).status;
    await life.control().advanceClock(600);

    expect(before).toBe('InProgress');
    expect(life.publisher().received).toHaveLength(500);
    expect((await life.lastOperation(id)).status).toBe('Failed');
    expect(await seats(id)).toBe(5);
  });

  test('it is given up after 8 hours', async () => {
    await life.control().switches({ webhookRetryGapSeconds: 3600 });
    life.publisher().answerAlways(500);
    await change();

    await life.control().advanceClock(24 * 3600);

    expect(life.publisher().received).toHaveLength(9);
  });

  test('a change is not accepted by silence before the webhook took it', async () => {
    life.publisher().answer(503);
    const id = await change();

    await life.control().advanceClock(59);
    const early = (await life.lastOperation(id)).status;
    await life.control().advanceClock(11);

    expect(early).toBe('InProgress');
    expect((await life.lastOperation(id)).status).toBe('Succeeded');
  });

  test.each(['ChangePlan', 'ChangeQuantity'])('a 4xx refuses %s, at once and for good', async (action) => {
    life.publisher().answer(422);
    const id = await life.active();

    await life.control().act(id, { action, planId: 'starter', quantity: 9 });
    await life.control().advanceClock(600);

    expect(await life.told()).toEqual([`${action} 1: 422`]);
    expect(await life.lastOperation(id)).toMatchObject({ status: 'Failed', errorMessage: expect.stringMatching(/.+/) });
    expect((await life.control().truth(id)).subscription).toMatchObject({ planId: 'team', quantity: 5 });
  });

  test('by switch Microsoft goes ahead against a 4xx', async () => {
    await life.control().switches({ webhookRefusal: 'overruled' });
    life.publisher().answer(422);

    const id = await change();

    expect((await life.lastOperation(id)).status).toBe('Succeeded');
    expect(await seats(id)).toBe(9);
  });

  test.each(['webhook', 'patch'])('a refusal by %s is followed by the old values, by switch', async (how) => {
    await life.control().switches({ revertWebhook: 'sent' });
    if (how === 'webhook') life.publisher().answer(400);
    const id = await change();
    const asked = await life.lastOperation(id);
    if (how === 'patch') await life.call('PATCH', `/${id}/operations/${asked.id}`, { status: 'Failure' });
    await life.control().advanceClock(11);

    const revert = life.publisher().received[1]?.body;
    expect(revert).toMatchObject({ action: 'ChangeQuantity', quantity: 5, subscription: { quantity: 5 } });
    expect(revert?.['id']).not.toBe(life.publisher().received[0]?.body['id']);
    expect((await life.control().operations(id)).at(-1)).toMatchObject({ id: revert?.['id'], status: 'Succeeded' });
    expect(await seats(id)).toBe(5);
  });

  test('what is no change has no old values to go back to', async () => {
    await life.control().switches({ revertWebhook: 'sent' });
    const id = await life.active();
    await life.control().act(id, { action: 'Suspend' });
    const reinstate = await life.control().act(id, { action: 'Reinstate' });

    await life.call('PATCH', `/${id}/operations/${reinstate.id}`, { status: 'Failure' });
    await life.control().advanceClock(60);

    expect(await life.told()).toEqual(['Suspend 1: 200', 'Reinstate 1: 200']);
  });

  test('a refusal that comes after the change was accepted is too late', async () => {
    await life.control().switches({ webhookDelaysSeconds: [30] });
    life.publisher().answer(400);
    const id = await change();
    await life.call('PATCH', `/${id}/operations/${(await life.lastOperation(id)).id}`, { status: 'Success' });

    await life.control().advanceClock(31);

    expect(await life.told()).toEqual(['ChangeQuantity 1: 400']);
    expect((await life.lastOperation(id)).status).toBe('Succeeded');
    expect(await seats(id)).toBe(9);
  });

  test('a refused revert is not reverted again', async () => {
    await life.control().switches({ revertWebhook: 'sent' });
    life.publisher().answerAlways(400);

    await change();
    await life.control().advanceClock(600);

    expect(life.publisher().received).toHaveLength(2);
  });

  test.each([
    ['retried', ['Suspend 1: 400', 'Suspend 2: 200']],
    ['dropped', ['Suspend 1: 400']],
  ] as const)('a 4xx to what only informs is %s by switch', async (webhookNotifyRefused, told) => {
    await life.control().switches({ webhookNotifyRefused });
    life.publisher().answer(400);
    const id = await life.active();

    await life.control().act(id, { action: 'Suspend' });
    await life.control().advanceClock(600);

    expect(await life.told()).toEqual(told);
    expect(await life.statusOf(id)).toBe('Suspended');
  });

  test('copies come as often and as far apart as the switches say, and their answers count for nothing', async () => {
    await life.control().switches({ webhookCopies: 3, webhookCopyGapSeconds: 5 });
    life.publisher().answer(200, 500, 400);

    const id = await change();
    const early = life.publisher().received.length;
    await life.control().advanceClock(600);

    expect(early).toBe(1);
    expect(new Set(life.publisher().received.map(({ text }) => text)).size).toBe(1);
    expect((await life.control().deliveries()).map(({ isCopy }) => isCopy)).toEqual([false, true, true]);
    expect((await life.lastOperation(id)).status).toBe('Succeeded');
  });

  test('what is sent again is not copied again', async () => {
    await life.control().switches({ webhookCopies: 2 });
    life.publisher().answerAlways(503);

    await change();
    await life.control().advanceClock(60);

    expect((await life.control().deliveries()).map(({ isCopy }) => isCopy)).toEqual([false, true, false]);
  });

  test('a delayed webhook is overtaken by the next one', async () => {
    await life.control().switches({ webhookDelaysSeconds: [30, 0] });
    const id = await life.active();

    await life.control().act(id, { action: 'Renew' });
    await life.control().act(id, { action: 'Suspend' });
    await life.control().advanceClock(31);

    expect(await life.told()).toEqual(['Suspend 1: 200', 'Renew 1: 200']);
    expect(await life.statusOf(id)).toBe('Suspended');
  });

  test('delays begin anew when the switch is turned', async () => {
    await life.control().switches({ webhookDelaysSeconds: [30, 0] });
    const id = await life.active();
    await life.control().act(id, { action: 'Renew' });
    await life.control().switches({ webhookDelaysSeconds: [30, 0] });

    await life.control().act(id, { action: 'Suspend' });
    await life.quiet();

    expect(await life.told()).toEqual([]);
  });

  test('everything that was sent is written down', async () => {
    const id = await life.active();
    const { id: operationId } = await life.control().act(id, { action: 'Suspend' });
    await life.quiet();

    expect(await life.control().deliveries(id)).toEqual([
      {
        subscriptionId: id,
        operationId,
        action: 'Suspend',
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        attempt: 1,
        isCopy: false,
        status: 200,
        ms: expect.any(Number),
        isUnderWay: false,
        body: life.publisher().received[0]?.text,
        answer: 'answered 200',
      },
    ]);
    expect(await life.control().deliveries('another')).toEqual([]);
    await life.control().clearDeliveries();
    expect(await life.control().deliveries()).toEqual([]);
  });

  test.each([
    ['text', 'no JSON', 'text/plain', 'no JSON'],
    ['an object', { id: 1 }, undefined, '{"id":1}'],
  ])('anything can be sent by hand: %s', async (_what, body, contentType, sent) => {
    life.publisher().answer(413);

    const delivery = await life.control().deliver(body, contentType);

    expect(delivery).toMatchObject({ status: 413, attempt: 1, answer: 'answered 413' });
    expect(life.publisher().received).toMatchObject([
      { text: sent, headers: { 'content-type': contentType ?? 'application/json' } },
    ]);
    expect(life.publisher().received[0]?.headers.authorization).toMatch(/^Bearer /);
  });

  test('without a webhook nobody is told, and a change is accepted after 10 seconds', async () => {
    await life.control().webhook(null);
    const id = await change();
    await life.control().advanceClock(11);

    expect(await life.told()).toEqual([]);
    expect(await seats(id)).toBe(9);
    await expect(life.control().deliver({})).rejects.toThrow(' 409 ');
  });

  test('Entra out of reach is an attempt that failed', async () => {
    const id = await life.active();
    const webhook = { entra: 'http://127.0.0.1:9', publisherTenantId: 'a', publisherClientId: 'b' };
    await life.control().webhook({ url: life.publisher().url, ...webhook });

    await life.control().act(id, { action: 'Suspend' });
    await life.quiet();

    expect(await life.told()).toEqual(['Suspend 1: 0']);
    expect(life.publisher().received).toEqual([]);
  });
});
